// `tocsin subscribe` of webhooks and chats, `tocsin subscriptions test` and `rotate-secret`, against a running instance.
import { TargetGoneError } from '../../shared/core/errors.ts';
import { aTopic } from '../support/builders.ts';
import { SECRET_PARTS, targetOf } from '../support/channel-messages.ts';
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';

let instance: RunningInstance;
beforeEach(async () => {
  instance = await aRunningInstance();
  await instance.stores.topics.putTopics([aTopic()]);
});
afterEach(() => instance.stop());

const run = (...args: string[]) => instance.run(args);
const TOPIC = ['--topic', 'river-crossings'];

describe('subscribing a chat', () => {
  it('says who will receive what, and shows no more of the address than is needed to recognise it', async () => {
    const { code, stdout, stderr } = await run('subscribe', 'slack', targetOf('slack'), ...TOPIC);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^hooks\.slack\.com\/…Xy3z will receive alerts for river-crossings by slack\. Subscription \S+\n$/,
    );
  });

  it('sends a test where it is asked to', async () => {
    const { stdout } = await run('subscribe', 'telegram', targetOf('telegram'), ...TOPIC, '--test');

    expect(stdout).toContain('\ntest sent: the provider took it (receipt-1)\n');
    expect(instance.posted).toMatchObject([{ channel: 'telegram', message: { kind: 'test' } }]);
  });

  it('gives the answer to the test in JSON as well', async () => {
    const { stdout } = await run('subscribe', 'slack', targetOf('slack'), ...TOPIC, '--test', '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'created',
      target: 'hooks.slack.com/…Xy3z',
      test: { state: 'sent', providerId: 'receipt-1' },
    });
  });

  it('says that it is subscribed although the test failed, and why it failed; the key of a webhook is shown all the same', async () => {
    instance.refuseTests(new TargetGoneError('the webhook answered 410'));

    const plain = await run('subscribe', 'webhook', targetOf('webhook'), ...TOPIC, '--test');

    expect([plain.code, plain.stdout]).toEqual([2, expect.stringMatching(/^whsec_/m)]);
    expect(plain.stderr).toMatch(
      /It is subscribed, but the test failed\. To try again: tocsin subscriptions test \S+\n/,
    );
    expect(plain.stderr).toContain('the webhook answered 410');
    const json = await run(
      'subscribe',
      'webhook',
      'https://hooks.example.org/another-0123456789',
      ...TOPIC,
      '--test',
      '--json',
    );
    expect(JSON.parse(json.stdout)).toMatchObject({ outcome: 'created', signingKey: expect.stringMatching(/^whsec_/) });
  });

  it('reads the address from standard input, so that no history holds it', async () => {
    const { code, stdout } = await instance.run(['subscribe', 'slack', '-', ...TOPIC], {
      stdin: `${targetOf('slack')}\n`,
    });

    expect([code, stdout]).toEqual([0, expect.stringContaining('hooks.slack.com/…Xy3z')]);
  });

  it('takes the chat of Telegram and the token of ntfy as options', async () => {
    const [token = '', chat = ''] = targetOf('telegram').split('@');
    const telegram = await run('subscribe', 'telegram', token, '--chat', chat, ...TOPIC);
    const ntfy = await run('subscribe', 'ntfy', targetOf('ntfy'), '--token', 'tk_ntfy_token_0123456789', ...TOPIC);

    expect(telegram.stdout).toContain('123456789:…@mychannel');
    expect(ntfy.stdout).toContain('ntfy.sh/…');
    for (const part of SECRET_PARTS) expect(telegram.stdout + ntfy.stdout).not.toContain(part);
  });

  it.each([
    [['slack', 'https://example.org/'], 'expected https://hooks.slack.com/services/…'],
    [['slack', 'https://hooks.slack.com/services/T/B/x', '--chat', 'desk'], 'chat: Slack has none; leave it out'],
    [['email', 'desk@example.org', '--token', 'x'], 'token: e-mail has none; leave it out'],
    [['slak', 'https://hooks.slack.com/services/T/B/x'], 'did you mean slack?'],
  ])('with %j says what is wrong', async (args, words) => {
    const { code, stderr } = await run('subscribe', ...args, ...TOPIC);

    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});

describe('a webhook', () => {
  it('shows its key once, on a line of its own', async () => {
    const { stdout, stderr } = await run('subscribe', 'webhook', targetOf('webhook'), ...TOPIC);
    const again = await run('subscribe', 'webhook', targetOf('webhook'), ...TOPIC);

    expect(stdout.split('\n')[1]).toMatch(/^whsec_\S+$/);
    expect(stderr).toContain('shown this once');
    expect(again.stdout).not.toContain('whsec_');
  });

  it('gets another key, beside which the one before signs for a day', async () => {
    const first = await run('subscribe', 'webhook', targetOf('webhook'), ...TOPIC, '--json');
    const { id, signingKey } = JSON.parse(first.stdout);

    const { stdout, stderr } = await run('subscriptions', 'rotate-secret', id);

    expect(stdout).toMatch(/^whsec_\S+\n$/);
    expect(stdout.trim()).not.toBe(signingKey);
    expect(stderr).toMatch(/The key before signs along until 2026-11-18 /);
    expect(JSON.parse((await run('subscriptions', 'rotate-secret', id, '--json')).stdout)).toMatchObject({
      signingKey: expect.stringMatching(/^whsec_/),
      previousUntil: '2026-11-18T08:00:00.000Z',
    });
  });
});

describe('a subscription of a chat', () => {
  it('is tested, shown, changed and ended by what lists show of it', async () => {
    await run('subscribe', 'discord', targetOf('discord'), ...TOPIC);
    const shown = 'discord.com/…GHIJ';

    expect((await run('subscriptions', 'test', shown)).stdout).toBe('test sent: the provider took it (receipt-1)\n');
    expect((await run('subscriptions', shown)).stdout).toContain(shown);
    expect((await run('subscriptions', 'show', shown)).stdout).toContain(`${shown}, by discord: river-crossings.`);
    expect((await run('subscriptions', 'change', shown, '--digest', 'daily')).stdout).toContain('daily digest');
    expect((await run('unsubscribe', shown)).stdout).toMatch(/^ended: /);
    expect((await run('subscriptions', 'test', shown)).stderr).toContain('has no active subscriptions');
  });

  it('is not looked up by its whole address, which others would see', async () => {
    for (const command of [['subscriptions', 'show'], ['unsubscribe'], ['subscriptions', 'list']]) {
      const { code, stderr } = await run(...command, targetOf('slack'));

      expect([code, stderr]).toEqual([2, expect.stringContaining('name the subscription by its id')]);
      expect(stderr).not.toContain('abcdefghijklmnopqrst');
    }
  });
});
