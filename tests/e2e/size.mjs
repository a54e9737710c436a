// What the page weighs, and the bar it must not pass.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

/** What the app's wasm weighs at most, in KiB, as a host sends it (brotli, quality 11). */
const BAR = 500;

const dist = path.resolve(import.meta.dirname, '../../dist');
const packed = (file) => zlib.brotliCompressSync(fs.readFileSync(file), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;

let wasm = 0;
for (const name of fs.readdirSync(dist).filter((name) => /\.(wasm|js|css|html)$/.test(name)).sort()) {
  const file = path.join(dist, name);
  const size = packed(file);
  if (name.endsWith('.wasm')) wasm += size;
  console.log(`${kib(size).padStart(12)} of ${kib(fs.statSync(file).size).padStart(12)}  ${name}`);
}
console.log(`the app's wasm: ${kib(wasm)} brotli (bar ${BAR} KiB${wasm > BAR * 1024 ? ', MISSED' : ''})`);
if (!wasm || wasm > BAR * 1024) process.exitCode = 1;
