// Races our engine and our JSONata against others, all in one go: natively, in wasm in Node, and in wasm in Chromium.
// node benches/side-by-side/run.mjs [engine] [jsonata]
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import jsonata from 'jsonata';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const asked = process.argv.slice(2);
const wants = (name) => asked.length === 0 || asked.includes(name);
const run = (command, args, options) => execFileSync(command, args, { cwd: root, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'], ...options }).toString();
const lastLine = (text) => JSON.parse(text.trim().split('\n').at(-1));
const node = (script, ...args) => lastLine(run(process.execPath, [path.join(here, script), ...args]));

// One folder for what all builds make; ours as the page is built, since what is measured is what people get.
const target = path.join(root, 'target/side-by-side');
const cargo = ['build', '--quiet', '--target-dir', target, '--manifest-path', path.join(here, 'Cargo.toml')];
const build = (...args) => run('cargo', [...cargo, ...args]);
const wasm = ['--profile', 'web', '--target', 'wasm32-unknown-unknown'];
run('scripts/with-tools.sh', ['--small-std', 'cargo', ...cargo, '--lib', ...wasm]);
run('wasm-bindgen', ['--target', 'web', '--out-dir', path.join(target, 'js'), '--out-name', 'ours', path.join(target, 'wasm32-unknown-unknown/web/side_by_side.wasm')]);
build('--example', 'core', ...wasm);
run('wasm-bindgen', ['--target', 'web', '--out-dir', path.join(target, 'js'), '--out-name', 'core', path.join(target, 'wasm32-unknown-unknown/web/examples/core.wasm')]);
build('--bins', '--release');
const native = (...args) => lastLine(run(path.join(target, 'release/side-by-side'), args));

const { chromium } = createRequire(path.join(root, 'www/package.json'))('playwright-core');
const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html' };
const server = createServer((request, response) => {
  const name = path.join(root, decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
  const found = name.startsWith(root) && existsSync(name) && path.extname(name) in types;
  response.writeHead(found ? 200 : request.url === '/' ? 200 : 404, { 'content-type': types[path.extname(name)] ?? 'text/html' });
  response.end(found ? readFileSync(name) : '');
}).listen(0, '127.0.0.1');
await new Promise((ready) => server.once('listening', ready));
const address = `http://127.0.0.1:${server.address().port}`;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });

/** Calls one of ours.mjs's functions in a fresh page, with our module or with `core`. */
async function inChromium(name, ...args) {
  return within('ours', name, ...args);
}
async function within(whose, name, ...args) {
  const page = await browser.newPage();
  await page.goto(address);
  const answer = await page.evaluate(async ([whose, name, args]) => {
    const ours = await import('/benches/side-by-side/ours.mjs');
    const module = await import(`/target/side-by-side/js/${whose}.js`);
    const { memory } = await module.default();
    return name === 'race' ? ours.race(module, memory, ...args) : ours[name](module, ...args);
  }, [whose, name, args]);
  await page.close();
  return answer;
}

const number = (value, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
const mebibytes = (bytes) => `${number(bytes / 2 ** 20, 1)} MiB`;

if (wants('engine')) {
  const folder = path.resolve(root, '../shared/bench');
  if (!existsSync(folder)) console.log('engine: the cases are not beside the checkout');
  else {
    // What an empty Node takes is not the other engine's doing.
    const empty = Number(run(process.execPath, ['-p', 'process.resourceUsage().maxRSS * 1024']));
    console.log('State transitions a second, full history; memory in MiB. "times": ours in Chromium to the other in Node.');
    console.log('case'.padEnd(18), ...['native', 'Node', 'Chromium', 'other', 'times', 'memory', 'other\'s'].map((head) => head.padStart(12)));
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.asl.json')).map((file) => file.slice(0, -9)).sort()) {
      const files = [`${name}.asl.json`, `${name}.input.json`].map((file) => path.join(folder, file));
      const texts = files.map((file) => readFileSync(file, 'utf8'));
      const ours = { native: native('engine', ...files, '7'), node: node('ours-in-node.mjs', ...files, '7'), chromium: await inChromium('race', ...texts, 7) };
      // The other engine knows no JSONata.
      const other = texts[0].includes('JSONata') ? null : node('other-engine.mjs', ...files, '3');
      const row = [ours.native.rate, ours.node.rate, ours.chromium.rate].map((rate) => number(rate));
      row.push(other ? number(other.rate) : '-', other ? number(ours.chromium.rate / other.rate, 1) : '-');
      row.push(mebibytes(ours.chromium.memory), other ? mebibytes(other.memory - empty) : '-');
      console.log(name.padEnd(18), ...row.map((cell) => cell.padStart(12)));
    }
  }
}

if (wants('jsonata')) {
  const { expressions, endless, sizes } = JSON.parse(readFileSync(path.join(here, 'jsonata.json'), 'utf8'));
  console.log('\nJSONata: microseconds an evaluation, compiled before; the data is of about that size.');
  console.log('expression'.padEnd(44), ...['size', 'native', 'jsonata-core', 'Chromium', 'core, Chromium', 'npm jsonata'].map((head) => head.padStart(14)));
  for (const { items, label } of sizes) {
    const data = JSON.stringify({ a: 1, items: Array.from({ length: items }, (_, i) => ({ id: i, name: `item number ${i}`, price: (i * 37) % 101, qty: i % 7, tags: ['x', `t${i % 5}`] })) });
    for (const expression of expressions) {
      const theirs = jsonata(expression), parsed = JSON.parse(data);
      let rounds = 0;
      const from = performance.now();
      while (performance.now() - from < 300) { await theirs.evaluate(parsed); rounds++; }
      const reference = ((performance.now() - from) / rounds) * 1000;
      const own = native('jsonata', expression, data);
      const row = [label, number(own.ours, 2), number(own.core, 2), number(await inChromium('evaluate', expression, data), 2), number(await within('core', 'evaluate', expression, data), 2), number(reference, 2)];
      console.log(expression.slice(0, 44).padEnd(44), ...row.map((cell) => cell.padStart(14)));
    }
  }
  console.log('\nWhat has no end, or nests without measure: milliseconds until it ends, and how.');
  console.log('expression'.padEnd(76), ...['native', 'Chromium', 'ends with'].map((head) => head.padStart(10)));
  for (const entry of endless) {
    const expression = typeof entry === 'string' ? entry : entry[0].repeat(entry[1]) + entry[2];
    const file = path.join(target, 'attempt.jsonata');
    writeFileSync(file, expression);
    const here = native('attempt', file), there = await inChromium('attempt', expression);
    const shown = typeof entry === 'string' ? entry : `${entry[1]} ${entry[0]}`;
    console.log(shown.padEnd(76), ...[number(here.took, 1), number(there.took, 1), there.end].map((cell) => cell.padStart(10)));
  }
}

await browser.close();
server.close();
