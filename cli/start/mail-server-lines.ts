// What `tocsin start` prints about the mail server.
import type { MailProblem, MailServerNews } from '../../local/mail/mail-server.ts';
import { counted } from '../../shared/core/counted.ts';
import { oneLine } from '../output.ts';
import type { NarratedLine } from './narrated-line.ts';

export function mailServerLine(news: MailServerNews): NarratedLine {
  if (news.kind === 'problem') return problemLine(news);
  const { failures } = news;
  const tries = counted(failures, 'failed try', 'failed tries');
  const text =
    failures === 0
      ? 'the mail server answers; mails are sent through it'
      : `the mail server accepts mails again after ${tries}; waiting mails are sent at their next try`;
  return { kind: 'mail', text };
}

function problemLine(problem: MailProblem): NarratedLine {
  const { to, message, more } = problem;
  const what = to === null ? 'mails cannot be sent at the moment' : `the mail to ${oneLine(to)} was refused`;
  const others = more === 0 ? '' : ` (and ${more} more of this kind)`;
  return { kind: 'problem', text: `${what}: ${oneLine(message)}${others}`, details: [adviceOn(problem)] };
}

function adviceOn({ to, isTriedAgain, isAlert }: MailProblem): string {
  if (to !== null && !isAlert)
    return 'it was no alert and is not sent again; if it asked for a confirmation, subscribe that address again';
  if (!isTriedAgain && to === null)
    return 'such mails fail at once; once this is corrected: tocsin redeliver --failed --since 2d';
  if (!isTriedAgain)
    return 'it is not tried again; details: tocsin deliveries --subscription ID (tocsin subscriptions shows the ID)';
  const check = to === null ? '; the mail server is checked every 5 minutes' : '';
  return `waiting mails are retried for 35 hours${check}`;
}
