// Microsoft Teams, by a workflow that posts what a webhook receives:
// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
import type { ChannelMessage, ChannelStory } from '../model/alert.ts';
import type { Severity } from '../model/severity.ts';
import {
  type ChannelKind,
  checkAnswer,
  JSON_HEADERS,
  jsonOf,
  readAddress,
  refused,
  shownTarget,
  textOf,
  type WebAnswer,
} from './channel-kind.ts';
import { fitted } from './fit-message.ts';
import { newsLine, sourceLine, topicsLine } from './story-lines.ts';

/** Bytes. Teams takes 28 KB with markup, and adds some of its own. */
const MOST_BYTES = 24 * 1024;

export const teams: ChannelKind = {
  service: 'Teams',
  options: [],
  // Any host: Microsoft has moved these addresses before.
  readTarget(target, options) {
    const url = readAddress(target, options);
    if (typeof url === 'string') return refused(`target: ${url}`);
    const secretPart = url.searchParams.get('sig') ?? url.pathname;
    return { ok: true, secret: { url: url.href }, identity: url.href, shown: shownTarget(url, secretPart) };
  },
  compose: (message, { url }) => ({
    url,
    headers: JSON_HEADERS,
    body: fitted(
      message,
      (each) => JSON.stringify(payloadOf(each)),
      (text) => Buffer.byteLength(text) <= MOST_BYTES,
    ),
  }),
  readAnswer(answer, now) {
    checkAnswer(answer, now, { service: 'Teams', isGone, words });
    // 202 with an empty body, before the workflow posts anything; whether it could is not reported.
    return { state: 'accepted', providerId: textOf(answer.headers['x-ms-workflow-run-id']) };
  },
};

const errorOf = (answer: WebAnswer): Readonly<Record<string, unknown>> =>
  (jsonOf(answer)?.['error'] ?? {}) as Readonly<Record<string, unknown>>;

/** Removed, switched off, or with a signature that is not valid any more. */
const isGone = (answer: WebAnswer): boolean =>
  [401, 403, 404].includes(answer.status) || errorOf(answer)['code'] === 'WorkflowTriggerIsNotEnabled';

const words = (answer: WebAnswer): string =>
  ['code', 'message']
    .map((name) => textOf(errorOf(answer)[name]))
    .filter(Boolean)
    .join(': ');

// ---------------------------------------------------------------- the card

/** Text runs know no markup, so that foreign text stays text: https://adaptivecards.io/explorer/TextRun.html */
interface Run {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly isSubtle?: boolean;
  readonly size?: 'Small' | 'Medium' | 'Large';
  readonly color?: 'Attention' | 'Warning' | 'Accent' | 'Default';
  readonly selectAction?: { readonly type: 'Action.OpenUrl'; readonly url: string };
}

const run = (text: string, change: Partial<Run> = {}): Run => ({ type: 'TextRun', text, ...change });
const line = (inlines: readonly Run[], change: object = {}) => ({ type: 'RichTextBlock', inlines, ...change });

const COLOURS: Readonly<Record<Severity, NonNullable<Run['color']>>> = {
  low: 'Default',
  medium: 'Accent',
  high: 'Warning',
  critical: 'Attention',
};

const payloadOf = (message: ChannelMessage) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: cardOf(message) }],
});

const cardOf = ({ kind, title, introduction, severity, stories, notes, manageUrl }: ChannelMessage) => ({
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  // The newest that Teams shows: https://learn.microsoft.com/adaptive-cards/resources/partners
  version: '1.5',
  // What notifications show.
  fallbackText: title,
  msteams: { width: 'Full' },
  body: [
    ...(kind === 'digest' || kind === 'test'
      ? [line([run(title, { size: 'Large', weight: 'Bolder', color: COLOURS[severity] })])]
      : []),
    ...introduction.map((each) => line([run(each)], { spacing: 'Small' })),
    ...stories.flatMap((story, at) => storyLines(story, at > 0)),
    ...notes.map((each) => line([run(each, { isSubtle: true, size: 'Small' })], { spacing: 'Small' })),
  ],
  actions: manageUrl === null ? [] : [{ type: 'Action.OpenUrl', title: 'Change or stop these alerts', url: manageUrl }],
});

function storyLines(story: ChannelStory, isBelowAnother: boolean): readonly object[] {
  const { topics, passages, url, title, why, matchUrl } = story;
  const news = newsLine(story);
  const small = { isSubtle: true, size: 'Small' } as const;
  const color = COLOURS[topics[0]?.severity ?? 'low'];
  return [
    line([run(topicsLine(story), { weight: 'Bolder', color })], isBelowAnother ? { separator: true } : {}),
    ...(news === '' ? [] : [line([run(news, { weight: 'Bolder' })], { spacing: 'Small' })]),
    ...passages.map((passage) =>
      line([...(passage.label === '' ? [] : [run(`${passage.label}: `, small)]), ...runsOf(passage)]),
    ),
    line([run(title, { weight: 'Bolder', ...(url === null ? {} : { selectAction: opening(url) }) })]),
    line([run(sourceLine(story), small)], { spacing: 'Small' }),
    ...why.map((each) => line([run(`Why: ${each}`, small)], { spacing: 'Small' })),
    ...(matchUrl === null
      ? []
      : [line([run('This match', { ...small, selectAction: opening(matchUrl) })], { spacing: 'Small' })]),
  ];
}

const opening = (url: string) => ({ type: 'Action.OpenUrl', url }) as const;

function runsOf({ text, marks }: ChannelStory['passages'][number]): readonly Run[] {
  let done = 0;
  const runs = marks.flatMap(({ start, end }) => {
    const before = text.slice(done, start);
    done = end;
    return [run(before), run(text.slice(start, end), { weight: 'Bolder' })];
  });
  return [...runs, run(text.slice(done))].filter((each) => each.text !== '');
}
