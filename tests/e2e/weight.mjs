// What parts of the app weigh in its wasm: the code of their functions, by the names the compiler's own output carries, packed as a
// host sends it. That is before wasm-opt, so a little more than what is sent.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { bodies, countOfImports, CUSTOM, Reader, sections } from '../../www/wasm.mjs';

const BARS = { 'the layout of the graph': [/asl_playground(5|\.\.)graph(\d+|\.\.)(layered|nest|read|measure|places|words|caption)/, 40] };

const file = path.resolve(import.meta.dirname, '../../target/wasm32-unknown-unknown/web/asl-playground.wasm');
const parts = sections(fs.readFileSync(file));
const own = bodies(parts);
const names = namesOfFunctions(parts);
const imported = countOfImports(parts);

/** The names that the compiler gave, by the functions' numbers. */
function namesOfFunctions(parts) {
  const names = new Map();
  for (const { content } of parts.filter(({ kind }) => kind === CUSTOM)) {
    const reader = new Reader(content);
    if (reader.text() !== 'name') continue;
    while (!reader.ended) {
      const kind = reader.byte();
      const list = new Reader(reader.block());
      if (kind === 1) for (let count = list.number(); count > 0; count--) names.set(list.number(), list.text());
    }
  }
  return names;
}

for (const [what, [pattern, bar]] of Object.entries(BARS)) {
  const found = own.filter((_, index) => pattern.test(names.get(index + imported) ?? ''));
  const packed = zlib.brotliCompressSync(Buffer.concat(found), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length / 1024;
  const missed = found.length === 0 || packed > bar ? ', MISSED' : '';
  console.log(`${what}: ${packed.toFixed(1)} KiB brotli in ${found.length} functions (bar ${bar} KiB${missed})`);
}
