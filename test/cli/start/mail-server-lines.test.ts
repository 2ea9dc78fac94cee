import { mailServerLine } from '../../../cli/start/mail-server-lines.ts';
import type { MailProblem } from '../../../local/mail/mail-server.ts';

const PROBLEM: MailProblem = {
  kind: 'problem',
  message: 'm:25: nothing\nlistens there',
  to: null,
  isTriedAgain: true,
  isAlert: true,
  more: 0,
};
const READER = 'reader@example.org';

it.each([
  [0, 'the mail server answers; mails are sent through it'],
  [1, 'the mail server accepts mails again after 1 failed try; waiting mails are sent at their next try'],
  [2, 'the mail server accepts mails again after 2 failed tries; waiting mails are sent at their next try'],
])('a mail server that works says so, after %d failures: %s', (failures, text) => {
  expect(mailServerLine({ kind: 'works', failures })).toEqual({ kind: 'mail', text });
});

describe('a problem with mails', () => {
  it.each<[Partial<MailProblem>, string]>([
    [{}, 'mails cannot be sent at the moment: m:25: nothing listens there'],
    [{ more: 7 }, 'mails cannot be sent at the moment: m:25: nothing listens there (and 7 more of this kind)'],
    [{ to: READER }, 'the mail to reader@example.org was refused: m:25: nothing listens there'],
  ])('is told in a line: %j', (change, text) => {
    expect(mailServerLine({ ...PROBLEM, ...change })).toMatchObject({ kind: 'problem', text });
  });

  it.each<[Partial<MailProblem>, string]>([
    [{}, 'waiting mails are retried for 35 hours; the mail server is checked every 5 minutes'],
    [{ to: READER }, 'waiting mails are retried for 35 hours'],
    [{ isTriedAgain: false }, 'such mails fail at once; once this is corrected: tocsin redeliver --failed --since 2d'],
    [
      { isTriedAgain: false, to: READER },
      'it is not tried again; details: tocsin deliveries --subscription ID (tocsin subscriptions shows the ID)',
    ],
    [
      { isAlert: false, to: READER },
      'it was no alert and is not sent again; if it asked for a confirmation, subscribe that address again',
    ],
    [{ isAlert: false }, 'waiting mails are retried for 35 hours; the mail server is checked every 5 minutes'],
  ])('comes with what follows and what to do: %j', (change, advice) => {
    expect(mailServerLine({ ...PROBLEM, ...change }).details).toEqual([advice]);
  });
});
