// node ours-in-node.mjs DEFINITION INPUT RUNS: one machine in a fresh Node, so that its memory is its own.
import { readFileSync } from 'node:fs';
import { race } from './ours.mjs';

const folder = new URL('../../target/side-by-side/js/', import.meta.url);
const module = await import(new URL('ours.js', folder));
const { memory } = module.initSync({ module: readFileSync(new URL('ours_bg.wasm', folder)) });
const [definition, input] = process.argv.slice(2, 4).map((file) => readFileSync(file, 'utf8'));
console.log(JSON.stringify(race(module, memory, definition, input, Number(process.argv[4] ?? 3))));
