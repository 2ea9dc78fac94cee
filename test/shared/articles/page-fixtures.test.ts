import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractText } from '../../../shared/articles/extract-text.ts';

const PAGES = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/pages');
const PAGE_URL = 'https://www.news.example.org/2026/11/30/story.html';

interface Expected {
  /** Every sentence of the article's own prose, headings and bylines aside. */
  readonly keeps: readonly string[];
  /** What stands on the page and belongs to no article, or to another one. */
  readonly leaves: readonly string[];
}

const read = (page: string, file: string): string => readFileSync(join(PAGES, page, file), 'utf8');

function textOf(page: string): string {
  const extraction = extractText(read(page, 'page.html'), PAGE_URL);
  return extraction.ok ? extraction.text.replace(/\s+/g, ' ') : '';
}

describe('the text of a page', () => {
  it.each(readdirSync(PAGES))('%s: has every sentence of the article and nothing else', (page) => {
    const { keeps, leaves } = JSON.parse(read(page, 'expected.json')) as Expected;

    const text = textOf(page);

    expect({
      lost: keeps.filter((sentence) => !text.includes(sentence)),
      strays: leaves.filter((line) => text.includes(line)),
    }).toEqual({ lost: [], strays: [] });
    expect(keeps.length).toBeGreaterThan(1);
  });
});
