import { Narrator } from '../../cli/start/narrator.ts';
import type { MailServerNews } from '../../local/mail/mail-server.ts';
import type { Running } from '../../local/run.ts';
import { UTC } from '../../shared/text/zoned-time.ts';

const running = { parts: { outbox: { onMail: () => {} } } } as unknown as Running;

function said(news: readonly MailServerNews[]): readonly string[] {
  const lines: string[] = [];
  const now = (): Date => new Date('2026-11-30T08:21:04Z');
  const narrator = new Narrator({ say: (line) => lines.push(line), color: false, now, zone: UTC, config: 'config' });
  const [first, ...rest] = news;
  // The check of the mail server is often done before the banner is.
  if (first !== undefined) narrator.mailServer(first);
  expect(lines).toEqual([]);
  narrator.begin(running);
  for (const each of rest) narrator.mailServer(each);
  return lines;
}

const problem = {
  kind: 'problem',
  to: null,
  message: 'm:25: nothing listens there',
  isTriedAgain: true,
  isAlert: true,
  more: 0,
} as const;

describe('news of the mail server on the terminal', () => {
  it('tell what happens to mails, what is done about it, and the end of it', () => {
    expect(said([problem, { ...problem, more: 7 }, { kind: 'works', failures: 8 }])).toEqual([
      '08:21:04 UTC  problem  mails cannot be sent at the moment: m:25: nothing listens there',
      '                       waiting mails are retried for 35 hours; the mail server is checked every 5 minutes',
      '08:21:04 UTC  problem  mails cannot be sent at the moment: m:25: nothing listens there (and 7 more of this kind)',
      '                       waiting mails are retried for 35 hours; the mail server is checked every 5 minutes',
      '08:21:04 UTC  mail     the mail server accepts mails again after 8 failed tries; waiting mails are sent at their next try',
    ]);
  });

  it('name the address whose mail was refused', () => {
    const refused = { ...problem, to: 'a@example.org\u001b[2J', message: 'no such user', isTriedAgain: false };

    expect(said([refused, { ...refused, isTriedAgain: true }])).toEqual([
      '08:21:04 UTC  problem  the mail to a@example.org\ufffd[2J was refused: no such user',
      '                       it is not tried again; details: tocsin deliveries --subscription ID (tocsin subscriptions shows the ID)',
      '08:21:04 UTC  problem  the mail to a@example.org\ufffd[2J was refused: no such user',
      '                       waiting mails are retried for 35 hours',
    ]);
  });

  it('say that all is well at the start', () => {
    expect(said([{ kind: 'works', failures: 0 }])).toEqual([
      '08:21:04 UTC  mail     the mail server answers; mails are sent through it',
    ]);
  });
});

describe('a trouble', () => {
  it('is shown once a minute as long as it lasts, even when the clock is set back by days', () => {
    const lines: string[] = [];
    let now = Date.parse('2026-11-30T08:21:04Z');
    const narrator = new Narrator({
      say: (line) => lines.push(line),
      color: false,
      now: () => new Date(now),
      zone: UTC,
      config: 'config',
    });
    const trouble = (afterMs: number): number => {
      now += afterMs;
      narrator.trouble('the disk is full');
      return lines.length;
    };

    expect([trouble(0), trouble(59_999), trouble(1), trouble(-2 * 86_400_000), trouble(59_999)]).toEqual([
      1, 1, 2, 3, 3,
    ]);
  });
});
