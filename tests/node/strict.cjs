// Compiles a schema as strictly as ajv can, then says of each document on standard input whether it is valid.
const fs = require("fs");
const Ajv = require("ajv");
const [, , path, draft, ...known] = process.argv;
const Validator = draft === "2020-12" ? require("ajv/dist/2020") : Ajv;
const ajv = new Validator({ strict: true, allErrors: true });
require("ajv-formats")(ajv);
ajv.addVocabulary(known);
const validate = ajv.compile(JSON.parse(fs.readFileSync(path, "utf8")));
const documents = JSON.parse(fs.readFileSync(0, "utf8"));
console.log(JSON.stringify(documents.map((each) => validate(each))));
