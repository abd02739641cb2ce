// Judges pages by html-validate: node markup.mjs CONFIG PAGE ...; what it finds as JSON.
// The library's own command asks for a newer Node.js than the library does.
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const [config, ...pages] = process.argv.slice(2);
const judge = new HtmlValidate(new StaticConfigLoader(JSON.parse(config)));
const found = [];
for (const page of pages) {
  const { results } = await judge.validateString(readFileSync(page, "utf-8"), page);
  for (const { messages } of results) {
    for (const { ruleId, line, column, message, selector } of messages) {
      found.push({ page, rule: ruleId, line, column, message, selector });
    }
  }
}
process.stdout.write(JSON.stringify(found));
