// Character references of HTML (`&eacute;`, `&#8211;`) to the characters they stand for, by htmlparser2's table.
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** Names as they are met, and what they came to; emptied when full, so that no document can fill the memory. */
const MOST_REMEMBERED = 4_000;
const NUMBER = /#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));?/y;
/** As a DOCTYPE may declare one. */
const DECLARED_NAME = /[\p{L}_][\p{L}\d_.-]{0,63};/uy;
const NAME = /[A-Za-z][A-Za-z0-9]{1,31};?/y;
const remembered = new Map<string, string | null>();

const nothing = (): void => {};
/** A handler of tokens that ignores them all, to be spread into one that does not. */
export const IGNORE: TokenizerCallbacks = {
  onattribdata: nothing,
  onattribentity: nothing,
  onattribend: nothing,
  onattribname: nothing,
  oncdata: nothing,
  onclosetag: nothing,
  oncomment: nothing,
  ondeclaration: nothing,
  onend: nothing,
  onopentagend: nothing,
  onopentagname: nothing,
  onprocessinginstruction: nothing,
  onselfclosingtag: nothing,
  ontext: nothing,
  ontextentity: nothing,
};

let found = '';
let looked = '';
const lookUp = new Tokenizer(
  {},
  {
    ...IGNORE,
    ontext: (start, end) => {
      found += looked.slice(start, end);
    },
    ontextentity: (code) => {
      found += String.fromCodePoint(code);
    },
  },
);

/** What HTML makes of `&name;`, or of `&name` where it allows that; null when it knows no such name. */
function characterOf(name: string): string | null {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  looked = `&${name}`;
  found = '';
  lookUp.reset();
  lookUp.write(looked);
  lookUp.end();
  const character = found === looked ? null : found;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(name, character);
  return character;
}

/** 128 to 159 mean the characters of windows-1252, as HTML has it: publishers write `&#146;` for an apostrophe. */
function characterAt(code: number): string {
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252.charAt(code - 0x80);
  const isCharacter = (code >= 32 || code === 9 || code === 10 || code === 13) && code <= 0x10ffff;
  const isNone = (code >= 0xd800 && code <= 0xdfff) || (code & 0xfffe) === 0xfffe;
  return isCharacter && !isNone ? String.fromCodePoint(code) : '\ufffd';
}

const WINDOWS_1252 = new TextDecoder('windows-1252').decode(
  Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index),
);

/** The same for characters as they stand: no text has controls from U+0080 to U+009F, and many a converter leaves them behind. */
export const withWindows1252Signs = (text: string): string =>
  text.replace(C1, (control) => characterAt(control.charCodeAt(0)));

const C1 = /[\u0080-\u009f]/g;

export interface ReferenceRules {
  /** As in XML, a reference ends with a semicolon; HTML lets some go without. */
  readonly strict: boolean;
  /** What the document itself declares, which comes before the names of HTML. Null for other names. */
  readonly declared?: (name: string) => string | null;
  /** Called for each ampersand that begins no reference. */
  readonly onBareAmpersand?: () => void;
  /** Called for each reference that XML does not know. */
  readonly onHtmlName?: () => void;
}

const HTML: ReferenceRules = { strict: false };

/** Anything else stays as it is. Linear. */
export function decodeReferences(text: string, rules: ReferenceRules = HTML): string {
  let at = text.indexOf('&');
  if (at < 0) return text;
  let decoded = '';
  let from = 0;
  while (at >= 0) {
    const end = referenceAt(text, at, rules);
    if (end === null) rules.onBareAmpersand?.();
    else {
      decoded += text.slice(from, at) + end.character;
      from = end.end;
    }
    at = text.indexOf('&', Math.max(from, at + 1));
  }
  return from === 0 ? text : decoded + text.slice(from);
}

const XML_REFERENCES = [
  ['lt;', '<'],
  ['gt;', '>'],
  ['amp;', '&'],
  ['quot;', '"'],
  ['apos;', "'"],
].map(([name = '', character = '']) => ({ name, character, end: 0 }));

/** The character, and where the text goes on behind the reference that begins at this ampersand. */
function referenceAt(text: string, at: number, rules: ReferenceRules): { character: string; end: number } | null {
  for (const reference of XML_REFERENCES) {
    if (text.startsWith(reference.name, at + 1)) {
      reference.end = at + 1 + reference.name.length;
      return reference;
    }
  }
  const next = text.charCodeAt(at + 1);
  if (next === 35) {
    NUMBER.lastIndex = at + 1;
    const number = NUMBER.exec(text);
    if (number === null) return null;
    const [whole, hex, decimal] = number;
    const code = hex === undefined ? Number.parseInt(decimal!, 10) : Number.parseInt(hex, 16);
    return { character: characterAt(code), end: at + 1 + whole.length };
  }
  if (rules.declared !== undefined) {
    DECLARED_NAME.lastIndex = at + 1;
    const name = DECLARED_NAME.exec(text)?.[0];
    const value = name === undefined ? null : rules.declared(name.slice(0, -1));
    if (name !== undefined && value !== null) return { character: value, end: at + 1 + name.length };
  }
  NAME.lastIndex = at + 1;
  const name = NAME.exec(text)?.[0];
  if (name === undefined || (rules.strict && !name.endsWith(';'))) return null;
  const character = characterOf(name);
  if (character === null) return null;
  rules.onHtmlName?.();
  return { character, end: at + 1 + name.length };
}
