// Answers a JSONata case a line with what the reference implementation makes of it: a result, nothing, or the code of an error.
import { createInterface } from "node:readline";
import jsonata from "jsonata";

const isFunction = (value) => typeof value === "function" || value?._jsonata_lambda === true || value?._jsonata_function === true;

// Functions are left out, and null in arrays, as JSON has it of JavaScript's own.
const write = (value) => JSON.stringify(value, (_, inner) => (isFunction(inner) ? undefined : inner));

async function answer({ expr, data, bindings }) {
  try {
    const result = await jsonata(expr).evaluate(data, bindings);
    if (isFunction(result)) return { function: true };
    const text = write(result);
    return text === undefined ? { undefined: true } : { result: JSON.parse(text) };
  } catch (error) {
    return { code: error.code ?? null, message: String(error.message ?? error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
