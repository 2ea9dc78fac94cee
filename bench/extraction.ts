// Article text: extractText, and the worker around it, against Readability on linkedom alone on the same pages.
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { createArticleExtractor } from '../adapters/articles/extractor.ts';
import { extractText } from '../shared/articles/extract-text.ts';
import { generatePage } from './news-pages.ts';
import { measurePaired, type Work } from './paired.ts';
import { heading, note, tell } from './report.ts';

const GOAL = 0.9;
const SEED = 20_261_124;
const ROUNDS = 31;
const WARM_UPS = 4;
const SHAPES = [
  { paragraphs: 6, teasers: 20, comments: 0 },
  { paragraphs: 12, teasers: 40, comments: 20 },
  { paragraphs: 20, teasers: 60, comments: 100 },
  { paragraphs: 40, teasers: 30, comments: 10 },
];
const PAGES_EACH = 4;
const URL = 'https://example.org/news/1';

export async function run(): Promise<void> {
  const pages = SHAPES.flatMap((shape, index) =>
    Array.from({ length: PAGES_EACH }, (_, page) => generatePage({ ...shape, seed: SEED + index * PAGES_EACH + page })),
  );
  const megabytes = pages.reduce((sum, { length }) => sum + length, 0) / 1e6;
  heading(`Articles: extraction against Readability on linkedom alone (${pages.length} pages, seed ${SEED})`);
  note(`${megabytes.toFixed(1)} MB; processor time, ${ROUNDS} paired rounds, medians`);
  for (const html of pages) {
    const found = extractText(html, URL);
    if (!found.ok) throw new Error(`no article on a generated page: ${found.reason}`);
  }
  const extractor = createArticleExtractor();
  const theirs = (html: string): unknown =>
    new Readability(parseHTML(html).document as unknown as Document).parse()?.textContent;
  await compare('extractText', (html) => extractText(html, URL));
  await compare('the extractor in its worker', (html) => extractor.extract(html, URL));
  await extractor.close();

  async function compare(name: string, ours: Work<string>): Promise<void> {
    const { ourSeconds, theirSeconds, ratio } = await measurePaired(
      pages,
      { ours, theirs },
      { rounds: ROUNDS, warmUps: WARM_UPS },
    );
    tell(`${name}, pages`, pages.length / ourSeconds, 'pages/s');
    tell('Readability alone, pages', pages.length / theirSeconds, 'pages/s');
    tell(`${name} to Readability alone`, ratio, '', { least: GOAL });
  }
}
