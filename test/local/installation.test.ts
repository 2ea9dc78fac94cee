// The two data files of a folder belong together: one that was moved aside starts empty, one that was emptied or swapped is refused.
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startParts } from '../../local/instance.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { makeWorkplace } from '../support/tocsin-process.ts';

const PLACE = 'stream place shard-1';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-installation-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Starts on a folder, and returns what its queue file says about the table. */
async function start(data: string = folder) {
  const parts = await startParts(data, defaultSettings, { env: process.env });
  const seen = { isNewTable: parts.isNewTable, place: parts.queues.getSetting(PLACE) };
  parts.queues.setSetting(PLACE, '42');
  await parts.stop();
  return seen;
}

const at = (name: string): string => join(folder, name);

describe('a data folder', () => {
  it('keeps its place in the stream from start to start', async () => {
    await start();

    expect(await start()).toEqual({ isNewTable: false, place: '42' });
  });

  it('whose database was moved aside starts with a new one, and forgets its position in the old stream', async () => {
    await start();
    renameSync(at('tocsin.sqlite'), at('tocsin.sqlite.broken'));

    expect(await start()).toEqual({ isNewTable: true, place: null });
    expect(await start()).toEqual({ isNewTable: false, place: '42' });
  });

  it('whose queue file was moved aside continues with its database', async () => {
    await start();
    renameSync(at('queues.sqlite'), at('queues.sqlite.broken'));

    expect(await start()).toEqual({ isNewTable: false, place: null });
    expect(await start()).toEqual({ isNewTable: false, place: '42' });
  });

  it.each([['tocsin.sqlite'], ['queues.sqlite']])(
    'with an emptied %s is refused, with a remedy that works',
    async (file) => {
      await start();
      writeFileSync(at(file), '');

      const refused = await start().catch((error: unknown) => error);
      renameSync(at(file), at(`${file}.broken`));
      const { isNewTable } = await start();

      expect(refused).toMatchObject({ code: 'foreign_data' });
      expect(String(refused)).toContain(`is empty\n  restore both files from the same copy`);
      expect(String(refused)).toContain(`mv ${at(file)} ${at(file)}.broken`);
      expect(isNewTable).toBe(file === 'tocsin.sqlite');
    },
  );

  it('with the database of another one is refused', async () => {
    const other = at('other');
    await start();
    await start(other);
    cpSync(join(other, 'tocsin.sqlite'), at('tocsin.sqlite'));

    await expect(start()).rejects.toMatchObject({ code: 'foreign_data' });
  });

  it.each([
    ['empty', ''],
    ['longer than a header', 'x'.repeat(513)],
    ['of two words', 'two words'],
    ['of zeros, as a power cut may leave it', '\0'.repeat(43)],
  ])('whose token file is %s gets a new token', async (_, text) => {
    await start();
    writeFileSync(at('token'), text);

    await start();

    expect(readFileSync(at('token'), 'utf8')).toMatch(/^[\w-]{43}$/);
  });

  it('with a damaged queue file is refused with the command that moves it aside', async () => {
    writeFileSync(at('queues.sqlite'), 'this is no database, whatever its name says'.repeat(100));

    await expect(start()).rejects.toMatchObject({
      code: 'corrupt_data',
      message: expect.stringContaining(`mv ${at('queues.sqlite')}`),
    });
  });
});

describe('the advice to move a damaged database aside', () => {
  let web: LoopbackWeb;

  beforeAll(async () => {
    web = await serveWeb((_request, response) => {
      response.setHeader('content-type', 'application/rss+xml');
      response.end(
        `<rss version="2.0"><channel><title>Wire</title><item><guid>1</guid><title>Border</title><pubDate>${new Date().toUTCString()}</pubDate><description>The ministry will deploy troops to the border.</description></item></channel></rss>`,
      );
    });
  });
  afterAll(() => web.close());

  it('leaves the outbox subscribed', async () => {
    const place = makeWorkplace({ TOCSIN_ALLOW_HOSTS: web.pair });
    place.write(
      'config/feeds.opml',
      `<opml version="2.0"><head/><body><outline type="rss" text="Wire" xmlUrl="${web.origin}/feed.xml"/></body></opml>`,
    );
    const once = (): ReturnType<typeof place.run> => place.run('start', '--once', '--no-sample');
    const mails = (): number =>
      readFileSync(join(place.folder, '.tocsin', 'outbox', 'index.jsonl'), 'utf8')
        .trim()
        .split('\n').length;
    const first = await once();
    const mailedBefore = mails();
    renameSync(join(place.folder, '.tocsin', 'tocsin.sqlite'), join(place.folder, '.tocsin', 'tocsin.sqlite.broken'));
    rmSync(join(place.folder, '.tocsin', 'outbox'), { recursive: true });

    const second = await once();

    expect([first.code, second.code]).toEqual([0, 0]);
    expect(second.stdout).toContain('The database was missing, so a new one was created');
    expect([mailedBefore, mails()]).toEqual([1, 1]);
    await place.remove();
  }, 60_000);
});
