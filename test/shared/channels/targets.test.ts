// Which targets each channel takes, what of them is shown, and that nothing of them is quoted.
import { WEB_CHANNEL_KINDS } from '../../../shared/channels/kinds.ts';
import { WEB_CHANNELS, type WebChannel } from '../../../shared/model/channels.ts';
import { parseAllowedHosts } from '../../../shared/net/target-rules.ts';
import { SECRET_PARTS, targetOf } from '../../support/channel-messages.ts';

const ALLOWED = parseAllowedHosts(['127.0.0.1:8080', 'ntfy.intranet:80']);

const read = (channel: WebChannel, target: string, options: { chat?: string; token?: string } = {}) =>
  WEB_CHANNEL_KINDS[channel].readTarget(target, { allowedHosts: ALLOWED, ...options });

const problemsOf = (...asked: Parameters<typeof read>): readonly string[] => {
  const answer = read(...asked);
  return answer.ok ? [] : answer.problems;
};

describe('a target', () => {
  it.each(WEB_CHANNELS)('of %s is shown without anything that would be enough to post', (channel) => {
    const answer = read(channel, targetOf(channel));

    if (!answer.ok) throw new Error(answer.problems.join());
    expect(answer.shown).toContain('…');
    for (const part of SECRET_PARTS) expect(answer.shown).not.toContain(part);
  });

  it.each<[WebChannel, string]>([
    ['slack', 'hooks.slack.com/…Xy3z'],
    ['discord', 'discord.com/…GHIJ'],
    ['telegram', '123456789:…@mychannel'],
  ])('of %s is shown as %s', (channel, shown) => {
    expect(read(channel, targetOf(channel))).toMatchObject({ ok: true, shown });
  });

  it('of ntfy is shown by a hash: its topic may be a short word', () => {
    expect(read('ntfy', 'https://ntfy.sh/news')).toMatchObject({
      ok: true,
      shown: expect.stringMatching(/^ntfy\.sh\/…[0-9a-f]{4}$/),
    });
  });

  it('of ntfy is shown differently from one whose topic begins alike', () => {
    const shown = ['a', 'b'].map((desk) => {
      const answer = read('ntfy', `https://ntfy.sh/alerts-of-the-newsroom-${desk}`);
      return answer.ok ? answer.shown : null;
    });

    expect(new Set(shown).size).toBe(2);
  });

  it.each<[WebChannel, string, string]>([
    ['slack', 'https://hooks.slack.com/services/T/B/x#top', 'https://hooks.slack.com/services/T/B/x'],
    ['discord', 'https://discord.com/api/webhooks/1/abc', 'https://discord.com/api/webhooks/1/abc?wait=true'],
    [
      'discord',
      'https://ptb.discord.com/api/v10/webhooks/1/abc?thread_id=7',
      'https://ptb.discord.com/api/v10/webhooks/1/abc?thread_id=7&wait=true',
    ],
    [
      'telegram',
      `12345678:${'a'.repeat(35)}@-1001`,
      `https://api.telegram.org/bot12345678:${'a'.repeat(35)}/sendMessage`,
    ],
    [
      'telegram',
      `http://127.0.0.1:8080/bot12345678:${'a'.repeat(35)}@desk_news`,
      `http://127.0.0.1:8080/bot12345678:${'a'.repeat(35)}/sendMessage`,
    ],
    ['ntfy', 'https://ntfy.sh/news', 'https://ntfy.sh/'],
    ['ntfy', 'http://ntfy.intranet/news/', 'http://ntfy.intranet/'],
    ['webhook', 'http://127.0.0.1:8080/hook?key=1', 'http://127.0.0.1:8080/hook?key=1'],
    ['teams', 'https://anywhere.example.org/workflows/1', 'https://anywhere.example.org/workflows/1'],
  ])('of %s: %s is posted to %s', (channel, target, url) => {
    expect(read(channel, target)).toMatchObject({ ok: true, secret: { url } });
  });

  it.each<[WebChannel, string, RegExp]>([
    ['webhook', 'not an address', /^target: it is no web address; expected one that begins with https:/],
    ['webhook', 'ftp://example.org/hook', /^target: it is no web address/],
    ['webhook', 'http://hooks.example.org/hook', /^target: it is not encrypted; expected https:/],
    ['webhook', 'https://10.0.0.1/hook', /^target: the address 10\.0\.0\.1 is not public.*fetch\.allowHosts/],
    ['webhook', 'https://169.254.169.254/latest', /is not public/],
    ['webhook', 'https://hooks.internal/x', /names that end in \.internal are local/],
    ['webhook', 'https://user:secret@example.org/', /it may not hold a user name or password/],
    ['webhook', `https://example.org/${'x'.repeat(2_000)}`, /it has 2020 characters; expected at most 2,000/],
    [
      'slack',
      'https://slack.example.org/services/T/B/x',
      /it is no address of Slack; expected https:\/\/hooks\.slack\.com/,
    ],
    ['slack', 'https://hooks.slack.com/triggers/T/1/x', /it starts a workflow/],
    ['discord', 'https://discord.com/channels/1/2', /it is no webhook of Discord/],
    ['discord', 'https://discord.com/api/webhooks/1/abc/slack', /it is no webhook of Discord/],
    ['telegram', 'abc@desk', /^target: it does not begin with the token of a bot/],
    ['telegram', `12345678:${'a'.repeat(35)}`, /^chat: none is named/],
    ['telegram', `12345678:${'a'.repeat(35)}@a b`, /^chat: it is neither a number nor the name of a channel/],
    ['ntfy', 'https://ntfy.sh/', /it names no topic of ntfy/],
    ['ntfy', 'https://ntfy.sh/a/b', /it names no topic of ntfy/],
  ])('of %s cannot be %s', (channel, target, problem) => {
    const problems = problemsOf(channel, target);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
    expect(problems[0]).not.toContain('secret');
    expect(problems[0]).not.toContain('aaaaaaaaaa');
  });

  it('of Telegram takes its chat from the option, but not twice', () => {
    const token = `12345678:${'a'.repeat(35)}`;

    expect(read('telegram', token, { chat: '@desk_news' })).toMatchObject({ ok: true, secret: { room: '@desk_news' } });
    expect(problemsOf('telegram', `${token}@one_chat`, { chat: '@other_chat' })).toEqual([
      'chat: the chat is part of the target already; give it once',
    ]);
  });

  it('of Telegram and ntfy is the same with another token', () => {
    const identityOf = (...asked: Parameters<typeof read>) => {
      const answer = read(...asked);
      return answer.ok ? answer.identity : null;
    };

    expect(identityOf('telegram', `12345678:${'b'.repeat(35)}@desk_news`)).toBe(
      identityOf('telegram', `12345678:${'a'.repeat(35)}@@desk_news`),
    );
    expect(identityOf('ntfy', 'https://ntfy.sh/news', { token: 'tk_1' })).toBe(
      identityOf('ntfy', 'https://ntfy.sh/news'),
    );
  });
});
