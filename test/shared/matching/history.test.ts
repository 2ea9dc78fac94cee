// What a topic with `history: exclude` makes of a text that speaks of the past. What is past: event-time/.
import { explainTopic } from '../../../shared/matching/explain/explain.ts';
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import type { MatchableDocument } from '../../../shared/model/article.ts';
import type { TopicMatch } from '../../../shared/model/match.ts';
import type { Topic } from '../../../shared/model/topic.ts';
import { topicOf } from './random-topics.ts';

const EXPRESSION = 'troops NEAR/5 send';
const topicThat = (history: Topic['history'], change: Partial<Topic> = {}): Topic => ({
  ...topicOf(EXPRESSION, 'deployment', 'en'),
  history,
  ...change,
});
const EXCLUDES = topicThat('exclude');

const aText = (text: string, change: Partial<MatchableDocument> = {}): MatchableDocument => ({
  title: '',
  text,
  language: 'en',
  publishedAt: '2023-05-10T12:00:00Z',
  ...change,
});

const matchOf = (topic: Topic, document: MatchableDocument): TopicMatch | undefined =>
  compileTopics([topic]).match(document)[0];
const passagesOf = (topic: Topic, document: MatchableDocument): readonly string[] | undefined =>
  matchOf(topic, document)?.passages.map(({ text }) => text);

const OLD = 'In 1911, Italy sent troops to the port.';
const NEW = 'The ministry sent troops to the border on Monday, and nobody knows for how many weeks.';
const OLDER = 'Prices have doubled since the ministry sent troops to the island, which nobody had expected.';

describe('a topic that excludes history', () => {
  it('does not match what is history only', () => {
    expect(matchOf(EXCLUDES, aText(OLD))).toBeUndefined();
  });

  it('matches by what is news, and shows nothing else', () => {
    expect(passagesOf(EXCLUDES, aText(`${OLD} ${NEW}`))).toEqual([NEW]);
  });

  it('highlights nothing that is history, though it stands in a sentence that is shown', () => {
    const [passage] =
      matchOf(EXCLUDES, aText('In 1911 Italy sent troops here; the ministry sent troops on Monday.'))?.passages ?? [];

    expect(passage?.highlights.map(([from, to]) => passage.text.slice(from, to))).toEqual(['sent troops']);
    expect(passage?.highlights[0]?.[0]).toBeGreaterThan(30);
  });

  it('matches by words of which only some are in a clause of the past', () => {
    expect(matchOf(EXCLUDES, aText('In 1911 there were troops; they are sent on Monday.'))).toBeDefined();
  });

  it('says that a match is of background alone', () => {
    expect(matchOf(EXCLUDES, aText(OLDER))).toMatchObject({ strength: 'weak', features: { time: 'background' } });
    expect(matchOf(EXCLUDES, aText(NEW))?.features.time).toBe('now');
    expect(matchOf(EXCLUDES, aText(`${OLDER} ${NEW}`))?.features).toMatchObject({ time: 'now', sentences: 1 });
  });

  it('shows news before background where there is room for one of them', () => {
    const topic = topicThat('exclude', { passage: { context: 0, max: 1, maxChars: 420 } });

    expect(passagesOf(topic, aText(`${OLDER} ${NEW}`))).toEqual([NEW]);
    expect(passagesOf(topic, aText(NEW, { title: OLDER }))).toEqual([NEW]);
  });

  it('names the expression that is news', () => {
    const topic = topicThat('exclude', { any: { en: ['ministry NEAR/9 (troops NEAR/5 island)', 'border'] } });
    const document = aText(`${OLDER} They met at the border on Monday.`);

    expect(matchOf(topic, document)?.why).toBe('en: border');
    expect(matchOf({ ...topic, history: 'include' }, document)?.why).toMatch(/^en: ministry/);
  });

  it('holds by one of its expressions though another is history', () => {
    const topic = topicThat('exclude', { any: { en: [EXPRESSION, 'harvest'] } });

    expect(matchOf(topic, aText(`${OLD} The harvest began on Monday.`))?.why).toBe('en: harvest');
  });

  it('judges by the day of the article', () => {
    const text = 'They sent troops in 1987.';

    expect(matchOf(EXCLUDES, aText(text))).toBeUndefined();
    expect(matchOf(EXCLUDES, aText(text, { publishedAt: '1987-06-01' }))).toBeDefined();
  });

  it.each([undefined, 'unknown'])('judges by today where the day is %s', (publishedAt) => {
    const document = aText('They sent troops in 1987.', { publishedAt });
    const on = (today: string) => compileTopics([EXCLUDES], { today: () => new Date(today) }).match(document);

    expect(on('1987-06-01')).toHaveLength(1);
    expect(on('2023-05-10')).toEqual([]);
    expect(matchOf(EXCLUDES, document)).toBeDefined();
  });
});

it.each([undefined, 'include' as const])('a topic with history %s matches as ever', (history) => {
  const topic = topicThat(history);

  expect(passagesOf(topic, aText(OLD))).toEqual([OLD]);
  expect(matchOf(topic, aText(OLDER))).not.toHaveProperty('time');
});

describe('an explanation', () => {
  it('says what was left out as history, and why', () => {
    expect(explainTopic(EXCLUDES, aText(OLD)).split('\n').at(-1)).toBe(
      'history "sent troops": “In 1911”, more than a year before the article',
    );
    expect(explainTopic(EXCLUDES, aText(NEW))).not.toContain('\nhistory ');
    expect(explainTopic(topicThat('include'), aText(OLD))).not.toContain('\nhistory ');
  });

  it('judges by today where the document has no day', () => {
    const document = aText(OLD, { publishedAt: undefined });

    expect(explainTopic(EXCLUDES, document)).not.toContain('\nhistory ');
    expect(explainTopic(EXCLUDES, document, undefined, new Date('2023-05-10'))).toContain('\nhistory ');
  });
});
