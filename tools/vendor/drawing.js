// What of the drawing library the dashboard uses: specifications are shown by it without evaluating any text as code.

export { default as embed } from "vega-embed";
export { expressionInterpreter } from "vega-interpreter";
