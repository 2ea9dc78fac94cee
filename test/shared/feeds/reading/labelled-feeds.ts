// Feeds in legacy encodings with their labels: honest ones, ones known to be wrong in practice, and none.

import { encode } from './legacy-encodings.ts';
import {
  composeFeed,
  encodingsOf,
  type Half,
  ITEM_COUNTS,
  isReadable,
  languagesOf,
  type Style,
  transcode,
} from './transcoded-feeds.ts';

export interface LabelledFeed {
  readonly text: string;
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
  /** What it is and what it says it is. */
  readonly about: string;
}

export type HonestKind = 'whole texts' | 'capitals' | 'a few signs or names' | 'several languages';
export const HONEST_KINDS: readonly HonestKind[] = [
  'whole texts',
  'capitals',
  'a few signs or names',
  'several languages',
];
const STYLES_OF_KIND: Readonly<Record<HonestKind, readonly Style[]>> = {
  'whole texts': ['news', 'titles'],
  capitals: ['capitals'],
  'a few signs or names': ['signs', 'agency'],
  'several languages': ['foreign words', 'languages'],
};

/** Where labels stand. */
const PLACES = ['declaration', 'header', 'both'] as const;
/** Honest names for the same bytes. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  'windows-1252': ['windows-1252', 'iso-8859-1', 'ISO-8859-1', 'latin1'],
  'windows-1254': ['windows-1254', 'iso-8859-9'],
  'windows-874': ['windows-874', 'tis-620', 'iso-8859-11'],
  gbk: ['gb2312', 'gbk', 'GB2312'],
  'euc-kr': ['euc-kr', 'ks_c_5601-1987', 'cp949'],
  shift_jis: ['shift_jis', 'Shift_JIS', 'x-sjis'],
};

/** Actual encoding and the label it gets wrongly. */
const WRONG_LABELS: readonly (readonly [encoding: string, ...labels: string[]])[] = [
  [
    'windows-1252',
    'utf-8',
    'windows-1251',
    'us-ascii',
    'gb2312',
    'euc-kr',
    'shift_jis',
    'big5',
    'windows-1250',
    'iso-8859-2',
  ],
  ['windows-1251', 'windows-1252', 'iso-8859-1', 'utf-8', 'koi8-r', 'us-ascii', 'iso-8859-5', 'windows-1250', 'gb2312'],
  ['koi8-r', 'windows-1251', 'utf-8', 'iso-8859-1', 'iso-8859-5'],
  ['koi8-u', 'windows-1251', 'utf-8', 'iso-8859-1'],
  ['iso-8859-5', 'windows-1251', 'iso-8859-1', 'utf-8', 'koi8-r'],
  ['ibm866', 'windows-1251', 'iso-8859-1', 'utf-8', 'koi8-r'],
  ['windows-1250', 'iso-8859-2', 'windows-1252', 'iso-8859-1', 'utf-8'],
  ['iso-8859-2', 'windows-1250', 'windows-1252', 'iso-8859-1', 'utf-8'],
  ['windows-1253', 'windows-1252', 'iso-8859-1', 'iso-8859-7', 'utf-8'],
  ['iso-8859-7', 'windows-1253', 'iso-8859-1', 'utf-8'],
  ['windows-1254', 'windows-1252', 'iso-8859-1', 'utf-8'],
  ['windows-1255', 'windows-1252', 'iso-8859-1', 'utf-8'],
  ['windows-1256', 'windows-1252', 'iso-8859-1', 'utf-8'],
  ['windows-1257', 'windows-1252', 'iso-8859-1', 'utf-8'],
  ['windows-1258', 'windows-1252', 'utf-8'],
  ['windows-874', 'windows-1252', 'iso-8859-1', 'utf-8'],
  ['gbk', 'utf-8', 'iso-8859-1', 'big5', 'euc-kr', 'shift_jis', 'windows-1252'],
  ['big5', 'gb2312', 'utf-8', 'iso-8859-1', 'gbk'],
  ['euc-kr', 'windows-1252', 'iso-8859-1', 'utf-8', 'gb2312', 'shift_jis'],
  ['shift_jis', 'utf-8', 'euc-jp', 'windows-1252', 'iso-8859-1', 'gb2312'],
  ['euc-jp', 'utf-8', 'shift_jis', 'windows-1252', 'iso-8859-1', 'gb2312'],
  [
    'utf-8',
    'windows-1252',
    'iso-8859-1',
    'gbk',
    'gb2312',
    'euc-kr',
    'shift_jis',
    'euc-jp',
    'big5',
    'windows-1251',
    'koi8-r',
    'windows-1254',
    'us-ascii',
    'windows-874',
  ],
];

export function* honestCases(half: Half, kind: HonestKind, counts = ITEM_COUNTS): Generator<LabelledFeed> {
  let seed = 1;
  for (const language of languagesOf(half)) {
    for (const encoding of encodingsOf(language)) {
      if (!isReadable(encoding)) continue;
      const names = OTHER_NAMES[encoding] ?? [encoding];
      for (const items of counts) {
        for (const style of STYLES_OF_KIND[kind]) {
          for (const place of PLACES) {
            seed += 1;
            const label = names[seed % names.length] as string;
            yield labelled({ language, encoding, style, items, half, seed }, label, place);
          }
        }
      }
    }
  }
}

export function* mislabelledCases(half: Half, counts = ITEM_COUNTS): Generator<LabelledFeed> {
  let seed = 100_000;
  for (const [encoding, ...labels] of WRONG_LABELS) {
    for (const language of languagesOf(half)) {
      if (
        encoding !== 'utf-8' &&
        (!encodingsOf(language).includes(encoding) || (language === 'en' && encoding !== 'windows-1252'))
      )
        continue;
      for (const label of labels) {
        for (const items of counts) {
          for (const place of PLACES) {
            seed += 1;
            yield labelled(
              { language, encoding, style: seed % 4 === 0 ? 'titles' : 'news', items, half, seed },
              label,
              place,
            );
          }
        }
      }
    }
  }
}

export function* unlabelledCases(half: Half, counts = ITEM_COUNTS): Generator<LabelledFeed> {
  let seed = 200_000;
  for (const language of languagesOf(half)) {
    for (const encoding of encodingsOf(language).filter(isReadable)) {
      if (/ibm85|macintosh|8859-(3|4|1.)$|x-mac/.test(encoding) || (language === 'en' && encoding !== 'windows-1252'))
        continue;
      for (const items of counts) {
        seed += 1;
        const feed = transcode({ language, encoding, style: 'news', items, half, seed });
        yield { ...feed, contentType: undefined, about: `${language} ${encoding}, no label` };
      }
    }
  }
}

function labelled(
  recipe: Omit<Parameters<typeof composeFeed>[0], 'declared'>,
  label: string,
  place: (typeof PLACES)[number],
): LabelledFeed {
  const declared = place === 'header' ? undefined : label;
  const text = composeFeed({
    ...recipe,
    encoding: recipe.encoding === 'utf-8' ? writtenAs(recipe.language) : recipe.encoding,
    declared,
  });
  return {
    text,
    body: encode(text, recipe.encoding),
    contentType: place === 'declaration' ? undefined : `text/xml; charset=${label}`,
    about: `${recipe.language} ${recipe.encoding} said to be ${label}, ${recipe.style}`,
  };
}

/** Signs of a feed in UTF-8: those of the language's usual encoding. */
const writtenAs = (language: string): string => encodingsOf(language)[0] as string;
