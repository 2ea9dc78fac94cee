// Where a text stops being JSON (RFC 8259). JSON.parse decides whether it is JSON, but its messages often state no position.
import { quote } from './quote.ts';

/** What is expected next, in words. */
const EXPECTED = {
  value: 'a value',
  'value or ]': 'a value or "]"',
  key: 'a field name in quotes',
  'key or }': 'a field name in quotes or "}"',
  ':': '":"',
  ', or ]': '"," or "]"',
  ', or }': '"," or "}"',
  end: 'the end',
} as const;

type Next = keyof typeof EXPECTED;

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const TOKEN = /"[^"\n]*"?|[\w.+-]+|[\s\S]/uy;

/** `line 1, column 9: expected a value, got "x"`. `text` is one that JSON.parse refused. Lines and columns count from 1. */
export function whereJsonFails(text: string): string {
  const { at, next } = firstError(text);
  const before = text.slice(0, at).split('\n');
  const got = at === text.length ? 'the text ends' : `got ${quote(matchAt(TOKEN, text, at))}`;
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: expected ${EXPECTED[next]}, ${got}`;
}

function firstError(text: string): { readonly at: number; readonly next: Next } {
  const open: ('[' | '{')[] = [];
  const afterValue = (): Next => {
    const inside = open.at(-1);
    return inside === undefined ? 'end' : inside === '[' ? ', or ]' : ', or }';
  };
  let next: Next = 'value';
  for (let at = 0; ; ) {
    at += matchAt(SPACE, text, at)?.length ?? 0;
    const character = text[at];
    const isKey: boolean = next === 'key' || next === 'key or }';
    const isValue: boolean = next === 'value' || next === 'value or ]';
    if (isValue && (character === '[' || character === '{')) {
      open.push(character);
      next = character === '[' ? 'value or ]' : 'key or }';
      at += 1;
    } else if ((character === ']' || character === '}') && next.endsWith(character)) {
      open.pop();
      next = afterValue();
      at += 1;
    } else if (character === ',' && next.startsWith(',')) {
      next = next === ', or ]' ? 'value' : 'key';
      at += 1;
    } else if (character === ':' && next === ':') {
      next = 'value';
      at += 1;
    } else {
      const token =
        isKey || isValue ? (matchAt(STRING, text, at) ?? (isValue ? matchAt(SCALAR, text, at) : null)) : null;
      if (token === null) return { at, next };
      next = isKey ? ':' : afterValue();
      at += token.length;
    }
  }
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
