"use strict";
(() => {
  const form = document.querySelector("form");
  const told = form.dataset;
  const at = (id) => document.getElementById(id);
  const questions = [...form.querySelectorAll("fieldset[data-item]")];
  const chosen = (question) => question.querySelector("input:checked");
  const open = () => questions.filter((question) => !chosen(question));
  let id = "";
  let saves = 0;
  let changed = false;

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const say = (id, text) => {
    if (at(id).textContent !== text) at(id).textContent = text;
  };

  const show = () => {
    const left = open();
    say("progress", filled(told.progress, { n: questions.length - left.length, total: questions.length }));
    for (const question of questions) question.querySelector(".clear").hidden = left.includes(question);
    if (!left.length) at("open").hidden = true;
  };

  const start = () => {
    id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    saves = 0;
    changed = false;
    form.reset();
    at("open").hidden = true;
    at("next").hidden = true;
    say("said", "");
    show();
  };

  const write = () => {
    saves += 1;
    const answers = {};
    for (const question of questions) {
      const answer = chosen(question);
      if (answer) answers[question.dataset.item] = answer.value;
    }
    const made = {
      fii_answers: 1,
      instrument: told.instrument,
      version: told.version,
      trajectory: told.trajectory,
      name: told.name,
      perspective: told.perspective,
      form: id,
      saved: saves,
      answers,
    };
    const name = `${told.file}-${id.slice(0, 6)}${saves > 1 ? `-${saves}` : ""}.json`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${JSON.stringify(made, null, 2)}\n`], { type: "application/json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    changed = false;
    at("open").hidden = true;
    at("next").hidden = false;
    say("said", filled(told.saved, { name }));
  };

  const save = () => {
    const left = open();
    if (left.length === questions.length) {
      say("said", told.none);
    } else if (left.length) {
      const links = left.map((question) => {
        const line = document.createElement("li");
        const link = document.createElement("a");
        link.href = `#${question.id}`;
        const number = question.querySelector(".number")?.textContent ?? "";
        link.textContent = `${number} ${question.querySelector(".text").textContent}`.trim();
        link.addEventListener("click", (event) => {
          event.preventDefault();
          question.scrollIntoView();
          question.querySelector("input").focus();
        });
        line.append(link);
        return line;
      });
      at("left").replaceChildren(...links);
      at("open").hidden = false;
      at("open").focus();
      at("open").scrollIntoView();
      say("said", "");
    } else {
      write();
    }
  };

  form.addEventListener("change", () => {
    changed = true;
    say("said", "");
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const question of questions) {
    question.querySelector(".clear").addEventListener("click", () => {
      const answer = chosen(question);
      answer.checked = false;
      answer.focus();
      changed = true;
      say("said", "");
      show();
    });
  }
  at("save").addEventListener("click", save);
  at("anyway").addEventListener("click", write);
  at("print").addEventListener("click", () => print());
  at("next").addEventListener("click", () => {
    if (changed && !confirm(told.sure)) return;
    start();
    scrollTo(0, 0);
    questions[0].querySelector("input").focus({ preventScroll: true });
  });
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });

  at("by-hand").hidden = true;
  at("on-screen").hidden = false;
  at("bar").hidden = false;
  start();
})();
