/* The parts of Vega that figures need, and how a view of one is made.

   Nothing is put on the window. Expressions are interpreted from their syntax tree, for the page's
   policy forbids to evaluate text. No address is ever loaded. */

import { transforms } from "vega-dataflow";
import * as encoding from "vega-encode";
import { expressionInterpreter } from "vega-interpreter";
import { parse } from "vega-parser";
import * as tables from "vega-transforms";
import { View } from "vega-view";
import * as viewing from "vega-view-transforms";

Object.assign(transforms, tables, viewing, encoding);

const refuse = () => Promise.reject(new Error("charts load nothing"));
const loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

/** A view of a spec, drawn into an element that need not be on the page yet. */
export async function drawView(spec, element) {
  const view = new View(parse(spec, null, { ast: true }), {
    container: element,
    expr: expressionInterpreter,
    hover: false,
    loader,
    logger: silent(),
    renderer: "svg",
  });
  await view.runAsync();
  return view;
}

/** What Vega says is a fault of ours, and stops the chart. */
function silent() {
  const logger = {
    level: (...given) => (given.length ? logger : 0),
    error: (...said) => {
      throw new Error(said.join(" "));
    },
    warn: () => logger,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}
