// Copies of a text as outlets make them from an agency's: another headline, something before and behind it, a part left out. A seed decides what.
import { below, pick, type Random } from './seeded.ts';

export interface CopiedText {
  readonly language: string;
  readonly title: string;
  readonly sentences: readonly string[];
}

export interface OutletCopy {
  readonly title: string;
  readonly text: string;
  /** What was done to the text, for people. */
  readonly changes: string;
}

/** By language: what outlets put before and behind a text. Others have those in English. */
const HEADS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'LINDMARK (Nordwire) — ',
    'LINDMARK, March 2 (Nordwire) - ',
    'By Maria Lopez and Jan Novak\n\n',
    'By our staff reporter | Updated 14:35 GMT, 2 March 2026\n\n',
    '(Adds quotes and details) ',
    'This article was first published by Nordwire. ',
    'Daily Courier, Monday — ',
    'Listen to this article. 3 min read. ',
  ],
  de: ['Altenrode (nordwire) – ', 'Von Maria Lopez und Jan Novak\n\n', 'Stand: 02.03.2026, 14:35 Uhr\n\n'],
  fr: ['MONTREVAL (Nordwire) — ', 'Par Maria Lopez, avec Nordwire\n\n', 'Publié le 2 mars 2026 à 14h35\n\n'],
  es: ['VALDEPARRA (Nordwire) — ', 'Por María López / Agencias\n\n', 'Actualizado a las 14:35\n\n'],
  ru: ['МОСКВА, 2 марта. /Норд-пресс/. ', 'Автор: Мария Лопухова\n\n', 'Обновлено 14:35, 02.03.2026\n\n'],
  zh: ['北方社临江3月2日电 ', '【北方社】', '（记者 王明 李红）'],
  ar: ['السدرة (نورد برس) - ', 'كتبت ماريا لوبيز\n\n', 'آخر تحديث: 14:35\n\n'],
};

const FEET: Readonly<Record<string, readonly string[]>> = {
  en: [
    ' Read more on our site. Sign up for updates by e-mail. © 2026 Daily Courier',
    ' (Reporting by Maria Lopez in Hamnvik; editing by Jan Novak)',
    ' The post TITLE appeared first on Daily Courier.',
    ' Continue reading...',
    ' Read more: Five charts that explain the budget',
    ' Follow us on Telegram and never miss a story. All rights reserved.',
    ' This material may not be published, broadcast, rewritten or redistributed without permission.',
  ],
  de: [' Mehr dazu lesen Sie hier. © 2026 Tageskurier', ' (Redaktion: Jan Novak)', ' Weiterlesen …'],
  fr: [
    ' Lire la suite sur notre site. © 2026 Le Courrier',
    ' (avec Nordwire)',
    ' L’article TITLE est apparu en premier sur Le Courrier.',
  ],
  es: [
    ' Leer más en nuestra web. © 2026 El Correo',
    ' La entrada TITLE se publicó primero en El Correo.',
    ' Con información de Nordwire',
  ],
  ru: [
    ' Читайте также: Пять графиков о бюджете. © 2026 Курьер',
    ' Подписывайтесь на наш канал.',
    ' Подробнее на сайте…',
  ],
  zh: ['（编辑：王明）', '（完）', '更多新闻请关注每日信使客户端。'],
  ar: [
    ' للمزيد تابعونا على موقعنا. جميع الحقوق محفوظة 2026',
    ' المصدر: نورد برس',
    ' اقرأ أيضا: خمسة رسوم تشرح الميزانية',
  ],
};

const KICKERS = ['BREAKING', 'Exclusive', 'World', 'Update'];
const OUTLETS = [' | Daily Courier', ' - The Hamnvik Times', ' – Nordwire'];
const HAN = /\p{Script=Han}/u;

type Headline = (copied: CopiedText, random: Random) => string;

const HEADLINES: Readonly<Record<string, Headline>> = {
  'the same headline': ({ title }) => title,
  'an outlet behind the headline': ({ title }, random) => title + pick(random, OUTLETS),
  'a word before the headline': ({ title }, random) => `${pick(random, KICKERS)}: ${title}`,
  'the first sentence for headline': ({ sentences }) => cutAt(sentences[0]!, 60),
  'a later sentence for headline': ({ sentences }) => cutAt(sentences.at(-1)!, 60),
  'half a headline': ({ title }) => cutAt(title, Math.ceil(title.length * 0.6)),
};

type Cut = (sentences: readonly string[], random: Random) => string;

const CUTS: Readonly<Record<string, Cut>> = {
  'nothing cut': (sentences) => joinedSentences(sentences),
  'the last sentence cut': (sentences) => joinedSentences(sentences.length > 2 ? sentences.slice(0, -1) : sentences),
  'a sentence left out': (sentences, random) =>
    joinedSentences(sentences.length > 2 ? sentences.toSpliced(1 + below(random, sentences.length - 1), 1) : sentences),
  'the second half cut': (sentences) =>
    joinedSentences(sentences.slice(0, Math.max(2, Math.ceil(sentences.length / 2)))),
  'cut within a word': (sentences, random) => {
    const text = joinedSentences(sentences);
    return `${text.slice(0, Math.floor(text.length * (0.6 + 0.35 * random())))}…`;
  },
  'every sentence a paragraph': (sentences) => sentences.join('\n\n'),
  'straight quotes': (sentences) =>
    joinedSentences(sentences)
      .replace(/[“”„«»]/gu, '"')
      .replace(/’/gu, "'")
      .replace(/—/gu, '-'),
};

/** At least one of the three is changed. */
export function outletCopy(copied: CopiedText, random: Random): OutletCopy {
  const headline = pick(random, Object.keys(HEADLINES));
  const cut = pick(random, Object.keys(CUTS));
  const head = random() < 0.6 ? pick(random, HEADS[copied.language] ?? HEADS['en']!) : '';
  const foot = random() < 0.6 ? pick(random, FEET[copied.language] ?? FEET['en']!).replace('TITLE', copied.title) : '';
  return {
    title: HEADLINES[headline]!(copied, random),
    text: head + CUTS[cut]!(copied.sentences, random) + foot,
    changes: [headline, cut, `head “${head.trim()}”`, `foot “${foot.trim()}”`].join(', '),
  };
}

/** With spaces between them where the script has any. */
export const joinedSentences = (sentences: readonly string[]): string =>
  sentences.join(HAN.test(sentences[0] ?? '') ? '' : ' ');

/** Whole words, where there are any. */
function cutAt(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = HAN.test(text) ? text.slice(0, Math.min(20, length)) : text.slice(0, length).replace(/\s\S*$/u, '');
  return `${cut}…`;
}
