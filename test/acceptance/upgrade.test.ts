// A data folder of an earlier version, with pending work in it: the present version finishes it, loses nothing and sends no alert twice.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { DATA_VERSION } from '../../shared/core/data-version.ts';
import {
  type AboutCaptured,
  aboutCaptured,
  CAPTURED_FILES,
  CAPTURED_FOLDERS,
  CAPTURED_PORT,
  CAPTURED_SETTINGS,
  pageOf,
  pagesFeed,
  READER,
  wireFeed,
} from '../support/captured-folder.ts';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { makeWorkplace, pollAll, type StartedTocsin, type Workplace } from '../support/tocsin-process.ts';

interface SentMail {
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
}

const CAPTURED = readdirSync(CAPTURED_FOLDERS, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

describe.each(CAPTURED)('an upgrade over the data folder of %s, killed in the middle of its work', (captured) => {
  let web: LoopbackWeb;
  let place: Workplace;
  let started: StartedTocsin;
  let shown: { wire: readonly string[]; pages: readonly string[] };

  beforeAll(async () => {
    const about = aboutCaptured(captured);
    const dateOf = (report: string): string => about.dates[report] ?? new Date().toUTCString();
    shown = { wire: ['a2', 'a1'], pages: ['b2', 'b1'] };
    web = await serveWeb((request, response) => {
      const path = request.url ?? '';
      const feed = path === '/wire.xml' ? 'Wire' : path === '/pages.xml' ? 'Pages' : null;
      if (feed !== null) {
        response.setHeader('content-type', 'application/rss+xml');
        response.end(
          feed === 'Wire'
            ? wireFeed({ reports: shown.wire, dateOf })
            : pagesFeed({ reports: shown.pages, dateOf }, web.origin),
        );
      } else if (path.startsWith('/page/')) {
        response.setHeader('content-type', 'text/html');
        response.end(pageOf(path.slice('/page/'.length)));
      } else {
        response.statusCode = 404;
        response.end();
      }
    });
    place = makeWorkplace({ TOCSIN_ALLOW_HOSTS: web.pair });
    place.write('config/tocsin.yaml', CAPTURED_SETTINGS);
    layOut(place, web.port, captured, about);
    started = place.start('--no-sample');
    await started.untilSaid(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/);
  }, 60_000);

  afterAll(async () => {
    await started.stop();
    await place.remove();
    await web.close();
  });

  it('says on the terminal before anything else that the data is of an earlier version', () => {
    const [first = ''] = started.said().split('\n');

    const isEarlier = captured !== `data-version-${DATA_VERSION}`;
    expect(
      /upgrading the data in .+ from version \d+ to \d+; an earlier Tocsin .* only with a backup/.test(first),
    ).toBe(isEarlier);
  });

  it('sends what was pending once, and nothing that was sent before', async () => {
    await untilMailed(place, 5);
    await pollAll(started);
    // A new item in each feed comes through whole: everything that the poll queued before it has been looked at by then.
    shown = { wire: ['a3', ...shown.wire], pages: ['b3', ...shown.pages] };
    await pollAll(started);
    await untilMailed(place, 9);
    await started.stop();

    const mails = mailsOf(place).map(({ to, subject }) => `${to}: ${/Report (\w\d)/.exec(subject)?.[1]}`);

    const both = (item: string): string[] => [`${READER}: ${item}`, `outbox@tocsin.localhost: ${item}`];
    const wanted = [`${READER}: a2`, ...['b1', 'b2', 'a3', 'b3'].flatMap(both)];
    expect(mails.toSorted()).toEqual(wanted.toSorted());
  }, 120_000);

  it('keeps every match that was stored, and stores each new one once', async () => {
    started = place.start('--no-sample');
    await started.untilSaid(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/);

    const matches = await place.json<readonly { article: { title: string } }[]>('matches', '--limit', '100');

    const titles = matches.map(({ article }) => article.title);
    expect(titles.toSorted()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3'].map((item) => `Report ${item}`));
  }, 60_000);
});

/** The fixture as the data folder of the workplace, as if it had been written a moment ago and its feeds were served at this port. */
function layOut(place: Workplace, port: number, captured: string, { writtenAt }: AboutCaptured): void {
  const data = join(place.folder, '.tocsin');
  mkdirSync(data);
  for (const file of CAPTURED_FILES) {
    place.write(join('.tocsin', file), gunzipSync(readFileSync(join(CAPTURED_FOLDERS, captured, `${file}.gz`))));
  }
  const passed = Date.now() - Date.parse(writtenAt);
  const ofNow = (text: string): string =>
    text
      .replaceAll(String(CAPTURED_PORT), String(port))
      .replace(
        /("expiresAt":\{"N":")(\d+)/g,
        (_, before, seconds) => `${before}${Number(seconds) + Math.floor(passed / 1000)}`,
      );
  const table = new DatabaseSync(join(data, 'tocsin.sqlite'));
  table.function('of_now', (text) => ofNow(String(text)));
  for (const name of ['tocsin', 'tocsin::gsi::related', 'tocsin::gsi::listed', 'tocsin::gsi::pending']) {
    table.exec(`UPDATE "${name}" SET item_json = of_now(item_json)`);
  }
  table.close();
  const queues = new DatabaseSync(join(data, 'queues.sqlite'));
  // An item that is a month old by now would be stored without an alert.
  const later = (time: string): string => new Date(Date.parse(time) + passed).toISOString();
  queues.function('of_now', (text) => ofNow(String(text)).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, later));
  queues
    .prepare('UPDATE message SET body = of_now(body), sentAt = sentAt + ?, visibleAt = visibleAt + ?')
    .run(passed, passed);
  queues.close();
}

function mailsOf({ folder }: Workplace): readonly SentMail[] {
  try {
    const lines = readFileSync(join(folder, '.tocsin', 'outbox', 'index.jsonl'), 'utf8')
      .trim()
      .split('\n');
    return lines.map((line) => JSON.parse(line) as SentMail);
  } catch {
    return [];
  }
}

/** Gives up before the test does, with what it saw. */
async function untilMailed(place: Workplace, count: number): Promise<void> {
  const until = Date.now() + 50_000;
  while (mailsOf(place).length < count) {
    if (Date.now() > until) {
      const subjects = mailsOf(place).map(({ to, subject }) => `${to}: ${subject}`);
      throw new Error(`no ${count} mails after 50 s, only:\n${subjects.join('\n')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
