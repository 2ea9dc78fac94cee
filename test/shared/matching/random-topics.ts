// Expressions and documents at random, from few words, so that everything the language can say happens often.
import type { ExtraText, MatchableDocument } from '../../../shared/model/article.ts';
import type { Topic } from '../../../shared/model/topic.ts';

/** Numbers in [0, 1) that a seed decides (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Random = () => number;
export const pick = <Value>(random: Random, values: readonly Value[]): Value =>
  values[Math.floor(random() * values.length)]!;
const upTo = (random: Random, most: number): number => Math.floor(random() * most);

const TEXT_WORDS =
  'troops troop soldiers soldier army deploy deployed deploys deployment border treaty treaties ratified ratify talks US U.S. us Us cease-fire ceasefire 파병 파병을 병력 병력이 북 북은 войска войск 12 2,500 1999 3만 말 sanction peace-keepers peacekeepers nation-wide-army 한·미 연합 훈련을 연합훈련 הצבא ושהצבא צבא والقوات فقوات قوات 2-3 10:30 1.5 million since 1991: decades ago 在1991年 1991년에 #TroopsDeployed 10,000troops'.split(
    ' ',
  );
const HAN = [
  '派兵',
  '批准书',
  '軍隊',
  'ミサイルを発射',
  '条約の批准',
  '派。兵',
  '批准 书',
  '軍、隊',
  'ガスタンク',
  'タンカー',
  '1万2000人',
];
const UNSPACED = ['รัฐบาลส่งทหารไปชายแดน', 'ทหารไทย', 'ของกองทัพและ', 'ทหาร', 'ទាហានកម្ពុជា', 'บ้าน\u200bทหาร', '๑๒คน'];
const GAPS = [' ', ' ', ' ', ' ', ' ', ' ', '', ', ', ', and ', ' who ', '; ', '-', '. ', '! '];
const BARE_WORDS =
  'troop soldier army deploy border treaty ratify talk us 파병 병력 북 войска 派兵 批准 兵 ミサイル 発射 ガス タン cease-fire ceasefire peacekeeper ทหาร ไทย กองทัพ *ทหาร* ทหาร* ទាហាន צבא قوات 한미 연합훈련 sanction 12 troo* dep* *ment *roop* 파병* U.S. =US =us =troops'.split(
    ' ',
  );
const PHRASES = [
  '"troops deployed"',
  '"troop* deploy*"',
  '"army * border"',
  '"cease-fire talks"',
  '"us troops"',
  '="US"',
  '"treaties"',
  '"파병 병력"',
  '"条約の批准"',
  '"deploy* * troops"',
  '"* army"',
  '"peacekeepers * deployed"',
  '"한미"',
  '"القوات"',
  '"ส่งทหาร"',
  '"us! troops"',
  '~"troop deploy"',
  '~"army * border"',
  '~"cease-fire talk"',
  '~"병력 파병"',
];
/** Used as `{forces}`; every language has its words, so no topic fails for want of them. */
const SETS = {
  forces: { en: 'troop OR army OR {ranks}', ko: '병력 OR 파병', '*': '"troops" OR 軍隊 OR войск*' },
  ranks: { '*': 'soldier OR =US' },
  pact: { '*': 'treat* OR 条約 OR "cease-fire talks" OR (ratify NEAR/3 talk)' },
};
const SOURCES = ['example.org', 'news.example.com', 'Daily Example'];

export function randomDocument(random: Random): MatchableDocument {
  const sentence = (): string => {
    const words = Array.from({ length: 1 + upTo(random, 9) }, () =>
      random() < 0.12 ? pick(random, HAN) : random() < 0.06 ? pick(random, UNSPACED) : pick(random, TEXT_WORDS),
    );
    return `${words.reduce((before, word) => before + pick(random, GAPS) + word)}${pick(random, ['.', '.', '!', ''])}`;
  };
  const textOf = (mostSentences: number): string =>
    Array.from({ length: 1 + upTo(random, mostSentences) }, sentence).reduce(
      (whole, next) => whole + pick(random, [' ', ' ', '\n\n', '\n']) + next,
    );
  const text = textOf(5);
  const extra = (): ExtraText => ({
    text: textOf(2),
    origin: pick(random, ['feed', 'summary']),
    start: upTo(random, 40),
    isLead: random() < 0.5,
  });
  return {
    ...(random() < 0.4 ? { more: Array.from({ length: 1 + upTo(random, 3) }, extra) } : {}),
    title: random() < 0.5 ? sentence() : '',
    text,
    language: pick(random, ['en', 'ko', 'ru', 'zh', 'fr', 'th', 'he', 'ar', undefined]),
    url: pick(random, ['https://news.example.com/world/1', undefined]),
    source: pick(random, [...SOURCES, undefined]),
    authors: random() < 0.3 ? ['Author Example'] : [],
    categories: random() < 0.5 ? [pick(random, ['World news', 'Sport'])] : undefined,
    publishedAt: random() < 0.7 ? '2023-05-10T12:00:00Z' : undefined,
  };
}

export function randomExpression(random: Random, depth: number, inField = false): string {
  const inner = () => randomExpression(random, depth - 1, inField);
  const group = () => (depth <= 1 || random() < 0.4 ? leaf(random) : `(${inner()})`);
  if (depth <= 0) return leaf(random);
  const reach = pick(random, ['0', '1', '2', '3', '5', '8']);
  switch (upTo(random, 16)) {
    case 0:
      return `${group()} AND ${group()}${random() < 0.3 ? ` AND ${group()}` : ''}`;
    case 1:
      return `${group()} OR ${group()} OR ${leaf(random)}`;
    case 2:
      return `${group()} AND NOT ${group()}`;
    case 3:
    case 4:
      return `${group()} NEAR/${reach} ${group()}`;
    case 5:
      return `${group()} NEAR/${reach} ${group()} NEAR/${reach} ${leaf(random)}`;
    case 6:
      return `${group()} ONEAR/${reach} ${group()}${random() < 0.3 ? ` ONEAR/${reach} ${leaf(random)}` : ''}`;
    case 7:
      return `${group()} NOT NEAR/${reach} ${group()}`;
    case 8:
      return `${group()} ${pick(random, ['w/s', 'w/p', 'w/c'])} ${group()}`;
    case 9:
      return `${group()} ${pick(random, ['NOT w/s', 'NOT w/p', 'NOT w/c', `NOT NEAR/${reach}c`])} ${group()}`;
    case 10:
      return `atleast${1 + upTo(random, 3)}(${inner()})`;
    case 11:
      return `2 OF (${inner()}, ${leaf(random)}, ${inner()})`;
    case 12:
      return inField
        ? leaf(random)
        : `${pick(random, ['title', 'lead', 'body'])}:(${randomExpression(random, depth - 1, true)})`;
    case 13:
      return `${group()} WITHOUT ${group()}`;
    case 14: {
      const operator = pick(random, [`NEAR/${reach}c`, `ONEAR/${reach}c`, 'w/c']);
      return `${group()} ${operator} ${group()}${random() < 0.3 ? ` ${operator} ${leaf(random)}` : ''}`;
    }
    default:
      return leaf(random);
  }
}

function leaf(random: Random): string {
  const kind = random();
  if (kind < 0.18) return pick(random, PHRASES);
  if (kind < 0.24) return `num(${pick(random, ['', '1', '12', '1900'])}..${pick(random, ['13', '2600', '40000'])})`;
  if (kind < 0.4) return `(${pick(random, BARE_WORDS)} OR ${pick(random, BARE_WORDS)} OR ${pick(random, PHRASES)})`;
  if (kind < 0.52) return pick(random, ['{forces}', '{ranks}', '{pact}']);
  return pick(random, BARE_WORDS);
}

const DESCRIPTIONS = [
  'source:example.org',
  'source:"Daily Example"',
  'lang:en',
  'url:world',
  'author:example',
  'country:org',
  'category:world',
];

export function randomTopic(random: Random, id: string): Topic {
  const language = () => pick(random, ['en', 'en', 'ko', '*', 'ru', 'he', 'ar']);
  const expression = () => {
    const text = randomExpression(random, 1 + upTo(random, 3));
    return random() < 0.15 ? `(${text}) AND ${random() < 0.5 ? 'NOT ' : ''}${pick(random, DESCRIPTIONS)}` : text;
  };
  const some = (share: number, make: () => string): Record<string, string[]> =>
    random() < share ? { [language()]: [make()] } : {};
  return {
    id,
    version: '1.0.0+0000000',
    pack: 'random',
    title: id,
    description: '',
    severity: 'low',
    codes: {},
    any: { [language()]: [expression(), ...(random() < 0.3 ? [expression()] : [])], ...some(0.3, expression) },
    all: some(0.15, () => (random() < 0.3 ? pick(random, DESCRIPTIONS) : leaf(random))),
    none: some(0.15, () => (random() < 0.3 ? pick(random, DESCRIPTIONS) : leaf(random))),
    sets: SETS,
    passage: { context: upTo(random, 2), max: 1 + upTo(random, 3), maxChars: pick(random, [80, 120, 420]) },
    ...(random() < 0.5 ? { history: 'exclude' } : {}),
  };
}

/** A topic of one expression in one language; `*` where the language does not matter. */
export function topicOf(expression: string, id = 'topic', language = '*'): Topic {
  return {
    id,
    version: '1.0.0+0000000',
    pack: 'test',
    title: id,
    description: '',
    severity: 'low',
    codes: {},
    any: { [language]: [expression] },
    all: {},
    none: {},
    sets: SETS,
    passage: { context: 0, max: 3, maxChars: 420 },
  };
}
