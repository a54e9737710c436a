// A WebAssembly module and its parts, as the binary format has them (https://webassembly.github.io/spec/core/binary/).

/** The kinds of sections that are asked for here. */
export const CUSTOM = 0;
export const IMPORTS = 2;
export const CODE = 10;

/** What a module imports, by kind. */
const [FUNCTION, TABLE, MEMORY, GLOBAL, TAG] = [0, 1, 2, 3, 4];

/** Reads bytes from the first on. */
export class Reader {
  at = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  get ended() {
    return this.at >= this.bytes.length;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An unsigned number in LEB128. */
  number() {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  numbers(count) {
    for (; count > 0; count--) this.number();
  }

  /** As many bytes as a number before them says. */
  block() {
    const length = this.number();
    return this.bytes.subarray(this.at, (this.at += length));
  }

  text() {
    return this.block().toString('utf8');
  }
}

/** A number in LEB128. */
export function leb(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

/** The sections of a module, each with its kind and content. */
export function sections(wasm) {
  const sections = [];
  for (const reader = new Reader(wasm.subarray(8)); !reader.ended; ) sections.push({ kind: reader.byte(), content: reader.block() });
  return sections;
}

/** The module with these sections and the head of another. */
export function module(wasm, sections) {
  return Buffer.concat([wasm.subarray(0, 8), ...sections.flatMap(({ kind, content }) => [Buffer.of(kind), leb(content.length), content])]);
}

/** The first section of a kind. */
export function section(sections, kind) {
  return sections.find((section) => section.kind === kind).content;
}

/** The bodies of the functions. */
export function bodies(sections) {
  const reader = new Reader(section(sections, CODE));
  return Array.from({ length: reader.number() }, () => reader.block());
}

/** How many functions come from outside: they are counted before a module's own. */
export function countOfImports(sections) {
  const reader = new Reader(section(sections, IMPORTS));
  let functions = 0;
  for (let count = reader.number(); count > 0; count--) {
    reader.block();
    reader.block();
    const kind = reader.byte();
    if (kind === FUNCTION) functions++;
    if (kind === TABLE || kind === TAG) reader.byte();
    if (kind === GLOBAL) reader.at += 2;
    else if (kind === TABLE || kind === MEMORY) reader.numbers(reader.byte() & 1 ? 2 : 1);
    else reader.number();
  }
  return functions;
}
