import { decoderFor } from '../../../shared/text/charset.ts';
import { sampleOf } from '../../../shared/text/charset-sample.ts';
import { decodeLabelled } from '../../../shared/text/decode-labelled.ts';
import {
  type CharsetReading,
  type DetectedCharset,
  detectAmong,
  isGuessed,
  isIso2022Japanese,
  rankCharsets,
  readSample,
} from '../../../shared/text/detect-charset.ts';
import { encode } from '../feeds/reading/legacy-encodings.ts';
import * as news from '../feeds/reading/news-texts.ts';

/** Texts in each encoding; for the encodings that hardly differ see `sameText`. */
const CASES: readonly (readonly [encoding: string, texts: readonly news.NewsText[]])[] = [
  ['euc-kr', news.KOREAN],
  ['euc-jp', news.JAPANESE],
  ['shift_jis', news.JAPANESE],
  ['big5', news.TRADITIONAL],
  ['gb18030', news.SIMPLIFIED],
  ['koi8-r', [...news.RUSSIAN, ...news.BULGARIAN]],
  ['koi8-u', news.UKRAINIAN],
  ['windows-1251', [...news.RUSSIAN, ...news.UKRAINIAN, ...news.BULGARIAN]],
  ['iso-8859-5', news.RUSSIAN],
  ['ibm866', news.RUSSIAN],
  ['windows-1252', news.WESTERN],
  ['windows-1250', [...news.CENTRAL_EUROPEAN, ...news.ROMANIAN]],
  ['iso-8859-2', [...news.CENTRAL_EUROPEAN, ...news.ROMANIAN]],
  ['windows-1254', news.TURKISH],
  ['windows-1253', news.GREEK],
  ['iso-8859-7', news.GREEK],
  ['windows-1255', news.HEBREW],
  ['windows-1256', news.ARABIC],
  ['windows-874', news.THAI],
  ['windows-1257', news.BALTIC],
  ['windows-1258', news.VIETNAMESE],
];

const feedOf = (text: string): string =>
  `<?xml version="1.0"?>\n<rss version="2.0"><channel><link>https://example.org/</link><item><description>${plain(text)}</description><link>https://example.org/news/2026/11/some-long-address-in-latin-letters?id=12345</link></item></channel></rss>`;

function detectCharset(body: Uint8Array): DetectedCharset {
  const sample = sampleOf(body);
  return detectAmong({ sample, ranked: rankCharsets(sample) });
}

/** The ISO encodings have no curly apostrophe. */
const plain = (text: string): string => text.replaceAll('’', "'");

describe('an encoding without a label is recognised', () => {
  for (const [encoding, texts] of CASES) {
    it.each(texts.map(({ language, title, body }) => [`${language}: ${title}`, body] as const))(
      `in ${encoding}, %s`,
      (_title, body) => {
        const bytes = encode(feedOf(body), encoding);
        const found = detectCharset(bytes);
        // Some texts are the same bytes in two encodings: then either name is right.
        expect(decoderFor(found.label)?.decode(bytes).normalize('NFC')).toBe(feedOf(body));
      },
    );
  }
});

describe('a title alone', () => {
  const titled = CASES.filter(([encoding]) => !/125[02478]|8859-2/.test(encoding));

  it.each(titled)('is enough in %s, where most letters are beyond ASCII', (encoding, texts) => {
    for (const { title } of texts) {
      const bytes = encode(plain(title), encoding);
      expect(decoderFor(detectCharset(bytes).label)?.decode(bytes)).toBe(plain(title));
    }
  });
});

describe('the language that a feed states', () => {
  const titled = (language: string, title: string): string =>
    `<rss version="2.0"><channel><language>${language}</language><item><title>${title}</title></item></channel></rss>`;

  it.each([
    ['windows-1257', 'lv', 'Rīgā gaidāms sniegs'],
    ['windows-1257', 'lt', 'Gaisras užgesintas'],
    ['windows-1254', 'tr-TR', 'Yangın söndürüldü'],
    ['iso-8859-2', 'CS', 'Cvičení začalo u hranic'],
  ])('helps in %s where a title says too little (%s)', (encoding, language, title) => {
    const bytes = encode(titled(language, title), encoding);
    expect(decoderFor(detectCharset(bytes).label)?.decode(bytes)).toBe(titled(language, title));
    const silent = encode(titled('en', title), encoding);
    expect(decoderFor(detectCharset(silent).label)?.decode(silent)).not.toBe(titled('en', title));
  });

  it.each([
    ['en', 'koi8-r', news.RUSSIAN],
    ['de', 'euc-kr', news.KOREAN],
    ['fr', 'windows-1250', news.CENTRAL_EUROPEAN],
    ['ja', 'gb18030', news.SIMPLIFIED],
  ])('does not mislead: %s for what is in %s', (language, encoding, texts) => {
    for (const { body } of texts) {
      const bytes = encode(titled(language, plain(body)), encoding);
      expect(decoderFor(detectCharset(bytes).label)?.decode(bytes)).toBe(titled(language, plain(body)));
    }
  });
});

describe('the detector', () => {
  it('is confident of whole paragraphs', () => {
    for (const { body } of news.KOREAN) {
      expect(detectCharset(encode(body, 'euc-kr'))).toEqual({ label: 'euc-kr', confident: true });
    }
    for (const { body } of news.RUSSIAN) {
      expect(detectCharset(encode(body, 'koi8-r'))).toEqual({ label: 'koi8-r', confident: true });
    }
  });

  it('is not confident of noise', () => {
    let state = 12345;
    const noise = Uint8Array.from({ length: 3000 }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return 0x80 | (state >>> 20);
    });
    expect(detectCharset(noise).confident).toBe(false);
  });

  it('is not confident of a single letter', () => {
    expect(detectCharset(encode('Café', 'windows-1252'))).toEqual({ label: 'windows-1252', confident: false });
  });

  it('has nothing to say of ASCII', () => {
    const ascii = '<rss version="2.0"/>';

    expect(decodeLabelled(Buffer.from(ascii), [])).toEqual({ text: ascii, encoding: 'utf-8', notes: [] });
    expect(decodeLabelled(new Uint8Array(), [])).toEqual({ text: '', encoding: 'utf-8', notes: [] });
  });

  it('knows the escape sequences of Japanese mail', () => {
    const bytes = Uint8Array.of(0x3c, 0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42);
    expect(decodeLabelled(bytes, [])).toEqual({
      text: '<日本',
      encoding: 'iso-2022-jp',
      notes: ['the encoding was recognised: iso-2022-jp'],
    });
  });

  it('weighs only so much of a long document', () => {
    const [{ body }] = news.JAPANESE as [news.NewsText];
    const bytes = Buffer.concat([encode(body.repeat(40), 'euc-jp'), encode(body.repeat(400), 'shift_jis')]);
    expect(detectCharset(bytes)?.label).toBe('euc-jp');
  });
});

describe('capitals where half-width katakana stand', () => {
  it.each([
    ['ВЗРЫВ', 'windows-1251'],
    ['сша', 'koi8-r'],
  ])('%s are not taken for Japanese', (word, encoding) => {
    expect(detectCharset(encode(word, encoding))?.label).toBe(encoding);
  });
});

describe('of several readings', () => {
  const reading = (label: string, text: string, bits: number): CharsetReading => ({
    label,
    text,
    bits,
    language: 'fr',
  });
  const sample = { words: new Uint8Array(), highBytes: 10, stated: null };
  const among = (...ranked: CharsetReading[]): DetectedCharset => detectAmong({ sample, ranked });

  it('the first is taken, and that of Western Europe where there is none', () => {
    expect(among(reading('koi8-r', 'é', 50), reading('big5', 'x', 60)).label).toBe('koi8-r');
    expect(among()).toEqual({ label: 'windows-1252', confident: false });
  });

  it.each([
    ['far behind', 90, true],
    ['as far behind as need be', 70, true],
    ['nearer', 69.9, false],
  ])('the first is certain while the next other text is %s', (_what, bits, confident) => {
    const first = reading('koi8-r', 'é', 50);

    expect(among(first, reading('big5', 'x', bits)).confident).toBe(confident);
    expect(among(first, reading('koi8-u', 'é', 50), reading('big5', 'x', bits)).confident).toBe(confident);
    expect(among(first, reading('koi8-u', 'é', 50)).confident).toBe(true);
  });

  it.each([
    ['koi8-r', 'é', 89.9, true],
    ['koi8-r', 'é', 90, false],
    ['koi8-r', 'aZé', 98.9, true],
    ['koi8-r', 'aZé', 99, false],
    ...['euc-kr', 'gb18030', 'big5', 'shift_jis', 'iso-2022-jp'].flatMap((label) => [
      [label, 'é', 76.9, true] as const,
      [label, 'é', 77, false] as const,
    ]),
  ] as const)('%s (%s) is certain only of what reads like a language: %d bits', (label, text, bits, confident) => {
    expect(among(reading(label, text, bits)).confident).toBe(confident);
  });
});

describe('Japanese of mails', () => {
  const ESCAPE = [0x1b, 0x24, 0x42];

  it.each<[what: string, bytes: readonly number[], is: boolean]>([
    ['begins with its escape', ESCAPE, true],
    ['begins with the older one', [0x41, 0x1b, 0x24, 0x40], true],
    ['not with another set', [0x1b, 0x24, 0x43], false],
    ['not with another sign', [0x1b, 0x28, 0x42], false],
    ['not without an escape', [0x24, 0x42], false],
    ['has no byte beyond ASCII', [...ESCAPE, 0x80], false],
    ['may have any byte of ASCII', [...ESCAPE, 0x7f], true],
    ['shows early', [...Array(99_999).fill(0x41), ...ESCAPE], true],
    ['shows early or not at all', [...Array(100_000).fill(0x41), ...ESCAPE], false],
  ])('%s', (_what, bytes, is) => {
    expect(isIso2022Japanese(Uint8Array.from(bytes))).toBe(is);
  });
});

it('only encodings of the languages known here are guessed', () => {
  const guessed = ['windows-1252', 'koi8-u', 'gb18030', 'gbk', 'iso-8859-15', 'windows-1258', 'iso-8859-8'];
  const named = ['iso-8859-3', 'macintosh', 'utf-8', 'ibm850', ''];

  expect([...guessed, ...named].map(isGuessed)).toEqual([...guessed.map(() => true), ...named.map(() => false)]);
});

it('a reading tells the language that weighs least, and gains where the document states it', () => {
  const sampleIn = (language: string) =>
    sampleOf(encode(`<language>${language}</language> été à Orléans`, 'windows-1252'));

  const [stated, silent] = ['fr', 'xx'].map((language) => readSample(sampleIn(language), 'windows-1252'));

  expect(stated).toMatchObject({ label: 'windows-1252', language: 'fr', text: expect.stringContaining('été à Orl') });
  expect(silent!.bits - stated!.bits).toBe(12);
});

it('a reading in letters of no language known here is in none', () => {
  expect(readSample(sampleOf(Buffer.from('ŋŧŋŧ ŧŋŧŋ')), 'utf-8').language).toBe('und');
});

it.each([
  ['windows-1252', 'été à Orléans', 0, 'the most usual'],
  ['windows-1253', 'Η κυβέρνηση ανακοίνωσε', 4, 'the first of a language'],
  ['iso-8859-7', 'Η κυβέρνηση ανακοίνωσε', 8, 'the second of a language'],
  ['shift_jis', 'ｻｸﾗｻｸ', 44, 'one with katakana of half width'],
])('a guess of %s for “%s” starts %d bits behind what a label says: %s', (encoding, text, bits) => {
  const sample = sampleOf(encode(text, encoding));

  const guessed = rankCharsets(sample).find(({ label }) => label === encoding);

  expect(guessed!.bits - readSample(sample, encoding).bits).toBeCloseTo(bits, 9);
});
