// A WebAssembly module and its parts, as the binary format has them (https://webassembly.github.io/spec/core/binary/).

/** The kinds of sections that are asked for here. */
export const CUSTOM = 0;
export const IMPORTS = 2;
export const EXPORTS = 7;
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

/** The content of the first section of a kind. */
export const section = (sections, kind) => sections.find((section) => section.kind === kind).content;

/** The bodies of the functions. */
export const bodies = (sections) => entries(section(sections, CODE), (reader) => reader.block());

/** What comes from outside: each with its module, its name, its kind and, as bytes, its kind and type. */
export function imports(sections) {
  return entries(section(sections, IMPORTS), (reader) => {
    const [module, name] = [reader.text(), reader.text()];
    return { module, name, ...described(reader, skipType) };
  });
}

/** What goes outside: each with its name and, as bytes, its kind and index. */
export function exports(sections) {
  return entries(section(sections, EXPORTS), (reader) => ({ name: reader.text(), ...described(reader, () => reader.number()) }));
}

/** How many functions come from outside: they are counted before a module's own. */
export const countOfImports = (sections) => imports(sections).filter(({ kind }) => kind === FUNCTION).length;

/** A list as a section holds it. */
export const list = (entries) => Buffer.concat([leb(entries.length), ...entries.flat()]);

/** A text as a section holds it. */
export const text = (text) => [leb(Buffer.byteLength(text)), Buffer.from(text)];

function entries(content, read) {
  const reader = new Reader(content);
  return Array.from({ length: reader.number() }, () => read(reader));
}

function described(reader, skip) {
  const from = reader.at;
  const kind = reader.byte();
  skip(reader, kind);
  return { kind, description: reader.bytes.subarray(from, reader.at) };
}

function skipType(reader, kind) {
  if (kind === TABLE || kind === TAG) reader.byte();
  if (kind === GLOBAL) reader.at += 2;
  else if (kind === TABLE || kind === MEMORY) reader.numbers(reader.byte() & 1 ? 2 : 1);
  else reader.number();
}
