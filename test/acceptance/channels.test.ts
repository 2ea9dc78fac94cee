// A whole instance that alerts a webhook and a Slack, played by servers of this machine; and that nothing tells where they are.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { SECRET_PARTS, targetOf } from '../support/channel-messages.ts';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { type Finished, makeWorkplace, TROOPS_PACK, type Workplace } from '../support/tocsin-process.ts';

interface Posted {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

describe('tocsin with a webhook and a Slack', () => {
  const posted: Posted[] = [];
  let web: LoopbackWeb;
  let place: Workplace;
  let signingKey: string;
  let slack: { readonly id: string; readonly target: string; readonly test: object };
  /** Everything that any command has said, except the key that is shown once. */
  const said: string[] = [];

  const run = async (...args: string[]): Promise<Finished> => {
    const finished = await place.run(...args);
    said.push(finished.stdout, finished.stderr);
    return finished;
  };
  const onSlack = () => posted.filter(({ path }) => path.startsWith('/services/'));
  const onWebhook = () => posted.filter(({ path }) => path.startsWith('/tocsin/'));

  beforeAll(async () => {
    web = await serveWeb(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const headers = request.headers as Readonly<Record<string, string>>;
      posted.push({ path: request.url ?? '', headers, body: Buffer.concat(parts).toString() });
      response.end('ok');
    });
    place = makeWorkplace({ TOCSIN_ALLOW_HOSTS: web.pair });
    place.write(
      'config/topics/test.yaml',
      TROOPS_PACK.replace('troops NEAR/8 deploy', 'troops OR sanctions OR treaty'),
    );
    await run('start', '--once', '--no-sample');
    slack = await place.json('subscribe', 'slack', targetOf('slack', web.origin), '--topic', '*', '--test');
    const made = await place.json<{ signingKey: string }>(
      'subscribe',
      'webhook',
      targetOf('webhook', web.origin),
      '--topic',
      '*',
    );
    ({ signingKey } = made);
    await run('start', '--once');
  }, 120_000);

  afterAll(async () => {
    await place.remove();
    await web.close();
  });

  it('tests a channel on the way that alerts take, and says what the service answered', () => {
    expect(slack.test).toEqual({ state: 'delivered', providerId: '' });
    expect(onSlack()[0]?.body).toContain('This is a test');
  });

  it('posts alerts to both', () => {
    expect(onSlack().length).toBeGreaterThan(1);
    expect(onSlack()[1]?.body).toContain('Troop deployment (high)');
    expect(onWebhook().length).toBe(onSlack().length - 1);
  });

  it('signs what it posts to the webhook', () => {
    const receiver = new Webhook(signingKey);

    for (const { body, headers } of onWebhook())
      expect(receiver.verify(body, { ...headers })).toMatchObject({
        type: 'alert',
        data: { matches: expect.any(Array) },
      });
  });

  it('lists the deliveries as delivered', async () => {
    const deliveries = await place.json<readonly { state: string; channel: string }[]>(
      'deliveries',
      '--subscription',
      slack.id,
    );

    expect(deliveries.filter(({ state }) => state === 'delivered').length).toBe(onSlack().length - 1);
    expect(new Set(deliveries.map(({ channel }) => channel))).toEqual(new Set(['slack']));
  });

  it('carries the addresses in a backup, from which another folder posts', async () => {
    await run('backup', 'copy.tocsin');
    await run('restore', 'copy.tocsin', '--data', 'restored');
    const before = onSlack().length;

    const { stdout } = await run('subscriptions', 'test', slack.id, '--data', 'restored');

    expect(stdout).toBe('test sent: the service confirmed it\n');
    expect(onSlack()).toHaveLength(before + 1);
    expect(statSync(join(place.folder, 'copy.tocsin')).mode & 0o777).toBe(0o600);
    expect(statSync(join(place.folder, 'restored', 'channel-secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('tells nowhere where they are: not in lists, exports, records, errors or the log', async () => {
    const shown = slack.target;
    expect(shown).toMatch(/^127\.0\.0\.1:\d+\/…Xy3z$/);
    for (const args of [
      ['subscriptions'],
      ['subscriptions', '--json'],
      ['subscriptions', 'show', slack.id],
      ['subscriptions', 'show', shown],
      ['subscriptions', targetOf('slack')],
      ['deliveries', '--json'],
      ['deliveries', '--subscription', slack.id],
      ['matches', '--json'],
      ['matches', '--csv'],
      ['doctor', '--json'],
      ['subscribe', 'slack', `${targetOf('slack')}?x`, '--topic', 'no-such-topic'],
      ['subscribe', 'webhook', targetOf('webhook', 'http://hooks.example.org'), '--topic', '*'],
    ])
      await run(...args);
    // Its service is gone.
    await web.close();
    await run('subscriptions', 'test', slack.id);
    const outbox = readdirSync(join(place.folder, '.tocsin', 'outbox'), { recursive: true, encoding: 'utf8' });
    const files = ['tocsin.log', ...outbox.filter((name) => name.endsWith('.eml')).map((name) => join('outbox', name))];
    const written = files.map((name) => readFileSync(join(place.folder, '.tocsin', name), 'utf8'));
    const table = readFileSync(join(place.folder, '.tocsin', 'tocsin.sqlite'), 'latin1');

    expect(said.join('')).toContain('could not be reached');
    for (const part of [...SECRET_PARTS, signingKey])
      expect({ part, found: [...said, ...written, table].some((text) => text.includes(part)) }).toEqual({
        part,
        found: false,
      });
  }, 60_000);
});
