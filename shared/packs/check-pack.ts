// Runs a pack's own examples through the engine.

import { ReadDocument } from '../matching/document/read-document.ts';
import { explainTopic } from '../matching/explain/explain.ts';
import { compileTopics, type MatcherOptions, type TopicMatcher } from '../matching/topic-matcher.ts';
import type { MatchableDocument } from '../model/article.ts';
import type { Passage, TopicMatch } from '../model/match.ts';
import type { Topic } from '../model/topic.ts';
import type { Problem } from '../query/problems.ts';
import type { TopicTest } from './pack-tests.ts';
import type { ParsedPack } from './parse-pack.ts';

export interface CheckedPack {
  readonly passed: number;
  readonly failed: number;
  /** One `E_TEST_FAILED` for each test that failed; its hint is the tree with what each node found. */
  readonly problems: readonly Problem[];
}

/** Tests of topics that did not parse are counted as failed: their topic is not there to match. */
export function checkPack(
  topics: readonly Topic[],
  tests: readonly TopicTest[],
  options: MatcherOptions = {},
): CheckedPack {
  const problems: Problem[] = [];
  const matchers = new Map(
    topics.map((topic) => {
      let whole: TopicMatcher | undefined;
      const wholeOf = (): TopicMatcher => {
        whole ??= compileTopics([unbounded(topic)], options);
        return whole;
      };
      return [topic.id, { topic, matcher: compileTopics([topic], options), wholeOf }];
    }),
  );
  for (const test of tests) {
    const known = matchers.get(test.topicId);
    const document = { title: test.title, text: test.text, language: test.language ?? undefined };
    const match = known?.matcher.match(document)[0] ?? null;
    const failure =
      known === undefined
        ? `topic ${test.topicId} cannot be used`
        : (failureOf(test, match) ?? sentenceFailure(test, document, known.wholeOf));
    if (failure === null) continue;
    const hint =
      known === undefined ? undefined : `\n${explainTopic(known.topic, document, options.limits, options.today?.())}`;
    problems.push({
      severity: 'error',
      code: 'E_TEST_FAILED',
      message: `${test.topicId}: ${failure}`,
      path: test.path,
      line: test.line,
      column: test.column,
      excerpt: '',
      hint,
      topic: test.topicId,
    });
  }
  return { passed: tests.length - problems.length, failed: problems.length, problems };
}

/**
 * What is wrong with a pack before its tests are run. What is made for others must prove itself: a shared pack without
 * tests has an error where a private one has a warning. Such a topic is used all the same.
 */
export const problemsOf = ({ problems, isShared }: Pick<ParsedPack, 'problems' | 'isShared'>): readonly Problem[] =>
  isShared
    ? problems.map((each) =>
        each.code === 'W_NO_NEGATIVE_TEST' ? { ...each, severity: 'error', code: 'E_NO_NEGATIVE_TEST' } : each,
      )
    : problems;

/** Shows every place where it holds, not the best ones alone. */
const unbounded = (topic: Topic): Topic => ({
  ...topic,
  passage: { context: 0, max: Number.MAX_SAFE_INTEGER, maxChars: Number.MAX_SAFE_INTEGER },
});

function sentenceFailure(test: TopicTest, document: MatchableDocument, wholeOf: () => TopicMatcher): string | null {
  if (test.sentences === null) return null;
  const wanted = [...new Set(test.sentences)].sort((a, b) => a - b).join(', ');
  const got = sentencesWithHighlights(wholeOf().match(document)[0]?.passages ?? [], document).join(', ');
  return got === wanted ? null : `the highlighted words of ${nameOf(test)} are in sentences ${got}, not ${wanted}`;
}

/** The title is sentence 0. */
function sentencesWithHighlights(passages: readonly Passage[], document: MatchableDocument): readonly number[] {
  const [, ...sentences] = new ReadDocument(document).sentenceRanges;
  const numbers = passages.flatMap(({ field, highlights }) =>
    highlights.map(([start]) => (field === 'title' ? 0 : 1 + sentences.findIndex(([, end]) => start < end))),
  );
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function failureOf(test: TopicTest, match: TopicMatch | null): string | null {
  const shown = nameOf(test);
  if (test.expect === 'no') return match === null ? null : `must not match ${shown}, but does: ${match.why}`;
  if (match === null) return `must match ${shown}`;
  const wanted = test.passage;
  if (wanted === null || match.passages.some((passage) => shows(passage, wanted))) return null;
  const got = match.passages.map((passage) => JSON.stringify(highlighted(passage))).join(', ');
  return `the highlighted words of ${shown} are ${got}, not ${JSON.stringify(wanted)}`;
}

/** The stretch from the first to the last highlighted word contains the expected text, or is contained in it. */
function shows(passage: Passage, wanted: string): boolean {
  const stretch = plain(highlighted(passage));
  const text = plain(wanted);
  return stretch !== '' && (stretch.includes(text) || (text.includes(stretch) && plain(passage.text).includes(text)));
}

function highlighted(passage: Passage): string {
  const first = passage.highlights[0]?.[0] ?? passage.start;
  const last = passage.highlights.at(-1)?.[1] ?? passage.start;
  return passage.text.slice(first - passage.start, last - passage.start);
}

const nameOf = ({ file, text }: TopicTest): string => file ?? JSON.stringify(shorten(text));
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
const shorten = (text: string): string => (text.length > 90 ? `${text.slice(0, 89)}…` : text);
