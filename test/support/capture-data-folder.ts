// Captures the data folder of this version, killed in the middle of its work, as a fixture for later versions:
//     node test/support/capture-data-folder.ts data-version-N
// test/acceptance/upgrade.test.ts finds it by itself. Its README.md is written by hand.
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { findEngine } from '../../local/database/database-engines.ts';
import { endOrphans } from '../../local/database/database-process.ts';
import { thisMachine } from '../../local/database/this-machine.ts';
import {
  type AboutCaptured,
  CAPTURED_FILES,
  CAPTURED_FOLDERS,
  CAPTURED_PORT,
  CAPTURED_SETTINGS,
  pagesFeed,
  READER,
  wireFeed,
} from './captured-folder.ts';
import { makeWorkplace, pollAll, type Workplace } from './tocsin-process.ts';
import { until } from './waiting.ts';

const ORIGIN = `http://127.0.0.1:${CAPTURED_PORT}`;
const OPML = `<opml version="2.0"><head/><body>
<outline type="rss" text="Wire" xmlUrl="${ORIGIN}/wire.xml" fullText="never"/>
<outline type="rss" text="Pages" xmlUrl="${ORIGIN}/pages.xml" fullText="always"/>
</body></opml>`;

interface Published {
  readonly dates: Record<string, string>;
  readonly pagesAsked: Set<string>;
}

const [, , name = ''] = process.argv;
if (!/^[\w.-]+$/.test(name)) throw new Error('usage: node test/support/capture-data-folder.ts data-version-N');
await capture(join(CAPTURED_FOLDERS, name));

async function capture(into: string): Promise<void> {
  const published: Published = { dates: {}, pagesAsked: new Set() };
  const server = await serve(published);
  // Nobody listens at that port, so a mail to a reader waits for another try.
  const place = makeWorkplace({
    TOCSIN_ALLOW_HOSTS: `127.0.0.1:${CAPTURED_PORT}`,
    TOCSIN_SMTP_URL: 'smtp://127.0.0.1:1',
  });
  try {
    place.write('config/tocsin.yaml', CAPTURED_SETTINGS);
    place.write('config/feeds.opml', OPML);
    await work(place, published);
    const data = realpathSync(join(place.folder, '.tocsin'));
    await endOrphans(findEngine(thisMachine(process.env), data), data);
    const about: AboutCaptured = { writtenAt: new Date().toISOString(), dates: published.dates };
    pack(data, into, about);
  } finally {
    await place.remove();
    server.closeAllConnections();
    server.close();
  }
}

/** Reports that have a date are shown. Pages are never answered. */
async function serve({ dates, pagesAsked }: Published): Promise<Server> {
  const shown = (letter: string) => ({
    reports: Object.keys(dates)
      .filter((report) => report.startsWith(letter))
      .reverse(),
    dateOf: (report: string) => dates[report] ?? '',
  });
  const server = createServer(({ url = '' }, response) => {
    if (url.startsWith('/page/')) pagesAsked.add(url);
    else if (url.endsWith('.xml')) {
      response.setHeader('content-type', 'application/rss+xml');
      response.end(url === '/wire.xml' ? wireFeed(shown('a')) : pagesFeed(shown('b'), ORIGIN));
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(CAPTURED_PORT, '127.0.0.1', resolve));
  return server;
}

async function work(place: Workplace, { dates, pagesAsked }: Published): Promise<void> {
  const publish = async (...reports: readonly string[]): Promise<void> => {
    for (const report of reports) dates[report] = new Date().toUTCString();
    await pollAll(started);
  };
  const started = place.start('--no-sample');
  await started.untilSaid(/token=/);
  await publish('a1');
  await started.untilSaid(/mail .*Report a1/);
  const { id } = await place.json<{ id: string }>('subscribe', 'email', READER, '--topic', 'troop-deployment');
  await publish('a2');
  await started.untilSaid(/mail .*Report a2/);
  await until(async () =>
    JSON.stringify(await place.json('deliveries', '--subscription', id)).includes('"attempts":1'),
  );
  await publish('b1', 'b2');
  await until(() => pagesAsked.size === 2);
  await started.stop('SIGKILL');
}

/** Checkpointed and compacted first. */
function pack(data: string, into: string, about: AboutCaptured): void {
  mkdirSync(into, { recursive: true });
  for (const file of CAPTURED_FILES) {
    const database = new DatabaseSync(join(data, file));
    database.exec('PRAGMA wal_checkpoint(TRUNCATE); VACUUM');
    database.close();
    writeFileSync(join(into, `${file}.gz`), gzipSync(readFileSync(join(data, file))));
  }
  writeFileSync(join(into, 'about.json'), `${JSON.stringify(about, null, 2)}\n`);
}
