// The notice to operators about feeds that fail for long, are gone, or answer again: each feed with its cause and cure.

import { counted } from '../core/counted.ts';
import type { Feed } from '../model/feed.ts';
import { displayUrl } from '../net/display-url.ts';
import { timeInWords, UTC } from '../text/zoned-time.ts';
import { html, type Markup } from './html.ts';
import { firstThatFit, mailPage, paragraph, softLine } from './mail-page.ts';
import { cutText, oneLine } from './plain-text.ts';

export interface OperatorNotice {
  /** ASCII on one line, under 100 characters: SNS takes no other. */
  readonly subject: string;
  /** A few kilobytes, however many feeds there are. */
  readonly text: string;
  /** The same for mail programs. */
  readonly html: string;
}

interface FeedIncidents {
  readonly failing: readonly Feed[];
  readonly gone: readonly Feed[];
  readonly recovered: readonly Feed[];
}

const ADVICE =
  'You are notified once for each. State of all feeds: tocsin feeds list. What to do: docs/runbook.md, "feeds that fail".';
const MOST_NAMED = 40;
/** Bytes of HTML. */
const ROOM_FOR_SECTION = 25_000;
const LONGEST_NAME = 100;
const LONGEST_URL = 300;
const LONGEST_MESSAGE = 300;

export function feedIncidentNotice({ failing, gone, recovered }: FeedIncidents): OperatorNotice {
  const subject = [
    ...some(failing.length, 'fails', 'fail'),
    ...some(gone.length, 'is gone', 'are gone'),
    ...some(recovered.length, 'answers again', 'answer again'),
  ].join(', ');
  const sections = [
    section(
      failing,
      'could not be read for six hours or longer. Each is tried again automatically, at least once a day.',
      ({ url, state: { failure } }) =>
        failure === null
          ? []
          : [`since ${minute(failure.since)}, ${failure.count} tries: ${causeOf(failure.message, displayUrl(url))}`],
    ),
    section(
      gone,
      'ended by the publisher (410) and no longer polled. Remove it, or add its new address.',
      ({ state: { goneAt } }) => (goneAt === null ? [] : [`since ${minute(goneAt)}`]),
    ),
    section(recovered, 'working again.', () => []),
  ].flat();
  return {
    subject: `Tocsin: ${subject}`,
    text: `${[...sections.map(inText), ADVICE].join('\n\n')}\n`,
    html: mailPage({
      heading: `Tocsin: ${subject}`,
      preview: subject,
      body: sections.flatMap(inHtml),
      footer: [html`${ADVICE}`],
    }),
  };
}

const some = (count: number, one: string, many: string): readonly string[] =>
  count === 0 ? [] : [`${counted(count, 'feed')} ${count === 1 ? one : many}`];

interface Section {
  readonly title: string;
  readonly feeds: readonly { readonly name: string; readonly url: string; readonly details: readonly string[] }[];
  /** Feeds that are not named. */
  readonly more: number;
}

/** None without feeds. */
function section(feeds: readonly Feed[], what: string, details: (feed: Feed) => readonly string[]): readonly Section[] {
  if (feeds.length === 0) return [];
  return [
    {
      title: `${counted(feeds.length, 'feed')}: ${what}`,
      feeds: feeds.slice(0, MOST_NAMED).map((feed) => ({
        name: cutText(oneLine(feed.title || feed.state.ownTitle || ''), LONGEST_NAME),
        url: cutText(oneLine(displayUrl(feed.url)), LONGEST_URL),
        details: details(feed),
      })),
      more: Math.max(0, feeds.length - MOST_NAMED),
    },
  ];
}

const inText = ({ title, feeds, more }: Section): string =>
  [
    title,
    '',
    ...feeds.flatMap(({ name, url, details }) => [
      `* ${name === '' ? '' : `${name}: `}${url}`,
      ...details.map((line) => `  ${line}`),
    ]),
    ...(more > 0 ? [`* and ${more} more`] : []),
  ].join('\n');

function inHtml({ title, feeds, more }: Section): readonly Markup[] {
  const blocks = feeds.map(
    ({ name, url, details }) =>
      html`${paragraph(
        name === ''
          ? url
          : [html`${name}<br>`, html`<span class="soft" style="color:#5b6472;font-size:14px">${url}</span>`],
      )}${details.map((line) => softLine(line, 16))}`,
  );
  const shown = firstThatFit(blocks, ROOM_FOR_SECTION);
  const unnamed = more + blocks.length - shown.length;
  return [paragraph([html`<b>${title}</b>`]), ...shown, ...(unnamed > 0 ? [softLine(`and ${unnamed} more`, 16)] : [])];
}

/** Messages of failures begin with the address, which stands in the line above. */
const causeOf = (message: string, url: string): string =>
  cutText(oneLine(message.startsWith(`${url}: `) ? message.slice(url.length + 2) : message), LONGEST_MESSAGE);

const minute = (instant: string): string => timeInWords(instant, UTC);
