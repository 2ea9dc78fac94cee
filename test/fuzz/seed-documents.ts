// What the fuzzer begins with: every fixture of feeds, generated feeds of all formats, and feeds in old encodings.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from '../shared/feeds/reading/legacy-encodings.ts';
import {
  JAPANESE,
  KOREAN,
  type NewsText,
  RUSSIAN,
  SIMPLIFIED,
  TRADITIONAL,
  WESTERN,
} from '../shared/feeds/reading/news-texts.ts';
import { FEED_FORMATS, generateFeed } from '../support/generated-feeds.ts';

export interface SeedDocument {
  readonly name: string;
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
}

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '../fixtures/feeds');

const ENCODED: readonly (readonly [encoding: string, texts: readonly NewsText[]])[] = [
  ['euc-kr', KOREAN],
  ['euc-jp', JAPANESE],
  ['shift_jis', JAPANESE],
  ['big5', TRADITIONAL],
  ['gb18030', SIMPLIFIED],
  ['koi8-r', RUSSIAN],
  ['windows-1251', RUSSIAN],
  ['windows-1252', WESTERN],
  ['utf-16le', KOREAN],
  ['utf-32be', WESTERN],
];

/** The same in every run, in the same order. */
export function seedDocuments(): readonly SeedDocument[] {
  return [...fixtures(), ...generated(), ...encoded()];
}

function fixtures(): readonly SeedDocument[] {
  return readdirSync(FIXTURES)
    .toSorted()
    .flatMap((name) => {
      const source = readdirSync(join(FIXTURES, name)).find((file) => file.startsWith('source.'));
      return source === undefined
        ? []
        : [{ name, body: readFileSync(join(FIXTURES, name, source)), contentType: undefined }];
    });
}

const generated = (): readonly SeedDocument[] =>
  FEED_FORMATS.flatMap((format) =>
    [
      [1, 0],
      [5, 2],
      [20, 1],
    ].map(([items = 0, paragraphs = 0], index) => ({
      name: `${format} with ${items} items`,
      body: Buffer.from(generateFeed({ seed: index + 1, format, items, paragraphs })),
      contentType: format === 'json' ? 'application/feed+json' : 'application/xml; charset=utf-8',
    })),
  );

const encoded = (): readonly SeedDocument[] =>
  ENCODED.flatMap(([encoding, texts]) => {
    const items = texts.map(
      ({ title, body }) => `<item><title>${title}</title><description>${body}</description></item>`,
    );
    const document = (label: string): string =>
      `<?xml version="1.0"${label}?>\n<rss version="2.0"><channel><title>${encoding}</title>${items.join('\n').replaceAll('’', "'")}</channel></rss>`;
    return [
      {
        name: `${encoding}, labelled`,
        body: encode(document(` encoding="${encoding}"`), encoding),
        contentType: undefined,
      },
      { name: `${encoding}, unlabelled`, body: encode(document(''), encoding), contentType: 'text/xml' },
    ];
  });
