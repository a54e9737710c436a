// Writes the release's wasm so that hosts can pack it better, its meaning untouched: functions stand beside those they are like, where a
// packer finds what they share, every access to memory carries the same hint of its alignment, which engines don't read, and what it
// shares with its glue has short names. About 2 %. Minifies the glue too.
// Trunk's post_build hook.
import * as esbuild from 'esbuild';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { bodies, countOfImports, CUSTOM, exports, EXPORTS, imports, IMPORTS, leb, list, module, Reader, sections, text } from './wasm.mjs';

// --- The order of functions

/** How many bytes of code are compared at once, and by how many of its pieces a function is known. */
const PIECE = 5;
const MARKS = 48;

/** The same module with its functions in a chain, each followed by the one most like it. wasm-opt moves them: it sorts them by name. */
function reordered(wasm, file) {
  const parts = sections(wasm);
  const imported = countOfImports(parts);
  const order = chain(bodies(parts));
  const names = list(order.map((place, index) => [leb(imported + index), ...text(String(place).padStart(6, '0'))]));
  const content = Buffer.concat([...text('name'), Buffer.of(1), leb(names.length), names]);
  const unsorted = `${file}.unsorted`;
  fs.writeFileSync(unsorted, module(wasm, [...parts, { kind: CUSTOM, content }]));
  const tool = path.join(import.meta.dirname, 'node_modules/.bin/wasm-opt');
  execFileSync(tool, ['--reorder-functions-by-name', '--strip-debug', unsorted, '-o', file]);
  fs.rmSync(unsorted);
  return fs.readFileSync(file);
}

/** The place of each function in the chain, which begins with the longest. */
function chain(bodies) {
  const marks = bodies.map(marksOf);
  const left = new Set(bodies.keys());
  const places = new Array(bodies.length);
  let last = bodies.reduce((most, body, index) => (body.length > bodies[most].length ? index : most), 0);
  let before = last;
  for (let place = 0; left.size > 0; place++) {
    places[last] = place;
    left.delete(last);
    let next;
    let best = -1;
    for (const index of left) {
      const score = 2 * alike(marks[index], marks[last]) + alike(marks[index], marks[before]);
      if (score > best) [next, best] = [index, score];
    }
    [before, last] = [last, next];
  }
  return places;
}

function alike(one, other) {
  let same = 0;
  for (let at = 0; at < MARKS; at++) same += one[at] === other[at];
  return same;
}

/** What a function is known by (MinHash): of each of several hashes the least that one of its pieces has. */
function marksOf(body) {
  const marks = new Uint32Array(MARKS).fill(0xffffffff);
  const seen = new Set();
  for (let at = 0; at + PIECE <= body.length; at++) {
    let hash = 0x811c9dc5;
    for (let next = at; next < at + PIECE; next++) hash = Math.imul(hash ^ body[next], 0x01000193);
    if (seen.has(hash)) continue;
    seen.add(hash);
    for (let mark = 0; mark < MARKS; mark++) {
      let mixed = Math.imul(hash ^ (mark * 0x9e3779b9), 0x85ebca6b);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 0;
      if (mixed < marks[mark]) marks[mark] = mixed;
    }
  }
  return marks;
}

// --- The hints of alignment

/** The instructions that take a number each, by their codes: blocks, branches, variables, tables, memory's size, constants, references. */
const ONE_NUMBER = new Set([0x02, 0x03, 0x04, 0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0x41, 0x42, 0xd0, 0xd2]);
/** Those that take nothing: `unreachable`, `nop`, `else`, `end`, `return`, `drop`, `select`. All from `i32.eqz` (0x45) on take nothing too. */
const NOTHING = new Set([0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b]);
/** What loads and stores, from `i32.load` (0x28) on, are aligned to by nature, as powers of two. */
const NATURAL = [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2];

/** The same module with each access to memory said to be aligned by nature. */
function evenAlignment(wasm) {
  const parts = sections(Buffer.from(wasm));
  for (const body of bodies(parts)) even(body);
  return module(wasm, parts);
}

/** Changes the hints of one function; each is a byte and stays one. */
function even(body) {
  const reader = new Reader(body);
  for (let groups = reader.number(); groups > 0; groups--) {
    reader.number();
    reader.byte();
  }
  while (!reader.ended) {
    const code = reader.byte();
    if (code >= 0x28 && code <= 0x3e) {
      if (body[reader.at] > 3) throw new Error('a memory beside the first');
      body[reader.at++] = NATURAL[code - 0x28];
      reader.number();
    } else if (ONE_NUMBER.has(code)) reader.number();
    else if (code === 0x0e) reader.numbers(reader.number() + 1);
    else if (code === 0x11) reader.numbers(2);
    else if (code === 0x1c) reader.block();
    else if (code === 0x43) reader.at += 4;
    else if (code === 0x44) reader.at += 8;
    else if (code === 0xfc) {
      const of = reader.number();
      if (of >= 8) reader.numbers([8, 10, 12, 14].includes(of) ? 2 : 1);
    } else if (!NOTHING.has(code) && (code < 0x45 || code > 0xc4)) throw new Error(`an instruction unknown here: ${code}`);
  }
}

// --- The names shared with the glue

/** The same module with short names for what it takes from its glue and for what it gives, and the glue that knows these. */
function shortNames(wasm, glue) {
  const parts = sections(wasm);
  const taken = new Names();
  const given = new Names();
  const from = ({ module, name }) => (module.endsWith('_bg.js') ? taken.short(name) : name);
  const contents = {
    [IMPORTS]: list(imports(parts).map((one) => [...text(one.module), ...text(from(one)), one.description])),
    [EXPORTS]: list(exports(parts).map((one) => [...text(given.short(one.name)), one.description])),
  };
  const short = module(wasm, parts.map(({ kind, content }) => ({ kind, content: contents[kind] ?? content })));
  const knowing = glue
    .replace(/^( {8})(\w+): /gm, (line, indent, name) => (taken.has(name) ? `${indent}${taken.use(name)}: ` : line))
    .replace(/\bwasm\.(\w+)/g, (member, name) => (given.has(name) ? `wasm.${given.use(name)}` : member));
  if (taken.unused.size > 0) throw new Error(`the glue has no ${[...taken.unused].join(', ')}`);
  return { short, knowing };
}

/** Short names in the place of long ones. */
class Names extends Map {
  unused = new Set();

  short(name) {
    this.unused.add(name);
    this.set(name, `_${this.size.toString(36)}`);
    return this.get(name);
  }

  use(name) {
    this.unused.delete(name);
    return this.get(name);
  }
}

const { TRUNK_STAGING_DIR: dist, TRUNK_PROFILE: profile } = process.env;
if (profile === 'release') {
  const name = fs.readdirSync(dist).find((name) => name.endsWith('_bg.wasm'));
  const file = path.join(dist, name);
  const glueFile = file.replace('_bg.wasm', '.js');
  const { short, knowing } = shortNames(fs.readFileSync(file), fs.readFileSync(glueFile, 'utf8'));
  const packed = evenAlignment(reordered(short, file));
  if (!WebAssembly.validate(packed)) throw new Error(`${name} is no valid module any more`);
  fs.writeFileSync(file, packed);
  fs.writeFileSync(glueFile, esbuild.transformSync(knowing, { minify: true, target: 'es2022' }).code);
}
