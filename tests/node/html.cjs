// Check pages with the standard rules of html-validate, and print what is wrong with each of them.
const { HtmlValidate, StaticConfigLoader } = require("html-validate");

const config = {
  extends: ["html-validate:standard"],
  rules: {
    "doctype-style": ["error", { style: "lowercase" }],
    // ARIA allows a label on a list.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // A region that scrolls needs a role and a label, and is no section of the text.
    "prefer-native-element": "off",
    // A table that CSS lays out as blocks on a phone is a table for nobody who listens, unless it says so.
    "no-redundant-role": "off",
  },
};

async function main() {
  const judge = new HtmlValidate(new StaticConfigLoader(config));
  for (const path of process.argv.slice(2)) {
    const report = await judge.validateFile(path);
    for (const found of report.results.flatMap((each) => each.messages)) {
      console.log(`${path}:${found.line}: ${found.ruleId}: ${found.message}`);
    }
  }
}

main();
