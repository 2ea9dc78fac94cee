// Prints what an instance on this machine does: what was polled, matched, mailed and held back, and where to look. What happens in bursts is summed
// up, because no one reads a thousand lines.

import type { MailServerNews } from '../../local/mail/mail-server.ts';
import type { Outbox, OutboxEntry } from '../../local/mail/outbox.ts';
import type { Watcher } from '../../local/run.ts';
import { counted } from '../../shared/core/counted.ts';
import type { Feed } from '../../shared/model/feed.ts';
import type { DeliveryId, FeedId, MatchId } from '../../shared/model/ids.ts';
import type { Match } from '../../shared/model/match.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { Story } from '../../shared/model/story.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import type { DeliveryStore, FeedStore, MatchStore, StoryStore } from '../../shared/ports.ts';
import { withConfigFolder } from '../command.ts';
import { localClock, localMinute, type ZoneOffset } from '../local-time.ts';
import { oneLine } from '../output.ts';
import { passageInLine } from '../passages.ts';
import { failingFeedsLines, titleOf } from './failing-feeds-line.ts';
import { mailServerLine } from './mail-server-lines.ts';
import { type NarratedLine, named } from './narrated-line.ts';

export interface NarratorOptions {
  readonly say: (line: string) => void;
  readonly color: boolean;
  readonly now: () => Date;
  readonly zone: ZoneOffset;
  /** The folder of the configuration, as messages show it. */
  readonly config: string;
}

/** The part of a running instance that is narrated. */
export interface NarratedInstance {
  readonly url: string;
  readonly stores: {
    readonly feeds: Pick<FeedStore, 'getFeeds'>;
    readonly matches: Pick<MatchStore, 'getMatches'>;
    readonly deliveries: Pick<DeliveryStore, 'getDeliveries'>;
    readonly stories: Pick<StoryStore, 'getStories'>;
  };
  readonly parts: { readonly settings: Settings; readonly outbox: Pick<Outbox, 'onMail'> };
}

/** What happens within this time is printed together. */
const GATHER_MS = 400;
/** Failures are printed together after the first round, but not later than this: without a network each feed takes up to 20 s. */
const FAILURES_WAIT_MS = 30_000;
const MOST_LINES_AT_ONCE = 12;
const SAME_PROBLEM_MS = 60_000;
const SHORT_WAIT_MS = 60_000;
const MOST_REMEMBERED = 1_000;
const PROGRESS_EVERY_MS = 5_000;
/** For fewer feeds, progress is not worth a line. */
const FEWEST_FOR_PROGRESS = 50;

type FeedState = 'good' | 'failing';

export class Narrator implements Watcher {
  readonly #options: NarratorOptions;
  #running: NarratedInstance | null = null;
  readonly #feedStates = new Map<FeedId, FeedState>();
  #polled = new Set<FeedId>();
  #matched = new Set<MatchId>();
  #mails: OutboxEntry[] = [];
  #heldBack = new Set<DeliveryId>();
  /** The last ones that were printed, because the embedded database reports some writes twice. */
  #printedHeldBack: readonly string[] = [];
  readonly #early: MailServerNews[] = [];
  #failing: Feed[] = [];
  #failingSince = 0;
  #timer: NodeJS.Timeout | undefined;
  #printing: Promise<void> = Promise.resolve();
  #firstRound = { of: 0, done: 0, printed: 0, printedAt: 0 };
  /** What was printed within the last minute, and when. */
  readonly #problems = new Map<string, number>();
  readonly totals = { polled: 0, failing: 0, matched: 0, mails: 0, heldBack: 0 };

  constructor(options: NarratorOptions) {
    this.#options = options;
  }

  /** How many feeds the first round has, for its progress. */
  expect(neverPolled: number): void {
    this.#firstRound = { of: neverPolled, done: 0, printed: 0, printedAt: Date.now() };
  }

  begin(running: NarratedInstance): void {
    this.#running = running;
    for (const news of this.#early.splice(0)) this.#print(mailServerLine(news));
    running.parts.outbox.onMail((entry) => {
      this.#mails.push(entry);
      this.#printSoon();
    });
    this.#printSoon();
  }

  configuring(done: number, of: number): void {
    if (of >= FEWEST_FOR_PROGRESS && (done % 100 === 0 || done === of))
      this.#options.say(`feeds     ${done} of ${of} loaded from ${this.#options.config}/feeds.opml`);
  }

  polled(feedIds: readonly FeedId[]): void {
    for (const id of feedIds) this.#polled.add(id);
    this.#printSoon();
  }

  matched(ids: readonly MatchId[]): void {
    for (const id of ids) this.#matched.add(id);
    this.#printSoon();
  }

  heldBack(ids: readonly DeliveryId[]): void {
    for (const id of ids) this.#heldBack.add(id);
    this.#printSoon();
  }

  /** The same problem is printed once a minute: a part that is down fails at each step. */
  problem(message: string): void {
    const now = this.#options.now().getTime();
    // A time later than now is from before the clock was set back.
    for (const [problem, at] of this.#problems)
      if (Math.abs(now - at) >= SAME_PROBLEM_MS) this.#problems.delete(problem);
    if (this.#problems.has(message)) return;
    this.#problems.set(message, now);
    this.#print({ kind: 'problem', text: oneLine(message) });
  }

  /** What is known before the banner is printed below it. */
  mailServer(news: MailServerNews): void {
    if (this.#running === null) this.#early.push(news);
    else this.#print(mailServerLine(news));
  }

  /** Prints what is still waiting to be printed. */
  end(): Promise<void> {
    return this.#printGathered(true);
  }

  #printSoon(): void {
    this.#timer ??= setTimeout(() => void this.#printGathered(false), GATHER_MS);
  }

  #printGathered(isLast: boolean): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#printing = this.#printing
      .then(() => this.#printNow(isLast))
      .catch((error: Error) => this.problem(error.message));
    return this.#printing;
  }

  async #printNow(isLast: boolean): Promise<void> {
    if (this.#running === null) return;
    const { stores } = this.#running;
    const [polled, matched, heldBack] = [[...this.#polled], [...this.#matched], [...this.#heldBack]];
    this.#polled = new Set();
    this.#matched = new Set();
    this.#heldBack = new Set();
    this.#printPolled(await stores.feeds.getFeeds(polled));
    this.#printMatched(await stores.matches.getMatches(matched));
    this.#printMails(this.#running.url);
    if (heldBack.length > 0) await this.#printHeldBack(heldBack, stores);
    this.#printFailing(this.#running, isLast);
    if (this.#failing.length > 0 && !isLast) this.#printSoon();
  }

  #printPolled(feeds: readonly Feed[]): void {
    const answered: Feed[] = [];
    for (const feed of feeds) {
      const state = stateOf(feed);
      if (state === null) continue;
      const before = this.#feedStates.get(feed.id);
      this.#feedStates.set(feed.id, state);
      if (before === undefined) this.#firstRound.done += 1;
      if (state === 'failing' && before !== 'failing') this.#addFailing(feed);
      if (state === 'good' && before === undefined) answered.push(feed);
      if (state === 'good' && before === 'failing') this.#print({ kind: 'feed', text: `${titleOf(feed)} works again` });
    }
    this.totals.polled = [...this.#feedStates.values()].filter((state) => state === 'good').length;
    this.totals.failing = this.#feedStates.size - this.totals.polled;
    if (answered.length > 0) {
      const feedsWithItems = answered.map((feed) => `${titleOf(feed)} (${counted(feed.state.itemCount ?? 0, 'item')})`);
      this.#print({ kind: 'polled', text: named(feedsWithItems) });
    }
    this.#printProgress();
  }

  #printProgress(): void {
    const { of, done, printed, printedAt } = this.#firstRound;
    if (of < FEWEST_FOR_PROGRESS || done >= of || done === printed) return;
    if (Date.now() - printedAt < PROGRESS_EVERY_MS) return;
    this.#firstRound = { of, done, printed: done, printedAt: Date.now() };
    this.#print({ kind: 'progress', text: `first poll: ${done} of ${of} feeds` });
  }

  #addFailing(feed: Feed): void {
    if (this.#failing.length === 0) this.#failingSince = Date.now();
    this.#failing.push(feed);
  }

  /** Once for each feed that begins to fail, all of a round together. */
  #printFailing({ parts }: NarratedInstance, isLast: boolean): void {
    const roundIsDone = this.#firstRound.done >= this.#firstRound.of;
    const hasWaited = Date.now() - this.#failingSince > FAILURES_WAIT_MS;
    if (!(isLast || roundIsDone || hasWaited)) return;
    const failing = this.#failing;
    this.#failing = [];
    const { now, zone } = this.#options;
    for (const line of failingFeedsLines(failing, now(), parts.settings, zone)) this.#print(line);
  }

  #printMatched(matches: readonly Match[]): void {
    const found = matches.toSorted((a, b) => a.article.firstSeenAt.localeCompare(b.article.firstSeenAt));
    this.totals.matched += found.length;
    for (const match of found.slice(0, MOST_LINES_AT_ONCE)) this.#print(matchLine(match, this.#options.color));
    if (found.length > MOST_LINES_AT_ONCE)
      this.#print({
        kind: 'matched',
        text: `and ${found.length - MOST_LINES_AT_ONCE} more; tocsin matches lists them`,
      });
  }

  #printMails(url: string): void {
    const mails = this.#mails;
    this.#mails = [];
    this.totals.mails += mails.length;
    for (const { number, subject, to, via } of mails.slice(0, MOST_LINES_AT_ONCE)) {
      const recipient = via === 'smtp' ? ` to ${oneLine(to)}` : '';
      this.#print({ kind: 'mail', text: `${url}/outbox/${number}${recipient}   ${oneLine(subject)}` });
    }
    if (mails.length > MOST_LINES_AT_ONCE)
      this.#print({ kind: 'mail', text: `and ${mails.length - MOST_LINES_AT_ONCE} more: ${url}/outbox` });
  }

  /** Once for each report, however many subscribers it is held back from. */
  async #printHeldBack(ids: readonly DeliveryId[], stores: NarratedInstance['stores']): Promise<void> {
    const found = new Map<string, Delivery>();
    for (const delivery of await stores.deliveries.getDeliveries(ids))
      if (delivery.articleId !== null && isHeldBack(delivery, this.#options.now()))
        found.set(`${delivery.state} ${delivery.articleId}`, delivery);
    const isPrinted = new Set(this.#printedHeldBack);
    const fresh = [...found].filter(([key]) => !isPrinted.has(key));
    this.#printedHeldBack = [...this.#printedHeldBack, ...fresh.map(([key]) => key)].slice(-MOST_REMEMBERED);
    const deliveries = fresh.map(([, delivery]) => delivery);
    this.totals.heldBack += deliveries.filter(({ state }) => state === 'merged').length;
    const shown = deliveries.slice(0, MOST_LINES_AT_ONCE);
    const matches = await stores.matches.getMatches(shown.map(({ matchId }) => matchId));
    const stories = await stores.stories.getStories(shown.flatMap(({ storyId }) => storyId ?? []));
    for (const delivery of shown) {
      const match = matches.find(({ id }) => id === delivery.matchId);
      const story = stories.find(({ id }) => id === delivery.storyId);
      if (match !== undefined) this.#print(heldBackLine(delivery, match, story ?? null, this.#options.zone));
    }
    if (deliveries.length > shown.length)
      this.#print({
        kind: 'no mail',
        text: `for ${deliveries.length - shown.length} more reports; tocsin stories lists them`,
      });
  }

  #print({ kind, text, details = [] }: NarratedLine): void {
    const clock = localClock(this.#options.now(), this.#options.zone);
    const say = (line: string): void => this.#options.say(withConfigFolder(line, this.#options.config));
    say(`${clock}  ${kind.padEnd(8)} ${text}`);
    // Below the text of the line above.
    for (const detail of details) say(`${' '.repeat(clock.length + 11)}${detail}`);
  }
}

/** Null before the first poll. */
function stateOf({ state }: Feed): FeedState | null {
  if (state.failure !== null || state.goneAt !== null) return 'failing';
  return state.baselined ? 'good' : null;
}

/** A wait of moments, while another alert of the story is sent, is not worth a line. */
const isHeldBack = ({ state, dueAt }: Delivery, now: Date): boolean =>
  state === 'merged' || (state === 'held' && Date.parse(dueAt ?? '') - now.getTime() > SHORT_WAIT_MS);

const reportOf = ({ article, sources }: Match): string =>
  `${oneLine(article.title)} — ${sources.map(({ title }) => oneLine(title)).join(', ')}`;

/** What was not mailed, at least not now, and why; the story shows that nothing is lost. */
function heldBackLine(
  { state, reason, dueAt }: Delivery,
  match: Match,
  story: Story | null,
  zone: ZoneOffset,
): NarratedLine {
  const because = reason === null ? [] : [oneLine(reason)];
  const until = state === 'held' && dueAt !== null ? [`until ${localMinute(dueAt, zone)}`] : [];
  const same = story === null ? [] : [`“${oneLine(story.title)}”: tocsin stories ${story.id}`];
  return {
    kind: state === 'held' ? 'held' : 'no mail',
    text: reportOf(match),
    details: [[...until, ...because].join(', '), ...same].filter((line) => line !== ''),
  };
}

function matchLine(match: Match, color: boolean): NarratedLine {
  const {
    topic,
    passages: [passage],
    strength,
  } = match;
  // It sends no mail to a newcomer: the line says why none follows.
  const mark = strength === 'weak' ? '(in passing) ' : '';
  return {
    kind: 'matched',
    text: `[${oneLine(topic.title)}] ${mark}${reportOf(match)}`,
    details: passage === undefined ? [] : [`“${passageInLine(passage, color)}”`],
  };
}
