// The notice to operators about feeds that fail for long, are gone, or answer again: plain text, each feed with its cause and cure.

import { counted } from '../core/counted.ts';
import type { Feed } from '../model/feed.ts';
import { displayUrl } from '../net/display-url.ts';
import { timeInWords, UTC } from '../text/zoned-time.ts';
import { cutText, oneLine } from './plain-text.ts';

export interface OperatorNotice {
  /** ASCII on one line, under 100 characters: SNS takes no other. */
  readonly subject: string;
  /** A few kilobytes, however many feeds there are. */
  readonly text: string;
}

interface FeedIncidents {
  readonly failing: readonly Feed[];
  readonly gone: readonly Feed[];
  readonly recovered: readonly Feed[];
}

const MOST_NAMED = 40;
const LONGEST_NAME = 100;
const LONGEST_URL = 300;
const LONGEST_MESSAGE = 300;

export function feedIncidentNotice({ failing, gone, recovered }: FeedIncidents): OperatorNotice {
  const subject = [
    ...some(failing.length, 'fails', 'fail'),
    ...some(gone.length, 'is gone', 'are gone'),
    ...some(recovered.length, 'answers again', 'answer again'),
  ].join(', ');
  const parts = [
    part(
      failing,
      'could not be read for six hours or longer. Each is tried again automatically, at least once a day.',
      ({ url, state: { failure } }) =>
        failure === null
          ? []
          : [`since ${minute(failure.since)}, ${failure.count} tries: ${causeOf(failure.message, displayUrl(url))}`],
    ),
    part(
      gone,
      'ended by the publisher (410) and no longer polled. Remove it, or add its new address.',
      ({ state: { goneAt } }) => (goneAt === null ? [] : [`since ${minute(goneAt)}`]),
    ),
    part(recovered, 'working again.', () => []),
    [
      'You are notified once for each. State of all feeds: tocsin feeds list. What to do: docs/runbook.md, "feeds that fail".',
    ],
  ];
  return {
    subject: `Tocsin: ${subject}`,
    text: `${parts
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n')}\n`,
  };
}

const some = (count: number, one: string, many: string): readonly string[] =>
  count === 0 ? [] : [`${counted(count, 'feed')} ${count === 1 ? one : many}`];

function part(feeds: readonly Feed[], what: string, details: (feed: Feed) => readonly string[]): readonly string[] {
  if (feeds.length === 0) return [];
  const named = feeds
    .slice(0, MOST_NAMED)
    .flatMap((feed) => [
      `* ${nameOf(feed)}${cutText(oneLine(displayUrl(feed.url)), LONGEST_URL)}`,
      ...details(feed).map((line) => `  ${line}`),
    ]);
  const more = feeds.length - MOST_NAMED;
  return [`${counted(feeds.length, 'feed')}: ${what}`, '', ...named, ...(more > 0 ? [`* and ${more} more`] : [])];
}

function nameOf({ title, state }: Feed): string {
  const name = cutText(oneLine(title || state.ownTitle || ''), LONGEST_NAME);
  return name === '' ? '' : `${name}: `;
}

/** Messages of failures begin with the address, which stands in the line above. */
const causeOf = (message: string, url: string): string =>
  cutText(oneLine(message.startsWith(`${url}: `) ? message.slice(url.length + 2) : message), LONGEST_MESSAGE);

const minute = (instant: string): string => timeInWords(instant, UTC);
