import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FetchFailedError } from '../../../shared/core/errors.ts';
import { readFeed } from '../../../shared/feeds/read-feed.ts';
import { normalise } from '../../../shared/feeds/reading/normalise.ts';
import { tidy } from '../../../shared/feeds/reading/tidy.ts';
import { readTolerantly } from '../../../shared/feeds/reading/tolerant-tree.ts';
import { readWithRssParser } from '../../../shared/feeds/reading/with-rss-parser.ts';

// One folder for each trait of a document: what came (source.*), and what of it is to be read (expected.json).
const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/feeds');
const URL_OF_DOCUMENT = 'https://example.org/feeds/main.xml';

interface Expected {
  /** Where the document was found, and as what it was sent, where that matters. */
  readonly url?: string;
  readonly contentType?: string;
  /** What the refusal says. */
  readonly refused?: string;
  readonly feed?: object;
  readonly items?: readonly object[];
  readonly notes?: readonly string[];
}

function trait(name: string): { readonly body: Uint8Array; readonly expected: Expected } {
  const folder = join(FIXTURES, name);
  const source = readdirSync(folder).find((file) => file.startsWith('source.'))!;
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
  return { body: readFileSync(join(folder, source)), expected };
}

const traits = readdirSync(FIXTURES).map((name) => [name, trait(name)] as const);

async function outcomeOf({ body, expected }: ReturnType<typeof trait>): Promise<unknown> {
  const { url = URL_OF_DOCUMENT, contentType } = expected;
  return await readFeed({ body, contentType, url }).catch((error: unknown) => error);
}

describe('a feed is read with', () => {
  it.each(traits)('%s', async (_name, document) => {
    const { url: _url, contentType: _contentType, refused, ...expected } = document.expected;
    const outcome = await outcomeOf(document);
    if (refused === undefined) expect(outcome).toMatchObject(expected);
    else {
      expect(outcome).toBeInstanceOf(FetchFailedError);
      expect(outcome).toMatchObject({ kind: 'not_a_feed', message: expect.stringContaining(refused) });
    }
  });
});

describe('reading', () => {
  it('gives the same for a document whatever was read before it', async () => {
    const alone = new Map<string, unknown>();
    for (const [name, document] of traits) alone.set(name, await outcomeOf(document));
    for (const [name, document] of traits.toReversed()) expect(await outcomeOf(document)).toEqual(alone.get(name));
  });

  it('gives the same through the tolerant tree as through rss-parser', async () => {
    let compared = 0;
    for (const [name, { body }] of traits) {
      const document = tidy(new TextDecoder().decode(body));
      const strict = await readWithRssParser(document);
      if (strict === null) continue;
      const tolerant = readTolerantly(document);
      expect([name, tolerant && normalise(tolerant, URL_OF_DOCUMENT)]).toEqual([
        name,
        normalise(strict, URL_OF_DOCUMENT),
      ]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(100);
  });
});
