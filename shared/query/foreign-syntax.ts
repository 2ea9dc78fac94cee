// What people who know Lexis, Factiva, Google or Lucene write by habit, and how it is written here.

/** What a sign means elsewhere -> what to write here. */
const SIGNS: Readonly<Record<string, string>> = {
  '|': 'write OR',
  '&': 'write AND',
  '+': 'AND already requires both sides; remove the +',
  '-': 'to exclude a word, write AND NOT word, or NOT NEAR/10 word to exclude it only nearby',
  '!': 'for any ending, write * at the end of the word; to exclude, write AND NOT',
  '?': 'wildcards for one letter are not supported; list the forms with OR, or end the word with *',
  '~': 'write ~"two words" for a phrase in all its forms, a NEAR/5 b for words near each other; there is no fuzzy search',
  "'": 'write phrases in double quotes: "two words"',
  $: 'for any ending, write * at the end of the word',
  '^': 'weights are not supported; remove it',
  '[': 'write num(10..20) for a range of numbers',
  ']': 'write num(10..20) for a range of numbers',
  '/': 'regular expressions are not supported; use words with * and NEAR/n',
  '<': 'for a fixed order, write a ONEAR/n b',
  '>': 'write num(10..) for a range of numbers',
  '=': 'write = before a word to match it letter for letter: =US',
};

/** Names of fields elsewhere -> names here. */
const FIELDS: Readonly<Record<string, string>> = {
  headline: 'title',
  hd: 'title',
  hl: 'title',
  intitle: 'title',
  allintitle: 'title',
  hlead: 'lead',
  hlp: 'lead',
  lp: 'lead',
  ingress: 'lead',
  intext: 'body',
  text: 'body',
  site: 'source',
  domain: 'source',
  publication: 'source',
  pub: 'source',
  sn: 'source',
  language: 'lang',
  la: 'lang',
  inurl: 'url',
  byline: 'author',
  by: 'author',
  categories: 'category',
  tag: 'category',
  tags: 'category',
  subject: 'category',
  keyword: 'category',
  keywords: 'category',
};

/** Fields written as calls, `hlead(word)`, that are read as ours. */
export const CALLED_FIELDS: Readonly<Record<string, string>> = { headline: 'title', hlead: 'lead' };

const SETTINGS = 'dates, lengths and duplicates are settings of the pipeline, not part of a topic';

/** What a field of another product is called here. */
export const ourFieldFor = (name: string): string | undefined =>
  Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;

/** Advice on the sign at `index` of a word. */
export function hintForSign(word: string, index: number): string | undefined {
  const sign = word[index]!;
  const before = word.slice(0, index).toLowerCase();
  if (/^(wc|length|date|pd|since|before|after)$/.test(before) && /[<>=]/.test(sign)) return SETTINGS;
  const field = sign === '=' ? ourFieldFor(before) : undefined;
  if (field !== undefined) return `write ${field}:${word.slice(index + 1) || 'word'}`;
  return SIGNS[sign];
}

/** `/5`, `+5`, `/s` of Lexis, whole words that begin with a sign -> the operator here. */
export function operatorOfSign(word: string): string | undefined {
  const [, sign, reach] = /^([/+])(\d+|[sp])$/i.exec(word) ?? [];
  if (reach === undefined) return undefined;
  if (!/\d/.test(reach)) return `w/${reach.toLowerCase()}`;
  return `${sign === '+' ? 'ONEAR' : 'NEAR'}/${reach}`;
}

/**
 * A word between two terms that is an operator elsewhere -> the operator here. Only the position decides: `same` and `W5` are
 * words too.
 */
export function operatorOfWord(word: string): string | undefined {
  if (/^same$/i.test(word)) return 'w/p';
  if (/^(around|within)$/i.test(word)) return 'NEAR/5';
  const [, name = '', reach = '5'] = /^(near|adj|onear|pre|w)(\d+)$/i.exec(word) ?? /^(adj|pre)$/i.exec(word) ?? [];
  if (name === '') return undefined;
  return `${/^(near|w)$/i.test(name) ? 'NEAR' : 'ONEAR'}/${reach}`;
}

/** A word with `(` right after it, which may be a call elsewhere: `allcaps(us)`. */
export function hintForCall(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (/^(allcaps|caps|nocaps)$/.test(lower)) return 'for exact case, write = before the word: =US';
  if (lower === 'num') return 'write num(10..20), num(10..) or num(..20)';
  if (/^at-?least$/.test(lower)) return 'write how often: atleast3( … )';
  if (/^(around|near)$/.test(lower)) return 'write a NEAR/5 b';
  if (/^(date|length)$/.test(lower)) return SETTINGS;
  const field =
    ourFieldFor(lower) ??
    (/^(title|lead|body|source|lang|url|author|country|category)$/.test(lower) ? lower : undefined);
  return field === undefined ? undefined : `write ${field}:( … )`;
}
