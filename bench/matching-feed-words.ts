// The cost of matching the words of the feed in addition to those of the page: 500-word pages, each with a summary that repeats some of the page,
// breaks off, or adds a sentence. Page and summary (compared and matched) against the page alone, alternating.
import { compileTopics } from '../shared/matching/topic-matcher.ts';
import type { MatchableDocument } from '../shared/model/article.ts';
import { saidBeyond } from '../shared/text/said-beyond.ts';
import { type MadeDocument, makeMaterial, toTopic } from './matching-material.ts';
import { measurePaired } from './paired.ts';
import { heading, note, tell } from './report.ts';

const DOCUMENTS = 1_000;
/** Pages per measurement: a single one takes less time than the clock can resolve. */
const PAGES_A_PIECE = 50;
const MOST = 1.2;

interface Page {
  readonly document: MatchableDocument;
  readonly summary: string;
}

export async function runFeedWords(): Promise<void> {
  heading('The words of the feed beside the page');
  for (const topicCount of [100, 1_000]) {
    const { documents, queries } = makeMaterial(DOCUMENTS, topicCount);
    const pages = documents.map((made, index) => ({
      document: made.document,
      summary: summaryOf(made, documents[(index + 7) % documents.length]!, index),
    }));
    if (topicCount === 100) tellMaterial(pages);
    const matcher = compileTopics(queries.map(toTopic));
    const { ratio, ourSeconds } = await measurePaired(
      inPieces(pages),
      {
        ours: (piece) => piece.map((page) => matcher.match(withFeed(page))),
        theirs: (piece) => piece.map(({ document }) => matcher.match(document)),
      },
      { rounds: 15, warmUps: 5 },
    );
    tell(`${topicCount} topics: page and summary`, (1e6 * ourSeconds) / DOCUMENTS, 'µs/document');
    tell(`${topicCount} topics: time, page and summary to page alone`, 1 / ratio, 'times', { most: MOST });
  }
}

/** As in shared/articles/build-article.ts. */
function withFeed({ document, summary }: Page): MatchableDocument {
  const more = saidBeyond(summary, [document.title, document.text]);
  return { ...document, more: more.map((stretch) => ({ ...stretch, origin: 'summary' as const, isLead: true })) };
}

/** In turn: the first sentences of the page; their beginning; its first sentence and one that it lacks. */
function summaryOf({ paragraphs }: MadeDocument, other: MadeDocument, index: number): string {
  const [first = '', second = ''] = sentencesOf(paragraphs[0]!);
  if (index % 3 === 0) return `${first} ${second}`;
  if (index % 3 === 1) return `${`${first} ${second}`.slice(0, 140)}…`;
  return `${first} ${sentencesOf(other.paragraphs[1]!)[0]}`;
}

const sentencesOf = (paragraph: string): readonly string[] => paragraph.split(/(?<=\.) /);

const inPieces = (pages: readonly Page[]): readonly (readonly Page[])[] =>
  Array.from({ length: pages.length / PAGES_A_PIECE }, (_, at) =>
    pages.slice(at * PAGES_A_PIECE, (at + 1) * PAGES_A_PIECE),
  );

function tellMaterial(pages: readonly Page[]): void {
  const wordsOf = (text: string): number => text.split(/\s+/).filter(Boolean).length;
  const summary = pages.reduce((sum, page) => sum + wordsOf(page.summary), 0) / pages.length;
  const beyond = pages
    .map((page) => withFeed(page).more ?? [])
    .reduce((sum, more) => sum + more.reduce((words, { text }) => words + wordsOf(text), 0), 0);
  note(
    `summaries of ${Math.round(summary)} words, of which ${Math.round(beyond / pages.length)} are not in the page (mean)`,
  );
}
