// One mail of each kind and each script, for tests of size and for drawings. The events are invented.

import { confirmationMail } from '../../shared/alerts/confirmation-mail.ts';
import { feedIncidentNotice } from '../../shared/alerts/feed-incident-notice.ts';
import type { Mail } from '../../shared/model/alert.ts';
import type { Match } from '../../shared/model/match.ts';
import { aDigestStory, alertMailOf, aStoryIn, digestMailOf, matchOf, passageOf } from './alert-mails.ts';
import { aDigest, aFeed, aHit, aPollState, aSubscription, later } from './builders.ts';

const TITLE = 'Norland sends a brigade to the river border';
const SENTENCE = 'Parliament agreed on Tuesday to deploy 3,000 troops to the eastern bank before the winter.';

const TROOPS = matchOf({
  topic: 'Troop deployment',
  severity: 'high',
  title: TITLE,
  passages: [
    passageOf(TITLE, ['sends', 'brigade'], { field: 'title', origin: 'title', start: 0 }),
    passageOf(SENTENCE, ['deploy', 'troops'], { origin: 'article' }),
  ],
  why: 'en: {forces} NEAR/8 {send}',
});
const ESCALATION = {
  ...matchOf({
    topic: 'Border incidents',
    severity: 'medium',
    title: TITLE,
    passages: [
      passageOf('Two villages were shelled across the border in the night.', ['shelled', 'border'], {
        origin: 'article',
        start: 400,
      }),
    ],
    why: 'en: (shelled OR shot) NEAR/6 border',
  }),
  article: TROOPS.article,
};
const OTHER = { ...ESCALATION, topic: { ...ESCALATION.topic, id: 'budgets', title: 'Defence budgets' } };
const OUTLETS = [
  'Example News',
  'The Daily Example',
  'Example Wire',
  'Radio Example',
  'Example Post',
  'Evening Example',
];
const story = (kind: 'first' | 'new') => ({
  hit: aHit({ story: { id: 'story-1', kind, reason: 'same words', news: ['5,000', 'Odra'], texts: 2 } }, [TROOPS]),
  story: aStoryIn(TROOPS, OUTLETS),
});

/** Headline, sentence and matched words in six scripts. */
export const SCRIPTS: readonly (readonly [
  language: string,
  title: string,
  sentence: string,
  words: readonly string[],
])[] = [
  [
    'ko',
    '노를란드, 국경에 여단 파견',
    '의회는 화요일 겨울이 오기 전에 병력 3천 명을 동쪽 강변에 배치하기로 합의했다.',
    ['병력', '배치'],
  ],
  [
    'ar',
    'نورلاند ترسل لواءً إلى الحدود',
    'وافق البرلمان يوم الثلاثاء على نشر ثلاثة آلاف جندي على الضفة الشرقية قبل الشتاء.',
    ['نشر', 'جندي'],
  ],
  [
    'ru',
    'Норландия отправляет бригаду к границе',
    'Парламент во вторник согласился разместить 3000 военных на восточном берегу до зимы.',
    ['разместить', 'военных'],
  ],
  ['zh', '诺兰向边境派遣旅', '议会周二同意在冬季前向东岸部署三千名士兵。', ['部署', '士兵']],
  [
    'he',
    'נורלנד שולחת חטיבה לגבול',
    'הפרלמנט הסכים ביום שלישי לפרוס שלושת אלפים חיילים בגדה המזרחית לפני החורף.',
    ['לפרוס', 'חיילים'],
  ],
  [
    'hi',
    'नॉरलैंड ने सीमा पर ब्रिगेड भेजी',
    'संसद ने मंगलवार को सर्दियों से पहले पूर्वी तट पर तीन हज़ार सैनिक तैनात करने पर सहमति दी।',
    ['सैनिक', 'तैनात'],
  ],
];

const scriptMatch = ([language, title, sentence, words]: (typeof SCRIPTS)[number]): Match =>
  matchOf({
    topic: 'Troop deployment',
    severity: 'high',
    title,
    language,
    passages: [passageOf(sentence, words, { origin: 'article' })],
    why: `${language}: ${words.join(' NEAR/8 ')}`,
  });

const stories = () => [
  aDigestStory(
    [[TROOPS], [matchOf({ ...ABOUT, title: 'Brigade now said to be 5,000 strong', source: 'Example Wire' })]],
    {
      news: ['5,000', 'Odra'],
      story: aStoryIn(TROOPS, OUTLETS),
    },
  ),
  aDigestStory([[scriptMatch(SCRIPTS[0]!)]]),
  aDigestStory([[scriptMatch(SCRIPTS[1]!)]]),
  aDigestStory([
    [
      matchOf({
        topic: 'Border incidents',
        title: 'Shelling in the hills',
        passages: [passageOf('Shelling in the hills', ['Shelling'], { field: 'title', origin: 'title', start: 0 })],
        why: 'en: shelling',
      }),
    ],
  ]),
  aDigestStory([[matchOf({ ...ABOUT, title: 'Norland confirms the brigade', source: 'Evening Example' })]], {
    isRepeat: true,
  }),
];
const ABOUT = {
  topic: 'Troop deployment',
  severity: 'high' as const,
  passages: [passageOf(SENTENCE, ['deploy', 'troops'])],
  why: 'en: {forces} NEAR/8 {send}',
};
const COVERAGE = {
  feeds: 214,
  read: 212,
  failing: [
    { title: 'Example Gazette', since: later(-86_400_000) },
    { title: 'Nördliches Beispielblatt', since: later(-3_600_000) },
  ],
};

const QUESTION = {
  address: 'https://links.example.org/u/0123456789abcdef0123456789abcdef0123456789a/confirm/0123456789ab',
  refuseAddress: 'https://links.example.org/u/0123456789abcdef0123456789abcdef0123456789a',
  topics: ['troop-deployment', 'border-incidents', 'sanctions'],
  until: later(7 * 86_400_000),
  timeZone: 'Europe/Berlin',
};

/** By name. */
export function mailKinds(): Readonly<Record<string, Pick<Mail, 'subject' | 'text' | 'html'>>> {
  const long = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'.repeat(4);
  return {
    single: alertMailOf(TROOPS, { story: story('first') }),
    topics: alertMailOf([TROOPS, ESCALATION], { story: story('first'), others: [OTHER] }),
    headline: alertMailOf({ ...TROOPS, passages: TROOPS.passages.slice(0, 1) }),
    update: alertMailOf(TROOPS, {
      story: story('new'),
      threadId: 'first@example.org',
      update: {
        news: ['5,000', 'Odra'],
        alsoNew: [
          {
            match: matchOf({ ...ABOUT, title: 'Second bridge closed', source: 'Radio Example' }),
            news: ['second', 'bridge'],
          },
        ],
      },
    }),
    local: alertMailOf(TROOPS, { links: {} }),
    long: alertMailOf(
      matchOf({
        topic: long,
        title: long,
        source: long,
        passages: [passageOf(`${long} and ${long}`, [long])],
        why: `en: ${long}`,
      }),
    ),
    hundred: alertMailOf(
      Array.from({ length: 100 }, (_, n) => ({
        ...TROOPS,
        topic: { ...TROOPS.topic, id: `t${n}`, title: `Topic number ${n}` },
      })) as unknown as [Match],
    ),
    digest: digestMailOf(stories(), { coverage: COVERAGE }),
    storm: digestMailOf(
      Array.from({ length: 300 }, (_, n) =>
        aDigestStory([
          [
            matchOf({
              ...ABOUT,
              topic: n % 3 === 0 ? 'Sanctions' : 'Troop deployment',
              title: `Report number ${n} of this morning`,
              seen: later(n * 1000),
            }),
          ],
        ]),
      ),
      { digest: aDigest({ cause: 'storm' }), coverage: COVERAGE },
    ),
    empty: digestMailOf([], { coverage: COVERAGE, subscription: aSubscription({ digest: 'daily', whenEmpty: true }) }),
    ...Object.fromEntries(
      SCRIPTS.map((each) => [`script-${each[0]}`, alertMailOf(scriptMatch(each), { story: null })]),
    ),
    confirmation: confirmationMail({ address: 'https://links.example.org/sns/confirm/0123456789abcdef' }),
    question: confirmationMail(QUESTION),
    reminder: confirmationMail({ ...QUESTION, isReminder: true }),
    notice: feedIncidentNotice({
      failing: [
        aFeed({
          title: 'Example Gazette',
          state: aPollState({
            failure: {
              since: later(-86_400_000),
              count: 12,
              kind: 'http',
              message: 'https://news.example.org/feed.xml: answered 503.',
            } as never,
          }),
        }),
      ],
      gone: [aFeed({ title: 'Old Example', state: aPollState({ goneAt: later(-3_600_000) }) })],
      recovered: [aFeed({ title: 'Example Wire' })],
    }),
  };
}
