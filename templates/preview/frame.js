"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const [page, phone, alone, stopped] = ["page", "phone", "alone", "stopped"].map(at);
  const OFTEN = 400, SELDOM = 2000;
  let version = 0, renewed = 0, start = "", kept = null;

  const narrow = (yes) => {
    phone.setAttribute("aria-pressed", String(yes));
    document.body.classList.toggle("phone", yes);
  };
  phone.addEventListener("click", () => narrow(phone.getAttribute("aria-pressed") !== "true"));
  narrow(phone.getAttribute("aria-pressed") === "true");

  // Text only ever becomes text: nothing that people wrote can become part of this page.
  const made = (name, text, className) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  const item = (each) => {
    const shown = document.createElement("li");
    const first = made("p", "");
    if (each.code) first.append(made("strong", each.code), " ");
    first.append(each.text);
    shown.append(first, made("p", each.place, "place"));
    if (each.line) {
      const line = made("pre", each.line[0]);
      line.append(made("mark", each.line[1]), each.line[2]);
      line.tabIndex = 0;
      shown.append(line);
    }
    if (each.help) shown.append(made("p", each.help));
    return shown;
  };

  const tell = (state) => {
    at("about").textContent = state.about;
    at("heading").textContent = at("news").textContent = state.heading;
    at("list").replaceChildren(...state.wrong.map(item));
    at("more").textContent = state.more;
    at("wrong").hidden = !state.wrong.length;
    document.title = (state.wrong.length ? `(${state.wrong.length}) ` : "") + state.about;
  };

  const show = (state) => {
    start = `page/${state.start}`;
    page.hidden = !state.renewed;
    if (!state.renewed || state.renewed === renewed) return;
    if (renewed) {
      const inside = page.contentWindow;
      kept = {
        x: inside.scrollX,
        y: inside.scrollY,
        open: [...page.contentDocument.querySelectorAll("details")].map((each) => each.open),
      };
      inside.location.reload();
    } else {
      page.src = start;
    }
    renewed = state.renewed;
  };

  page.addEventListener("load", () => {
    const inside = page.contentDocument;
    if (!inside || inside.contentType !== "text/html") {
      kept = null;
      page.src = start; // the trajectory of this page is no longer part of the portfolio
      return;
    }
    alone.href = inside.location.href;
    alone.hidden = false;
    page.title = inside.title || page.title;
    if (kept) {
      inside.querySelectorAll("details").forEach((each, n) => { each.open = kept.open[n] ?? each.open; });
      page.contentWindow.scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
      kept = null;
    }
    inside.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      if (link && link.origin !== location.origin && /^https?:$/.test(link.protocol)) {
        event.preventDefault();
        open(link.href, "_blank", "noopener,noreferrer");
      }
    });
  });

  const look = async () => {
    let next = OFTEN;
    try {
      const answer = await fetch("state", { cache: "no-store", redirect: "error" });
      if (!answer.ok) throw new Error(answer.statusText);
      const state = await answer.json();
      stopped.hidden = true;
      if (state.version !== version) {
        tell(state);
        show(state);
        version = state.version;
      }
    } catch {
      stopped.hidden = false;
      next = SELDOM;
    }
    setTimeout(look, next);
  };
  look();
})();
