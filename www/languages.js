// What Monaco has to know of the texts' languages. JSON is coloured here, and not by Monaco's own JSON service: a definition has paths and
// expressions in its strings, and what is wrong with a text is told by the page alone.

/** A string that is a path or an intrinsic function is one as a whole; an expression is coloured between its marks. */
const DEFINITION_STRING = [
  [/"\{%/, { token: 'delimiter', next: '@expression' }],
  [/"\$\$?[.\[](?:[^"\\]|\\.)*"/, 'path'],
  [/"\$(?:[A-Za-z_][\w]*)?"/, 'path'],
  [/"States\.\w+\((?:[^"\\]|\\.)*"/, 'path'],
];

/** Monarch's description of JSON, with further kinds of string first. */
const tokenizer = (inString) => ({
  tokenizer: {
    root: [
      [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'key'],
      ...inString,
      [/"(?:[^"\\]|\\.)*$/, 'invalid'],
      [/"/, { token: 'string', next: '@string' }],
      [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, 'number'],
      [/true|false|null/, 'keyword'],
      [/[{}\[\]]/, '@brackets'],
      [/[,:]/, 'delimiter'],
    ],
    string: [
      [/[^"\\]+/, 'string'],
      [/\\(?:[bfnrt\\/u]|.)/, 'string.escape'],
      [/"/, { token: 'string', next: '@pop' }],
    ],
    expression: [
      [/%\}"/, { token: 'delimiter', next: '@pop' }],
      [/"/, { token: 'delimiter', next: '@pop' }],
      [/\$[\w.]*/, 'path'],
      [/'[^']*'|`[^`]*`/, 'string'],
      [/\\./, 'string.escape'],
      [/\d+(?:\.\d+)?/, 'number'],
      [/\b(?:and|or|in|true|false|null|function)\b/, 'keyword'],
      [/[^"%$'`\\\d\w]+|\w+|./, ''],
    ],
  },
});

const PAIRS = [{ open: '{', close: '}' }, { open: '[', close: ']' }, { open: '"', close: '"', notIn: ['string'] }];

/** Brackets and quotes, which close themselves. */
export const CONFIGURATION = { brackets: [['{', '}'], ['[', ']']], autoClosingPairs: PAIRS, surroundingPairs: PAIRS };

/** The languages that are the page's own, each with its tokenizer. */
export const LANGUAGES = { definition: tokenizer(DEFINITION_STRING), 'plain-json': tokenizer([]) };
