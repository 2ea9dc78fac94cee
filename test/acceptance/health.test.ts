// One machine, as its supervisor and its monitor see it: probes, metrics, doctor, signals; and mail that cannot be sent.
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import parse from 'parse-prometheus-text-format';
import type { Finding } from '../../shared/health/finding.ts';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { makeWorkplace, type StartedTocsin, type Workplace } from '../support/tocsin-process.ts';

const CONFIG = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'config');

interface Doctor {
  readonly code: number | null;
  readonly findings: readonly Finding[];
}

describe('an instance under supervision', () => {
  let place: Workplace;
  let started: StartedTocsin;
  let url: string;
  let token: string;

  beforeAll(async () => {
    place = makeWorkplace({ TOCSIN_SMTP_URL: `smtp://127.0.0.1:${await closedPort()}` });
    cpSync(join(CONFIG, 'topics'), join(place.folder, 'config', 'topics'), { recursive: true });
    // The test pack of the workplace would repeat a topic of what is shipped.
    rmSync(join(place.folder, 'config', 'topics', 'test.yaml'));
    place.write('config/tocsin.yaml', 'mail:\n  from: alerts@example.org\n  confirm: false\n');
    started = place.start();
    [url = ''] = await started.untilSaid(/http:\/\/127\.0\.0\.1:\d+/);
    token = readFileSync(join(place.folder, '.tocsin', 'token'), 'utf8').trim();
    // While the sample feed has most of its items to publish.
    await place.run('subscribe', 'email', 'desk@example.org', '--topic', '*');
  }, 60_000);
  afterAll(() => place.remove());

  const ask = async (path: string, method = 'GET', headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}${path}`, { method, headers });
    return { status: response.status, text: await response.text() };
  };
  const doctor = async (): Promise<Doctor> => {
    const { code, stdout } = await place.run('doctor', '--json');
    return { code, findings: JSON.parse(stdout).findings };
  };
  const saying = ({ findings }: Doctor, what: string): Finding | undefined =>
    findings.find((finding) => finding.what === what);

  it('is alive, and ready once polls are scheduled, without a token', async () => {
    await eventually(async () => ((await ask('/readyz')).status === 200 ? true : null));

    expect(await ask('/healthz')).toEqual({ status: 200, text: '{"status":"alive"}\n' });
    expect(await ask('/readyz', 'HEAD')).toEqual({ status: 200, text: '' });
  }, 60_000);

  it('shows what it did in the format of Prometheus', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const families = await eventually(async () => {
      const found = parse((await ask('/metrics', 'GET', headers)).text);
      const matches = found.find(({ name }) => name === 'tocsin_matches_stored_total');
      return Number(matches?.metrics[0]?.value) > 0 ? found : null;
    });

    const value = (name: string): number => Number(families.find((each) => each.name === name)?.metrics[0]?.value);
    expect(value('tocsin_ready')).toBe(1);
    expect(value('tocsin_topics')).toBeGreaterThan(10);
    expect(value('tocsin_items_new_total')).toBeGreaterThan(0);
    expect(Math.abs(value('tocsin_last_schedule_timestamp_seconds') - Date.now() / 1000)).toBeLessThan(180);
    expect(await ask('/metrics')).toMatchObject({ status: 401 });
  }, 60_000);

  it('is not well while mails cannot be sent: doctor quotes the error and names the command that lists them', async () => {
    const failing = await eventually(async () => {
      const found = await doctor();
      return saying(found, 'deliveries')?.well === false ? found : null;
    });

    expect(failing.code).toBe(1);
    expect(saying(failing, 'deliveries')?.says).toMatch(
      /mails? being retried, the first since .* UTC: .+\. To see each: tocsin deliveries --failing/,
    );
    expect((await place.json<readonly unknown[]>('deliveries', '--failing')).length).toBeGreaterThan(0);
    expect((await ask('/readyz')).status).toBe(200);
    expect((await ask('/v1/findings', 'GET', { authorization: `Bearer ${token}` })).text).toContain('being retried');
  }, 90_000);

  it('is not ready while its database is restarted, and reports it afterwards', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const { pid } = JSON.parse(readFileSync(join(place.folder, '.tocsin', 'database.pid'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    const refused = await eventually(async () => {
      const answer = await ask('/readyz');
      return answer.status === 503 ? answer : null;
    });
    await eventually(async () => ((await ask('/readyz')).status === 200 ? true : null));

    expect(JSON.parse(refused.text).reasons).toEqual(['the database is being restarted']);
    expect((await ask('/metrics', 'GET', headers)).text).toMatch(/^tocsin_database_restarts_total 1$/m);
    const found = await eventually(async () => {
      const answer = await doctor();
      return saying(answer, 'status') === undefined ? answer : null;
    });
    expect(saying(found, 'database')).toMatchObject({ well: false, says: expect.stringContaining('1 time since') });
  }, 60_000);

  it('ends with code 0 at SIGTERM; then doctor says that nothing runs, with exit code 1', async () => {
    expect(await started.stop('SIGTERM')).toBe(0);

    const found = await doctor();

    expect(found.code).toBe(1);
    expect(saying(found, 'Tocsin')).toMatchObject({ well: false, says: expect.stringContaining('is not running') });
    expect(saying(found, 'sweep')).toBeUndefined();
  }, 60_000);
});

describe('an instance that is asked to stop while a feed keeps it busy', () => {
  let place: Workplace;
  let web: LoopbackWeb;
  let asked: Promise<void>;

  beforeAll(async () => {
    const request = Promise.withResolvers<void>();
    asked = request.promise;
    // It never answers.
    web = await serveWeb(() => request.resolve());
    place = makeWorkplace({ TOCSIN_ALLOW_HOSTS: web.pair });
    place.write(
      'config/feeds.opml',
      `<opml version="2.0"><head/><body><outline type="rss" text="Slow" xmlUrl="${web.origin}/feed.xml"/></body></opml>`,
    );
  });
  afterAll(async () => {
    await place.remove();
    await web.close();
  });

  it('is alive but no longer ready, and ends at once at the second signal, with its exit code', async () => {
    const started = place.start('--no-sample');
    const [url] = await started.untilSaid(/http:\/\/127\.0\.0\.1:\d+/);
    await asked;

    const ended = started.stop('SIGTERM');
    await started.untilSaid(/Stopping/);
    const alive = await fetch(`${url}/healthz`);
    const ready = await fetch(`${url}/readyz`);
    // A signal that comes soon after the first is taken for the same, so it is sent until it counts.
    const code = await eventually(() =>
      Promise.race([ended, started.stop('SIGTERM'), new Promise<null>((resolve) => setTimeout(resolve, 50, null))]),
    );

    expect(alive.status).toBe(200);
    expect([ready.status, await ready.text()]).toEqual([503, '{"status":"not ready","reasons":["it is stopping"]}\n']);
    expect(code).toBe(143);
    await eventually(async () => (place.databases().length === 0 ? true : null));
    expect((await place.run('doctor')).stdout).toContain('is not running');
  }, 60_000);
});

describe('an instance that is asked to stop while it takes over its feeds', () => {
  it('ends with code 0 before it is through, and leaves nothing running', async () => {
    const place = makeWorkplace();
    const outlines = Array.from(
      { length: 3_000 },
      (_, number) => `<outline type="rss" text="Feed ${number}" xmlUrl="https://feed-${number}.example.org/feed.xml"/>`,
    );
    place.write('config/feeds.opml', `<opml version="2.0"><head/><body>${outlines.join('')}</body></opml>`);

    const started = place.start('--no-sample');
    await started.untilSaid(/feeds +100 of 3000/);
    const code = await started.stop('SIGTERM');

    expect(code).toBe(0);
    expect(started.said()).toContain('Stopped during the start');
    expect(started.said()).not.toContain('Tocsin watches');
    expect(readdirSync(join(place.folder, '.tocsin'))).not.toContain('database.pid');
    await place.remove();
  }, 60_000);
});

/** Where nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 1;
}

/** The first answer that is not null. */
async function eventually<T>(ask: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('an instance whose database hangs', () => {
  it('ends cleanly when it is asked to, or its terminal is closed, and leaves nothing running', async () => {
    const place = makeWorkplace();
    const started = place.start('--no-sample');
    await started.untilSaid(/Ctrl-C stops/);
    const [database = 0, ...others] = place.databases();

    process.kill(database, 'SIGSTOP');
    const code = await started.stop('SIGHUP');

    expect([code, others]).toEqual([0, []]);
    expect(started.said()).toContain('the database does not answer, so waiting alerts are not counted');
    expect(place.databases()).toEqual([]);
    await place.remove();
  }, 60_000);
});
