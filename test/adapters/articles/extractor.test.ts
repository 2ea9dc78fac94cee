import { jest } from '@jest/globals';
import { createArticleExtractor, type ExtractorOptions } from '../../../adapters/articles/extractor.ts';
import { peakMemoryGrowth, until } from '../../support/waiting.ts';

const URL_OF_PAGE = 'https://news.example.org/2026/harbour';
const STORY = [
  'The harbour of Example City was closed on Monday after a ship ran aground, the port authority said.',
  'No one was hurt, and the crew of nineteen stayed on board, waiting for the tide, an official added.',
  'Tugs from two neighbouring ports are on their way, and are expected in the evening, if the weather holds.',
];
const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><title>Harbour closed</title></head><body>${body}</body></html>`;
const storyPage = page(`<article><h1>Harbour closed</h1>${STORY.map((text) => `<p>${text}</p>`).join('')}</article>`);

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

function extractor(options: ExtractorOptions = {}) {
  const created = createArticleExtractor(options);
  open.push(created);
  return created;
}

/** A worker that does with each page what the page's text says. */
const obedient = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    const hoard = [];
    parentPort.on('message', ({ html }) => {
      if (html === 'loop') for (;;);
      if (html === 'hoard') for (;;) hoard.push(new Array(10000).fill(hoard.length));
      if (html === 'exit') process.exit(1);
      if (html === 'throw') throw new Error('out of luck');
      parentPort.postMessage({ ok: true, text: html + ' ' + JSON.stringify(process.env), title: null, canonicalUrl: null, language: null });
    });
    parentPort.postMessage('ready');
  `)}`,
);

/** A worker whose answer is the thread that it runs in. */
const numbered = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads';
    parentPort.on('message', () => parentPort.postMessage({ ok: false, reason: String(threadId) }));
    parentPort.postMessage('ready');
  `)}`,
);

describe('the article extractor', () => {
  it('ends a worker that has had no page for a while, and starts another for the next page', async () => {
    const { extract } = extractor({ workerUrl: numbered, idleMs: 0 });
    const first = await extract('', URL_OF_PAGE);

    await until(async () => JSON.stringify(await extract('', URL_OF_PAGE)) !== JSON.stringify(first));
  });

  it('keeps the worker for pages that follow soon', async () => {
    const { extract } = extractor({ workerUrl: numbered });
    const first = await extract('', URL_OF_PAGE);

    expect(await Promise.all([extract('', URL_OF_PAGE), extract('', URL_OF_PAGE)])).toEqual([first, first]);
  });

  it('gives the text of an article from a worker', async () => {
    expect(await extractor().extract(storyPage, URL_OF_PAGE)).toEqual({
      ok: true,
      text: STORY.join('\n\n'),
      title: 'Harbour closed',
      canonicalUrl: null,
      language: 'en',
    });
  });

  it('says in words why there is none', async () => {
    expect(await extractor().extract(page('<p>Please enable scripts.</p>'), URL_OF_PAGE)).toEqual({
      ok: false,
      reason: 'the page holds only 22 characters of text',
    });
  });

  it('answers pages asked side by side in turn, each with its own', async () => {
    const { extract } = extractor();

    const answers = await Promise.all(
      STORY.map((text) => extract(page(`<article><p>${text}</p><p>${text}</p></article>`), URL_OF_PAGE)),
    );

    expect(answers.map((answer) => answer.ok && answer.text)).toEqual(STORY.map((text) => `${text}\n\n${text}`));
  });

  it.each([
    ['loop', 'reading the page took more than 0.3 s'],
    ['hoard', 'reading the page took more than 64 MB of memory'],
    ['exit', 'the page could not be read (the worker has ended)'],
    ['throw', 'the page could not be read (out of luck)'],
  ])('survives a page that makes its worker %s, and reads the next', async (deed, reason) => {
    const { extract } = extractor({ workerUrl: obedient, timeoutMs: deed === 'loop' ? 300 : 20_000, maxMemoryMb: 64 });

    const { result, grownBytes } = await peakMemoryGrowth(() =>
      Promise.all([extract(deed, URL_OF_PAGE), extract('next', URL_OF_PAGE)]),
    );

    expect(result).toMatchObject([{ ok: false, reason }, { ok: true }]);
    expect(grownBytes).toBeLessThan(300_000_000);
  });

  it('shows its worker nothing of the environment', async () => {
    expect(await extractor({ workerUrl: obedient }).extract('env', URL_OF_PAGE)).toMatchObject({ text: 'env {}' });
  });

  it('says so when the worker cannot start', async () => {
    const missing = new URL('file:///nowhere/extraction-worker.mjs');

    expect(await extractor({ workerUrl: missing }).extract(storyPage, URL_OF_PAGE)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('the page could not be read'),
    });
  });
});

/** A worker that runs this for each page, and has `answer` to answer with. */
const working = (onPage: string, atStart = "parentPort.postMessage('ready');"): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { parentPort, resourceLimits, threadId } from 'node:worker_threads';
      const answer = (reason) => parentPort.postMessage({ ok: false, reason: JSON.stringify(reason) });
      parentPort.on('message', (page) => { ${onPage} });
      ${atStart}
    `)}`,
  );
const reasonsOf = async (workerUrl: URL, options: ExtractorOptions = {}, pages = 1): Promise<readonly unknown[]> => {
  const { extract } = extractor({ workerUrl, ...options });
  const reasons: unknown[] = [];
  for (let n = 0; n < pages; n += 1)
    reasons.push(((await extract(`page ${n}`, URL_OF_PAGE)) as { reason: string }).reason);
  return reasons;
};

describe('the worker of the extractor', () => {
  it.each([
    ['256 MB', {}, 224],
    ['as much memory as it is given', { maxMemoryMb: 64 }, 32],
  ])('has %s, of which 32 MB are for what is short-lived', async (_what, options, oldMb) => {
    const [limits] = await reasonsOf(working('answer(resourceLimits)'), options);

    expect(JSON.parse(String(limits))).toMatchObject({ maxOldGenerationSizeMb: oldMb, maxYoungGenerationSizeMb: 32 });
  });

  it('gets the page and its address, and no options of Node', async () => {
    expect(await reasonsOf(working('answer([page, process.execArgv])'))).toEqual([
      JSON.stringify([{ html: 'page 0', url: URL_OF_PAGE }, []]),
    ]);
  });

  it('may say what it likes to the terminal, which hears nothing', async () => {
    const write = jest.spyOn(process.stdout, 'write');
    const complain = jest.spyOn(process.stderr, 'write');

    await reasonsOf(working("console.log('a remark'); console.error('a remark'); setTimeout(() => answer(1), 20)"));

    const heard = [...write.mock.calls, ...complain.mock.calls].filter(([text]) => String(text).includes('a remark'));
    write.mockRestore();
    complain.mockRestore();
    expect(heard).toEqual([]);
  });

  it.each([
    ['throws a text', working("throw 'out of luck'"), 'the page could not be read (out of luck)'],
    ['ends at once', working('', 'process.exit(3);'), 'the page could not be read (the worker has ended)'],
    ['throws at length', working("throw new Error('x'.repeat(300))"), `the page could not be read (${'x'.repeat(172)}`],
  ])('that %s is a reason in at most two hundred characters', async (_what, workerUrl, reason) => {
    expect(await reasonsOf(workerUrl)).toEqual([reason]);
  });

  it('that has died since the last page is found dead by the next one, and replaced for the one after', async () => {
    const dies = working("answer('alive'); setImmediate(() => process.exit(0))");
    const { extract } = extractor({ workerUrl: dies });
    const reason = async () => ((await extract('', URL_OF_PAGE)) as { reason: string }).reason;

    expect(await reason()).toBe('"alive"');
    await until(async () => (await reason()) === 'the page could not be read (the worker has ended)');

    expect(await reason()).toBe('"alive"');
  });

  it('is another one after a page that took too long', async () => {
    const slow = working("if (page.html === 'page 0') for (;;); answer(threadId)");

    expect(await reasonsOf(slow, { timeoutMs: 100 }, 1)).toEqual(['reading the page took more than 0.1 s']);
  });

  it('is another one once it was closed', async () => {
    const { extract, close } = extractor({ workerUrl: numbered });

    const first = await extract('', URL_OF_PAGE);
    await close();

    expect(await extract('', URL_OF_PAGE)).not.toEqual(first);
  });
});

describe('a page made to be costly', () => {
  let shared: ReturnType<typeof createArticleExtractor>;
  beforeAll(() => {
    shared = createArticleExtractor({ timeoutMs: 1000 });
  });
  afterAll(() => shared.close());

  const repeated = (text: string, bytes: number): string => text.repeat(Math.ceil(bytes / text.length));
  const MEGABYTE = 1_000_000;

  it.each<[what: string, html: string]>([
    ['elements nested 200,000 deep', page(repeated('<div>', 1_000_000))],
    ['formatting nested 200,000 deep', page(repeated('<b><i>', 1_200_000))],
    ['table cells nested without end', page(repeated('<table><tr><td>', MEGABYTE))],
    ['unclosed paragraphs', page(repeated('<p>a', MEGABYTE))],
    ['unclosed tags', repeated('<a ', MEGABYTE)],
    ['nothing but <', repeated('<', MEGABYTE)],
    ['nothing but &', repeated('&amp', MEGABYTE)],
    [
      'an element with 100,000 attributes',
      page(`<div ${Array.from({ length: 100_000 }, (_, at) => `a${at}=b`).join(' ')}>`),
    ],
    ['a comment without end', page(`<!--${repeated('-', MEGABYTE)}`)],
    ['a script without end', page(`<script>${repeated('x', MEGABYTE)}`)],
    ['deep elements in an iframe', page(`<iframe>${repeated('<div>', 1_000_000)}`)],
    ['100,000 links', page(repeated('<p><a href="/x">more, and more</a></p>', MEGABYTE))],
    ['deep JSON', page(`<script type="application/ld+json">${'['.repeat(500_000)}</script>`)],
    ['names of the prototype', page('<p __proto__="x" constructor="y">a</p><__proto__><constructor>')],
    ['no element at all', ''],
    ['zero bytes', '\0'.repeat(1000)],
  ])('(%s) ends in time, with or without a text, and the next page is read', async (_what, html) => {
    const costly = await shared.extract(html, URL_OF_PAGE);
    const next = await shared.extract(storyPage, URL_OF_PAGE);

    expect(costly).toEqual(
      expect.objectContaining(costly.ok ? { text: expect.any(String) } : { reason: expect.any(String) }),
    );
    expect(next).toMatchObject({ ok: true, text: STORY.join('\n\n') });
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('keeps the article that stands before the depths', async () => {
    const html = storyPage.replace('</body>', `${repeated('<div>', 1_000_000)}</body>`);

    expect(await shared.extract(html, URL_OF_PAGE)).toMatchObject({ ok: true, text: STORY.join('\n\n') });
  });
});
