// Every channel against a server that answers as the service does.
import { Webhook } from 'standardwebhooks';
import { createChannelSender } from '../../../adapters/channels/sender.ts';
import { createGuardedFetch, type GuardedFetch } from '../../../adapters/http/guarded-fetch.ts';
import { withNextKey, withSigningKey } from '../../../shared/channels/webhook.ts';
import type { SendLaterError } from '../../../shared/core/errors.ts';
import { WEB_CHANNELS, type WebChannel } from '../../../shared/model/channels.ts';
import { ANSWERS, type RecordedAnswer } from '../../fixtures/channels/answers.ts';
import { aClock } from '../../support/builders.ts';
import { alertMessage, digestMessage, SECRET_PARTS, secretOf } from '../../support/channel-messages.ts';
import { type LoopbackWeb, serveWeb } from '../../support/loopback.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

interface Posted {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Said = RecordedAnswer | 'hangs up' | null | ((origin: string) => RecordedAnswer);

/** A server of the service, and a sender that is allowed to reach it. Null: it never answers. `hangs up`: it closes the connection. */
async function aService(said: Said, { allowed = true, limits = {} } = {}) {
  const posted: Posted[] = [];
  const web: LoopbackWeb = await serveWeb(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const headers = request.headers as Readonly<Record<string, string>>;
    posted.push({ path: request.url ?? '', headers, body: Buffer.concat(parts).toString() });
    const answer = typeof said === 'function' ? said(web.origin) : said;
    if (answer === 'hangs up') response.destroy();
    if (answer === null || answer === 'hangs up') return;
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  });
  const fetch: GuardedFetch = createGuardedFetch({ allowHosts: allowed ? [web.pair] : [], userAgent: 'test', limits });
  open.push(web, fetch);
  // The receiver's library compares with the clock of this machine.
  const clock = aClock(new Date().toISOString());
  return { web, posted, clock, sender: createChannelSender({ fetch, clock }) };
}

async function errorOf(channel: WebChannel, answer: Said, options = {}) {
  const { sender, web } = await aService(answer, options);
  const error = await sender.send(channel, secretOf(channel, web.origin), alertMessage()).catch((thrown) => thrown);
  return error as SendLaterError;
}

describe('a message that the service takes', () => {
  it.each<[WebChannel, object]>([
    ['webhook', { state: 'delivered', providerId: '' }],
    ['slack', { state: 'delivered', providerId: '' }],
    ['teams', { state: 'accepted', providerId: '08584' }],
    ['discord', { state: 'delivered', providerId: '1329384756' }],
    ['telegram', { state: 'delivered', providerId: '4711' }],
    ['ntfy', { state: 'sent', providerId: 'hwQ2YpKdmg' }],
  ])('%s: %j', async (channel, receipt) => {
    const { sender, web, posted } = await aService(ANSWERS[channel].taken);

    expect(await sender.send(channel, secretOf(channel, web.origin), alertMessage())).toEqual(receipt);
    expect(posted).toHaveLength(1);
    expect(posted[0]?.headers['content-type']).toMatch(/^application\/json/);
  });

  it('is taken even where its long answer is cut', async () => {
    const body = JSON.stringify({ id: '1', content: 'x'.repeat(100_000) });
    const { sender, web } = await aService({ ...ANSWERS.discord.taken, body });

    expect(await sender.send('discord', secretOf('discord', web.origin), alertMessage())).toEqual({
      state: 'delivered',
      providerId: '',
    });
  });
});

const each = (kind: 'gone' | 'refused' | 'failed') =>
  WEB_CHANNELS.flatMap((channel) =>
    ANSWERS[channel][kind].map(
      (answer: RecordedAnswer) => [channel, answer.status, answer.body ?? '', answer] as const,
    ),
  );

describe('a service that does not take it', () => {
  it.each<[WebChannel, number]>([
    ['webhook', 120],
    ['slack', 30],
    ['teams', 17],
    ['discord', 65],
    ['telegram', 14],
    ['ntfy', 60],
  ])('%s asks to wait for %s seconds', async (channel, seconds) => {
    const error = await errorOf(channel, ANSWERS[channel].throttled);

    expect([error.code, error.seconds]).toEqual(['send_later', seconds]);
  });

  it('is asked again after an hour where it wants more', async () => {
    const error = await errorOf('slack', { ...ANSWERS.slack.throttled, headers: { 'retry-after': '86400' } });

    expect(error.seconds).toBe(3_600);
  });

  it.each(each('gone'))('%s %s %s: its address is gone', async (channel, _status, _body, answer) => {
    expect((await errorOf(channel, answer)).code).toBe('target_gone');
  });

  it.each(each('refused'))('%s %s %s: this message is refused', async (channel, _status, _body, answer) => {
    expect((await errorOf(channel, answer)).code).toBe('message_refused');
  });

  it.each(each('failed'))('%s %s %s: it is tried again', async (channel, _status, _body, answer) => {
    expect((await errorOf(channel, answer)).code).toBe('service_unavailable');
  });

  it('is quoted with its words, and not with a page of HTML', async () => {
    expect((await errorOf('slack', ANSWERS.slack.gone[2])).message).toBe('Slack answered 404: no_service');
    expect((await errorOf('discord', ANSWERS.discord.failed[0])).message).toBe('Discord answered 502');
    expect((await errorOf('telegram', ANSWERS.telegram.gone[2])).message).toBe(
      'Telegram answered 400: Bad Request: chat not found',
    );
  });

  it.each(WEB_CHANNELS)('%s: that repeats what it was sent is not quoted with it', async (channel) => {
    const { message } = await errorOf(channel, (origin) => {
      const { url, token } = secretOf(channel, origin);
      return { status: 400, body: `no ${url} ${new URL(url).pathname} ${token}`, source: 'none' };
    });

    for (const part of SECRET_PARTS) expect(message).not.toContain(part);
  });

  it('that repeats a part of the address is quoted without it from twelve characters on: shorter ones are words', async () => {
    const { sender, web } = await aService((origin) => ({
      status: 400,
      body: 'webhooks/abc elevenchars twelvecharss',
      source: origin,
    }));
    const secret = { ...secretOf('slack', web.origin), url: `${web.origin}/elevenchars/twelvecharss` };

    const error = await sender.send('slack', secret, alertMessage()).catch((thrown: unknown) => thrown);

    expect((error as Error).message).toContain('webhooks/abc elevenchars …');
  });

  it('times out, and says so without the address', async () => {
    const error = await errorOf('webhook', null, { limits: { totalMs: 300, headersMs: 100 } });

    expect(error.code).toBe('service_unavailable');
    expect(error.message).toBe('the webhook could not be reached: no answer within 0.1 s');
    expect(error.cause).toBeUndefined();
  });

  it('that was silent to the end is left alone for a minute, so that it does not take the time of all others', async () => {
    const { sender, web, posted, clock } = await aService(null, { limits: { totalMs: 300, headersMs: 100 } });
    const secret = secretOf('webhook', web.origin);
    const send = () => sender.send('webhook', secret, alertMessage()).catch((thrown: unknown) => thrown);
    await send();

    const [second, other] = [
      await send(),
      await sender.send('slack', secretOf('slack', web.origin), alertMessage()).catch((thrown: unknown) => thrown),
    ];
    expect(second).toMatchObject({ code: 'send_later', seconds: 60, message: 'the webhook does not answer' });
    expect(other).toMatchObject({ code: 'service_unavailable' });
    expect(posted.filter(({ path }) => path.startsWith('/tocsin'))).toHaveLength(1);

    clock.advance(60_000);
    await send();
    expect(posted.filter(({ path }) => path.startsWith('/tocsin'))).toHaveLength(2);
  });

  it('that hangs up is asked again at the next try', async () => {
    const { sender, web, posted } = await aService('hangs up');
    const send = () =>
      sender.send('webhook', secretOf('webhook', web.origin), alertMessage()).catch((thrown: unknown) => thrown);

    expect([await send(), await send()]).toMatchObject([
      { code: 'service_unavailable' },
      { code: 'service_unavailable' },
    ]);
    expect(posted.length).toBeGreaterThan(1);
  });

  it('that asks to wait gets nothing more for that chat until then; other chats of the same bot go on', async () => {
    const { sender, web, posted, clock } = await aService(ANSWERS.telegram.throttled);
    const secret = secretOf('telegram', web.origin);
    const send = (room: string) =>
      sender.send('telegram', { ...secret, room }, alertMessage()).catch((thrown: unknown) => thrown);
    await send('@one');
    clock.advance(4_000);

    expect(await send('@one')).toMatchObject({ code: 'send_later', seconds: 10 });
    expect(posted).toHaveLength(1);
    await send('@two');
    expect(posted).toHaveLength(2);
    clock.advance(10_000);
    await send('@one');
    expect(posted).toHaveLength(3);
  });

  it('is not asked at all where it is private and not allowed', async () => {
    const { sender, web } = await aService(ANSWERS.webhook.taken, { allowed: false });

    const error = await sender
      .send('webhook', secretOf('webhook', web.origin), alertMessage())
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'service_unavailable', message: expect.stringContaining('is not public') });
    expect(web.connections()).toBe(0);
  });
});

describe('the signature of a webhook call', () => {
  it('is accepted by the library that receivers use, with the same id at every try', async () => {
    const { sender, web, posted, clock } = await aService(ANSWERS.webhook.taken);
    const secret = secretOf('webhook', web.origin);
    await sender.send('webhook', secret, alertMessage());
    clock.advance(60_000);
    await sender.send('webhook', secret, alertMessage());

    const receiver = new Webhook(secret.signingKeys?.[0]?.key ?? '');
    const events = posted.map(({ body, headers }) => receiver.verify(body, { ...headers }));
    expect(events).toEqual([events[0], events[0]]);
    expect(events[0]).toMatchObject({ type: 'match.created', data: { schema: 'tocsin.match.v1' } });
    expect(new Set(posted.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([alertMessage().id]));
    expect(posted.map(({ headers }) => Number(headers['webhook-timestamp']))).toEqual([
      Math.floor(clock.now().getTime() / 1000) - 60,
      Math.floor(clock.now().getTime() / 1000),
    ]);
  });

  it('is made with the old key and the new one for a day, then with the new one alone', async () => {
    const { sender, web, posted, clock } = await aService(ANSWERS.webhook.taken);
    const before = secretOf('webhook', web.origin);
    const after = withNextKey(before, clock.now());
    const [newKey, oldKey] = (after.signingKeys ?? []).map(({ key }) => key);
    expect(oldKey).toBe(before.signingKeys?.[0]?.key);

    await sender.send('webhook', after, digestMessage(1));
    const [first] = posted;
    for (const key of [newKey, oldKey]) new Webhook(key ?? '').verify(first?.body ?? '', { ...first?.headers });

    clock.advance(24 * 3_600_000);
    await sender.send('webhook', after, digestMessage(1));
    expect(posted[1]?.headers['webhook-signature']?.split(' ')).toHaveLength(1);
  });

  it('does not hold for another body', async () => {
    const { sender, web, posted } = await aService(ANSWERS.webhook.taken);
    const secret = secretOf('webhook', web.origin);
    await sender.send('webhook', secret, alertMessage());

    const [{ body, headers }] = posted as [Posted];
    expect(() => new Webhook(secret.signingKeys?.[0]?.key ?? '').verify(`${body} `, { ...headers })).toThrow();
  });

  it('is made with a key of 32 bytes', () => {
    const [key] = withSigningKey({ url: 'https://hooks.example.org/' }).signingKeys ?? [];

    expect(key?.key).toMatch(/^whsec_/);
    expect(Buffer.from(key?.key.slice('whsec_'.length) ?? '', 'base64')).toHaveLength(32);
  });
});
