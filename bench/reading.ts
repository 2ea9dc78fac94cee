// Reading: feeds against rss-parser alone on the same documents, which it is given decoded; then articles, see extraction.ts.
import Parser from 'rss-parser';
import { readFeed } from '../shared/feeds/read-feed.ts';
import { type FeedFormat, generateFeed } from '../test/support/generated-feeds.ts';
import { run as runExtraction } from './extraction.ts';
import { measurePaired } from './paired.ts';
import { heading, note, tell } from './report.ts';

const GOAL = 0.9;
const SEED = 20_261_124;
const ROUNDS = 31;
const WARM_UPS = 3;
const FORMATS: readonly FeedFormat[] = ['rss', 'atom', 'rss', 'atom', 'rss', 'rdf'];
const ITEMS = [10, 15, 20, 30, 50, 100];
/** Paragraphs of full content; half of the feeds have summaries only. Items have 2.9 kB in the mean, as those of real feeds have. */
const PARAGRAPHS = [0, 7];

interface FeedDocument {
  readonly body: Uint8Array;
  readonly text: string;
}

export async function run(): Promise<void> {
  const documents = feedDocuments();
  const items = await countItems(documents);
  const megabytes = documents.reduce((sum, { body }) => sum + body.length, 0) / 1e6;
  heading(`Feeds: readFeed against rss-parser alone (${documents.length} documents, seed ${SEED})`);
  note(`${megabytes.toFixed(1)} MB, ${items} items; processor time, ${ROUNDS} paired rounds, medians`);
  const url = 'https://example.org/feed.xml';
  const { ourSeconds, theirSeconds, ratio } = await measurePaired(
    documents,
    {
      ours: ({ body }) => readFeed({ body, contentType: 'application/xml', url }),
      theirs: ({ text }) => new Parser().parseString(text),
    },
    { rounds: ROUNDS, warmUps: WARM_UPS },
  );
  for (const [name, seconds] of [
    ['readFeed', ourSeconds],
    ['rss-parser', theirSeconds],
  ] as const) {
    tell(`${name}, bytes`, megabytes / seconds, 'MB/s');
    tell(`${name}, items`, items / seconds, 'items/s');
  }
  tell('readFeed to rss-parser', ratio, '', { least: GOAL });
  await runExtraction();
}

function feedDocuments(): readonly FeedDocument[] {
  const shapes = ITEMS.flatMap((items) => PARAGRAPHS.map((paragraphs) => ({ items, paragraphs })));
  return shapes.flatMap(({ items, paragraphs }, index) =>
    FORMATS.map((format, offset) => {
      const text = generateFeed({ seed: SEED + index * FORMATS.length + offset, format, items, paragraphs });
      return { text, body: Buffer.from(text) };
    }),
  );
}

/** Both must find the same, or the comparison means nothing. */
async function countItems(documents: readonly FeedDocument[]): Promise<number> {
  let count = 0;
  for (const { body, text } of documents) {
    const { items } = await readFeed({ body, contentType: 'application/xml', url: 'https://example.org/feed.xml' });
    const { items: theirs } = await new Parser().parseString(text);
    if (items.length !== theirs.length) throw new Error(`${items.length} items, but rss-parser finds ${theirs.length}`);
    count += items.length;
  }
  return count;
}
