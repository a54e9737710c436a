// Writes the release's wasm so that hosts can pack it better, its meaning untouched: functions stand beside those they are like, where a
// packer finds what they share, every access to memory carries the same hint of its alignment, which engines don't read, and exports
// that nobody calls go. About 2 %.
// Trunk's post_build hook.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** The sections of a module, each with its kind and content. */
function sections(wasm) {
  const sections = [];
  for (let at = 8; at < wasm.length; ) {
    const kind = wasm[at];
    const { value: length, end } = number(wasm, at + 1);
    sections.push({ kind, content: wasm.subarray(end, end + length) });
    at = end + length;
  }
  return sections;
}

function module(wasm, sections) {
  return Buffer.concat([wasm.subarray(0, 8), ...sections.flatMap(({ kind, content }) => [Buffer.of(kind), leb(content.length), content])]);
}

/** The unsigned number in LEB128 at a place, and where it ends. */
function number(bytes, at) {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end: at };
  }
}

function leb(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

/** The bodies of the functions. */
function bodies(code) {
  const bodies = [];
  let { value: count, end: at } = number(code, 0);
  for (; count > 0; count--) {
    const { value: length, end } = number(code, at);
    bodies.push(code.subarray(end, (at = end + length)));
  }
  return bodies;
}

// --- The order of functions

/** How many bytes of code are compared at once, and by how many of its pieces a function is known. */
const PIECE = 5;
const MARKS = 48;

/** The same module with its functions in a chain, each followed by the one most like it. wasm-opt moves them: it sorts them by name. */
function reordered(wasm, file) {
  const parts = sections(wasm);
  const code = parts.find(({ kind }) => kind === 10).content;
  const order = chain(bodies(code));
  const imported = countOfImports(parts.find(({ kind }) => kind === 2).content);
  const names = order.flatMap((place, index) => named(imported + index, String(place).padStart(6, '0')));
  const list = Buffer.concat([leb(order.length), ...names]);
  const content = Buffer.concat([leb(4), Buffer.from('name'), Buffer.of(1), leb(list.length), list]);
  const unsorted = `${file}.unsorted`;
  const exported = parts.find(({ kind }) => kind === 7);
  exported.content = withoutDeadExports(exported.content);
  fs.writeFileSync(unsorted, module(wasm, [...parts, { kind: 0, content }]));
  const tool = path.join(import.meta.dirname, 'node_modules/.bin/wasm-opt');
  execFileSync(tool, ['--remove-unused-module-elements', '--reorder-functions-by-name', '--strip-debug', unsorted, '-o', file]);
  fs.rmSync(unsorted);
  return fs.readFileSync(file);
}

function named(index, name) {
  return [leb(index), leb(name.length), Buffer.from(name)];
}

/** The exports without those of the crate wasm-streams, which comes with Leptos: only classes of it call them that nobody makes here. */
function withoutDeadExports(content) {
  const kept = [];
  let { value: count, end: at } = number(content, 0);
  for (; count > 0; count--) {
    const from = at;
    const { value: length, end } = number(content, at);
    const name = content.toString('utf8', end, end + length);
    at = number(content, end + length + 1).end;
    if (!name.includes('intounderlying')) kept.push(content.subarray(from, at));
  }
  return Buffer.concat([leb(kept.length), ...kept]);
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

/** How many functions a module imports. */
function countOfImports(content) {
  let functions = 0;
  let { value: count, end: at } = number(content, 0);
  const skip = () => (at = number(content, at).end);
  const text = () => {
    const { value: length, end } = number(content, at);
    at = end + length;
  };
  for (; count > 0; count--) {
    text();
    text();
    const kind = content[at++];
    if (kind === 0) {
      functions++;
      skip();
    } else if (kind === 1 || kind === 2) {
      if (kind === 1) at++;
      const bounded = content[at++] & 1;
      skip();
      if (bounded) skip();
    } else at += 2;
  }
  return functions;
}

// --- The hints of alignment

/** The instructions that take a number each, by their codes: blocks, branches, variables, tables, memory's size, constants, references. */
const ONE_NUMBER = new Set([0x02, 0x03, 0x04, 0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0x41, 0x42, 0xd0, 0xd2]);
/** What loads and stores, from `i32.load` (0x28) on, are aligned to by nature, as powers of two. */
const NATURAL = [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2];

/** The same module with each access to memory said to be aligned by nature. */
function evenAlignment(wasm) {
  const parts = sections(Buffer.from(wasm));
  for (const body of bodies(parts.find(({ kind }) => kind === 10).content)) even(body);
  return module(wasm, parts);
}

/** Changes the hints of one function; each is a byte and stays one. */
function even(body) {
  let at = 0;
  const next = () => {
    const { value, end } = number(body, at);
    at = end;
    return value;
  };
  const numbers = (count) => {
    for (; count > 0; count--) next();
  };
  for (let groups = next(); groups > 0; groups--) {
    next();
    at++;
  }
  while (at < body.length) {
    const code = body[at++];
    if (code >= 0x28 && code <= 0x3e) {
      if (body[at] > 3) throw new Error('a memory beside the first');
      body[at++] = NATURAL[code - 0x28];
      next();
    } else if (ONE_NUMBER.has(code)) next();
    else if (code === 0x0e) numbers(next() + 1);
    else if (code === 0x11) numbers(2);
    else if (code === 0x1c) at += next();
    else if (code === 0x43) at += 4;
    else if (code === 0x44) at += 8;
    else if (code === 0xfc) {
      const of = next();
      if (of >= 8) numbers([8, 10, 12, 14].includes(of) ? 2 : 1);
    } else if (code > 0xc4) throw new Error(`an instruction unknown here: ${code}`);
  }
}

const { TRUNK_STAGING_DIR: dist, TRUNK_PROFILE: profile } = process.env;
if (profile === 'release') {
  const name = fs.readdirSync(dist).find((name) => name.endsWith('_bg.wasm'));
  const file = path.join(dist, name);
  const packed = evenAlignment(reordered(fs.readFileSync(file), file));
  if (!WebAssembly.validate(packed)) throw new Error(`${name} is no valid module any more`);
  fs.writeFileSync(file, packed);
}
