// A backup made while items arrive, and the folder that is restored from it: nothing is lost, and no item is stored twice.
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { makeWorkplace, pollAll, type Workplace } from '../support/tocsin-process.ts';
import { until } from '../support/waiting.ts';

const ITEMS = 60;

interface ShownMatch {
  readonly article: { readonly title: string };
}

const feedOf = (count: number): string =>
  `<rss version="2.0"><channel><title>Wire</title>${Array.from({ length: count }, (_, index) => {
    const words = `Brigade ${index + 1}: the ministry will deploy troops of regiment ${index + 1} to the border`;
    return `<item><guid isPermaLink="false">item-${index + 1}</guid><title>${words}</title><pubDate>${new Date().toUTCString()}</pubDate><description>${words}.</description></item>`;
  }).join('')}</channel></rss>`;

describe('a backup of a running instance', () => {
  let web: LoopbackWeb;
  let place: Workplace;
  let published = 0;

  beforeAll(async () => {
    web = await serveWeb((_request, response) => {
      response.setHeader('content-type', 'application/rss+xml');
      response.end(feedOf(published));
    });
    place = makeWorkplace({ TOCSIN_ALLOW_HOSTS: web.pair });
    place.write('config/tocsin.yaml', 'alerts:\n  maxSinglePerTenMinutes: 1000\n');
    place.write(
      'config/feeds.opml',
      `<opml version="2.0"><head/><body><outline type="rss" text="Wire" xmlUrl="${web.origin}/feed.xml"/></body></opml>`,
    );
  });
  afterAll(async () => {
    await place.remove();
    await web.close();
  });

  it('is consistent: the restored folder has or finds every item once, and the original continues', async () => {
    const original = place.start('--no-sample');
    await original.untilSaid(/polled {3}Wire/);
    published = ITEMS;
    await pollAll(original);

    const made = await place.json<{ file: string; bytes: number }>('backup', 'tocsin.backup');
    await until(async () => (await titles()).length === ITEMS);
    await original.stop();
    const { code, stdout } = await place.run('restore', 'tocsin.backup', '--data', 'restored');
    const restored = place.start('--no-sample', '--data', 'restored');
    await pollAll(restored);
    await until(async () => new Set(await titles('--data', 'restored')).size === ITEMS);
    const found = await titles('--data', 'restored');
    await restored.stop();

    expect(made).toMatchObject({ file: join(place.folder, 'tocsin.backup') });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `restored into ${join(place.folder, 'restored')}\n` });
    expect(found).toHaveLength(ITEMS);
    expect(statSync(join(place.folder, 'tocsin.backup')).mode & 0o077).toBe(0);
  }, 120_000);

  it('of a folder that does not exist is refused, and does not make the folder', async () => {
    const { code, stderr } = await place.run('backup', 'none.backup', '--data', 'misspelt');

    expect(code).toBe(2);
    expect(stderr).toContain('there is no data folder');
    expect(existsSync(join(place.folder, 'misspelt'))).toBe(false);
  });

  it('never replaces a file', async () => {
    const { code, stderr } = await place.run('backup', 'tocsin.backup');

    expect(code).toBe(2);
    expect(stderr).toContain('already exists');
  });

  it('is restored over a stopped instance, whose files are kept', async () => {
    const { code, stderr } = await place.run('restore', 'tocsin.backup');

    const [, kept = ''] = /the previous data is now (\S*tocsin\.sqlite\S*)/.exec(stderr) ?? [];
    expect(code).toBe(0);
    expect(existsSync(kept)).toBe(true);
  });

  it('is not restored over a running instance', async () => {
    const running = place.start('--no-sample');
    await running.untilSaid(/token=/);

    const { code, stderr } = await place.run('restore', 'tocsin.backup');
    await running.stop();

    expect(code).toBe(2);
    expect(stderr).toContain('is used by another Tocsin');
  });

  it.each([
    ['damaged', () => truncateSync(join(place.folder, 'other.backup'), 20_000)],
    ['something else', () => writeFileSync(join(place.folder, 'other.backup'), 'a letter')],
  ])('that is %s is refused, and nothing is changed', async (_what, spoil) => {
    writeFileSync(join(place.folder, 'other.backup'), readFileSync(join(place.folder, 'tocsin.backup')));
    spoil();

    const { code, stderr } = await place.run('restore', 'other.backup', '--data', 'untouched');

    expect(code).toBe(2);
    expect(stderr).toMatch(/other\.backup is .*nothing was changed/);
    expect(existsSync(join(place.folder, 'untouched', 'tocsin.sqlite'))).toBe(false);
  });

  const titles = async (...more: readonly string[]): Promise<readonly string[]> =>
    (await place.json<readonly ShownMatch[]>('matches', '--limit', '500', ...more)).map(({ article }) => article.title);
});
