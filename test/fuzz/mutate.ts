// Damage of all kinds that documents come to, and that attackers think of. What happens is decided by the numbers drawn alone.
import { below, pick, type Random } from '../support/seeded.ts';
import type { SeedDocument } from './seed-documents.ts';

/** Documents do not grow beyond this, with some exceptions for what grows on purpose. */
const MOST_BYTES = 300_000;
const MOST_MUTATIONS = 6;

const ENTITIES =
  '&nbsp; &eacute; &foo; & &amp;amp; &#0; &#x1F600; &#xD800; &#99999999999; &#xFFFE; &; &#; &#x; &lt;b&gt; &amp;lt;script&gt; &quot &CounterClockwiseContourIntegral;'.split(
    ' ',
  );
const SNIPPETS = [
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?xml version="1.0" encoding="utf-16"?>',
  '<?xml-stylesheet href="x"?>',
  '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
  '<!DOCTYPE feed SYSTEM "http://127.0.0.1:1/x.dtd">',
  '<rss version="2.0"><channel>',
  '</channel></rss>',
  '<feed xmlns="http://www.w3.org/2005/Atom">',
  '<item>',
  '</item>',
  '<entry>',
  '</entry>',
  '<title>',
  '</title>',
  '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">',
  '<content type="html">',
  '<description><p>',
  '<link/>',
  '<link href="javascript:alert(1)"/>',
  '<guid isPermaLink="true">x</guid>',
  '<pubDate>Thu, 99 Foo 20266 99:99:99 +9999</pubDate>',
  '<updated>2026-13-45T99:99:99Z</updated>',
  '<__proto__>x</__proto__>',
  '<constructor>x</constructor>',
  '<toString/>',
  '<$>x</$>',
  '<_>x</_>',
  ' xml:base="http://[::1"',
  ' xmlns="urn:other"',
  ' xmlns:dc="urn:other"',
  ' xml:lang="\u0000"',
  '\u0000',
  '\u0008\u001b',
  '\ufeff',
  '\u2028',
  '\ud83d',
  '{"items":[{"id":1,"__proto__":{"x":1}}]}',
  '"items":',
  '[[[[[[[[',
  '<html><body>',
  '=',
  '"',
  "'",
  '<',
  '>',
  '/>',
  '</',
];
const LABELS =
  'utf-8 utf-16 utf-32 utf-7 us-ascii iso-8859-1 windows-1251 koi8-r euc-kr shift_jis iso-2022-jp big5 gb18030 x-user-defined klingon'.split(
    ' ',
  );
const TYPES = ['text/xml', 'application/rss+xml', 'application/json', 'text/html', 'application/octet-stream', ''];

type Mutation = (body: Buffer, random: Random, seeds: readonly SeedDocument[]) => Buffer;

const splice = (body: Buffer, start: number, end: number, insert: Buffer): Buffer =>
  Buffer.concat([body.subarray(0, start), insert, body.subarray(end)]);

/** Start and end of a stretch, short ones more often. */
function stretch(body: Buffer, random: Random): readonly [start: number, end: number] {
  const start = below(random, body.length + 1);
  return [start, Math.min(body.length, start + Math.floor(body.length ** random()))];
}

/** Where tags begin and end. */
function tags(body: Buffer): readonly (readonly [start: number, end: number])[] {
  const found = [...body.toString('latin1').matchAll(/<[^<>]{1,200}>/g)];
  return found.map(({ index, 0: tag }) => [index, index + tag.length] as const);
}

const flipBytes: Mutation = (body, random) => {
  const flipped = Buffer.from(body);
  for (let left = 1 + below(random, 20); left > 0 && flipped.length > 0; left -= 1) {
    flipped[below(random, flipped.length)] = below(random, 256);
  }
  return flipped;
};
const flipBits: Mutation = (body, random) => {
  const flipped = Buffer.from(body);
  for (let left = 1 + below(random, 10); left > 0 && flipped.length > 0; left -= 1) {
    const at = below(random, flipped.length);
    flipped[at] = (flipped[at] as number) ^ (1 << below(random, 8));
  }
  return flipped;
};
const cutEnd: Mutation = (body, random) => body.subarray(0, below(random, body.length + 1));
const cutStart: Mutation = (body, random) => body.subarray(below(random, Math.min(body.length, 200) + 1));
const cutMiddle: Mutation = (body, random) => splice(body, ...stretch(body, random), Buffer.alloc(0));
const duplicate: Mutation = (body, random) => {
  const [start, end] = stretch(body, random);
  return splice(body, end, end, body.subarray(start, end));
};
const repeat: Mutation = (body, random) => {
  const [start, end] = stretch(body, random);
  const part = body.subarray(start, end);
  const times = Math.min(2000, Math.floor(MOST_BYTES / (part.length + 1)));
  return splice(body, end, end, Buffer.concat(Array.from({ length: below(random, times + 1) }, () => part)));
};
const swapTags: Mutation = (body, random) => {
  const all = tags(body);
  if (all.length < 2) return body;
  const [first, second] = [pick(random, all), pick(random, all)].toSorted((left, right) => left[0] - right[0]);
  if (first === undefined || second === undefined || first[0] === second[0]) return body;
  const parts = [[0, first[0]], second, [first[1], second[0]], first, [second[1], body.length]] as const;
  return Buffer.concat(parts.map(([start, end]) => body.subarray(start, end)));
};
const dropTag: Mutation = (body, random) => {
  const all = tags(body);
  return all.length === 0 ? body : splice(body, ...pick(random, all), Buffer.alloc(0));
};
const nest: Mutation = (body, random) => {
  const all = tags(body);
  if (all.length === 0) return body;
  const [start, end] = pick(random, all);
  const times = 1 + Math.floor(20_000 ** random());
  return splice(body, start, end, Buffer.from(body.subarray(start, end).toString('latin1').repeat(times), 'latin1'));
};
const insertSnippets: Mutation = (body, random) => {
  let mutated = body;
  for (let left = 1 + below(random, 4); left > 0; left -= 1) {
    const at = below(random, mutated.length + 1);
    mutated = splice(mutated, at, at, Buffer.from(pick(random, SNIPPETS)));
  }
  return mutated;
};
const insertEntities: Mutation = (body, random) => {
  const at = below(random, body.length + 1);
  const times = 1 + Math.floor(5_000 ** random());
  return splice(body, at, at, Buffer.from(pick(random, ENTITIES).repeat(times)));
};
const hugeAttribute: Mutation = (body, random) => {
  const all = tags(body);
  if (all.length === 0) return body;
  const [, end] = pick(random, all);
  const value = pick(random, ['a', '&', '&amp;', ' ', '<', "'", 'é']).repeat(Math.floor(150_000 ** random()));
  return splice(body, end - 1, end - 1, Buffer.from(` ${pick(random, ['href', 'x:y', 'xmlns:z', 'type'])}="${value}"`));
};
const manyAttributes: Mutation = (body, random) => {
  const all = tags(body);
  if (all.length === 0) return body;
  const [, end] = pick(random, all);
  const names = Array.from({ length: Math.floor(3_000 ** random()) }, (_, index) => ` a${index}="${index}"`);
  return splice(body, end - 1, end - 1, Buffer.from(names.join('')));
};
const hugeText: Mutation = (body, random) => {
  const at = below(random, body.length + 1);
  const text = pick(random, ['a', ' ', '\n', '<p>', '<b><i>', '0', '-', '&lt;', ']]', 'é', '\u0000']);
  return splice(body, at, at, Buffer.from(text.repeat(Math.floor(100_000 ** random()))));
};
const graft: Mutation = (body, random, seeds) => {
  const other = Buffer.from(pick(random, seeds).body);
  const at = below(random, body.length + 1);
  return splice(body, at, at, other.subarray(...stretch(other, random)));
};
const renameEncoding: Mutation = (body, random) => {
  const text = body.toString('latin1');
  const label = pick(random, LABELS);
  const renamed = /encoding=["'][^"']*["']/.test(text.slice(0, 200))
    ? text.replace(/encoding=["'][^"']*["']/, `encoding="${label}"`)
    : `<?xml version="1.0" encoding="${label}"?>${text}`;
  return Buffer.from(renamed, 'latin1');
};
const widen: Mutation = (body, random) => {
  const wide = Buffer.from(body.toString(), 'utf16le');
  return random() < 0.5 ? wide : wide.swap16();
};
const reencode: Mutation = (body) => Buffer.from(body.toString('latin1'), 'utf8');

/** The commoner ones stand there more than once. */
const MUTATIONS: readonly Mutation[] = [
  flipBytes,
  flipBytes,
  flipBits,
  cutEnd,
  cutEnd,
  cutStart,
  cutMiddle,
  cutMiddle,
  duplicate,
  repeat,
  swapTags,
  swapTags,
  dropTag,
  dropTag,
  nest,
  insertSnippets,
  insertSnippets,
  insertSnippets,
  insertEntities,
  hugeAttribute,
  manyAttributes,
  hugeText,
  graft,
  renameEncoding,
  widen,
  reencode,
];

export interface MutatedDocument {
  readonly seed: SeedDocument;
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
}

export function mutate(seeds: readonly SeedDocument[], random: Random): MutatedDocument {
  const seed = pick(random, seeds);
  let body: Buffer = Buffer.from(seed.body);
  for (let left = 1 + below(random, MOST_MUTATIONS); left > 0; left -= 1) {
    const mutated = pick(random, MUTATIONS)(body, random, seeds);
    if (mutated.length <= MOST_BYTES) body = mutated;
  }
  return { seed, body, contentType: contentTypeOf(seed, random) };
}

function contentTypeOf(seed: SeedDocument, random: Random): string | undefined {
  if (random() < 0.6) return seed.contentType;
  const type = pick(random, TYPES);
  return random() < 0.5 ? type : `${type}; charset=${pick(random, LABELS)}`;
}
