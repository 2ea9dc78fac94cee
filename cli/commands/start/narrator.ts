// Says in plain words what an instance on this machine does: what was polled, matched and mailed, and where to look.
// What happens in bursts is told in sums: nobody reads a thousand lines.

import type { MailServerNews } from '../../../local/mail/mail-server.ts';
import type { OutboxEntry } from '../../../local/mail/outbox.ts';
import type { Running, Watcher } from '../../../local/run.ts';
import type { FetchFailureKind } from '../../../shared/core/errors.ts';
import { describeHealth } from '../../../shared/feeds/feed-health.ts';
import type { Feed } from '../../../shared/model/feed.ts';
import type { FeedId, MatchId } from '../../../shared/model/ids.ts';
import type { Match } from '../../../shared/model/match.ts';
import { displayUrl } from '../../../shared/net/display-url.ts';
import { localClock, localMinute, withLocalTimes, type ZoneOffset } from '../../local-time.ts';
import { namedOnce, oneLine } from '../../output.ts';
import { marked } from '../matches.ts';

export interface NarratorOptions {
  readonly say: (line: string) => void;
  readonly color: boolean;
  readonly now: () => Date;
  readonly zone: ZoneOffset;
}

/** What happens within this time is told together. */
const GATHER_MS = 400;
/** Failures are told together once the first round is done, and no later than this: without a network each feed takes up to 20 s. */
const FAILURES_WAIT_MS = 30_000;
const MOST_MATCHES_AT_ONCE = 12;
const MOST_NAMES = 4;
const SAME_TROUBLE_MS = 60_000;
const PROGRESS_EVERY_MS = 5_000;

type Fare = 'good' | 'failing';

export class Narrator implements Watcher {
  readonly #options: NarratorOptions;
  #running: Running | null = null;
  readonly #fares = new Map<FeedId, Fare>();
  #polled = new Set<FeedId>();
  #matched = new Set<MatchId>();
  #mails: OutboxEntry[] = [];
  readonly #early: MailServerNews[] = [];
  #failing: Feed[] = [];
  #failingSince = 0;
  #timer: NodeJS.Timeout | undefined;
  #telling: Promise<void> = Promise.resolve();
  #firstRound = { of: 0, done: 0, told: 0, toldAt: 0 };
  /** What was shown within the last minute, and when. */
  readonly #troubles = new Map<string, number>();
  readonly totals = { polled: 0, failing: 0, matched: 0, mails: 0 };

  constructor(options: NarratorOptions) {
    this.#options = options;
  }

  /** How many feeds the first round has, for its progress. */
  expect(neverPolled: number): void {
    this.#firstRound = { of: neverPolled, done: 0, told: 0, toldAt: Date.now() };
  }

  begin(running: Running): void {
    this.#running = running;
    for (const news of this.#early.splice(0)) this.#tellMailServer(news);
    running.parts.outbox.onMail((entry) => {
      this.#mails.push(entry);
      this.#soon();
    });
    this.#soon();
  }

  configuring(done: number, of: number): void {
    if (of >= 50 && (done % 100 === 0 || done === of))
      this.#options.say(`feeds     ${done} of ${of} taken over from config/feeds.opml`);
  }

  polled(feedIds: readonly FeedId[]): void {
    for (const id of feedIds) this.#polled.add(id);
    this.#soon();
  }

  matched(ids: readonly MatchId[]): void {
    for (const id of ids) this.#matched.add(id);
    this.#soon();
  }

  /** The same trouble once a minute: a part that is gone fails at each step. */
  trouble(message: string): void {
    const now = this.#options.now().getTime();
    // A time later than now is from before the clock was set back.
    for (const [told, at] of this.#troubles) if (Math.abs(now - at) >= SAME_TROUBLE_MS) this.#troubles.delete(told);
    if (this.#troubles.has(message)) return;
    this.#troubles.set(message, now);
    this.#line('trouble', oneLine(message));
  }

  /** What is known before the banner is shown below it. */
  mailServer(news: MailServerNews): void {
    if (this.#running === null) this.#early.push(news);
    else this.#tellMailServer(news);
  }

  #tellMailServer(news: MailServerNews): void {
    if (news.kind === 'works') {
      const { failures } = news;
      this.#line(
        'mail',
        failures === 0
          ? 'the mail server answers; mails are sent by it'
          : `the mail server takes mails again, after ${failures} failed ${failures === 1 ? 'try' : 'tries'}; what waits is sent at its next try`,
      );
      return;
    }
    const { to, message, isTriedAgain, more } = news;
    const who = to === null ? 'mails cannot be sent now' : `the mail to ${oneLine(to)} was not taken`;
    const again = more === 0 ? '' : ` (and ${more} more of this kind)`;
    this.#line('trouble', `${who}: ${oneLine(message)}${again}`);
    this.#detail(
      isTriedAgain
        ? `what waits is tried again for 35 hours${to === null ? '; the mail server is asked every 5 minutes' : ''}`
        : 'it is not tried again; its record: tocsin deliveries --subscription ID (the ID: tocsin subscriptions)',
    );
  }

  /** Tells what is still to be told. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#tell(true);
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => void this.#tell(false), GATHER_MS);
  }

  #tell(isLast: boolean): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#telling = this.#telling
      .then(() => this.#tellNow(isLast))
      .catch((error: Error) => this.trouble(error.message));
    return this.#telling;
  }

  async #tellNow(isLast: boolean): Promise<void> {
    if (this.#running === null) return;
    const [polled, matched] = [[...this.#polled], [...this.#matched]];
    this.#polled = new Set();
    this.#matched = new Set();
    await this.#tellPolled(polled);
    await this.#tellMatched(matched);
    this.#tellMails();
    this.#tellFailing(isLast);
    if (this.#failing.length > 0 && !isLast) this.#soon();
  }

  async #tellPolled(ids: readonly FeedId[]): Promise<void> {
    const feeds = await inHundreds(ids, (some) => this.#stores().feeds.getFeeds(some));
    const answered: Feed[] = [];
    for (const feed of feeds) {
      const fare: Fare | null =
        feed.state.failure !== null || feed.state.goneAt !== null ? 'failing' : feed.state.baselined ? 'good' : null;
      if (fare === null) continue;
      const before = this.#fares.get(feed.id);
      this.#fares.set(feed.id, fare);
      if (before === undefined) this.#firstRound.done += 1;
      if (fare === 'failing' && before !== 'failing') this.#addFailing(feed);
      if (fare === 'good' && before === undefined) answered.push(feed);
      if (fare === 'good' && before === 'failing') this.#line('feed', `${titleOf(feed)} answers again`);
    }
    this.totals.polled = [...this.#fares.values()].filter((fare) => fare === 'good').length;
    this.totals.failing = this.#fares.size - this.totals.polled;
    if (answered.length > 0)
      this.#line('polled', `${named(answered.map((feed) => `${titleOf(feed)} (${items(feed.state.itemCount)})`))}`);
    this.#tellProgress();
  }

  #tellProgress(): void {
    const { of, done, told, toldAt } = this.#firstRound;
    if (of < 50 || done >= of || done === told || Date.now() - toldAt < PROGRESS_EVERY_MS) return;
    this.#firstRound = { of, done, told: done, toldAt: Date.now() };
    this.#line('progress', `first poll: ${done} of ${of} feeds`);
  }

  #addFailing(feed: Feed): void {
    if (this.#failing.length === 0) this.#failingSince = Date.now();
    this.#failing.push(feed);
  }

  /** Once for each feed that begins to fail, all of a round together. */
  #tellFailing(isLast: boolean): void {
    const roundIsDone = this.#firstRound.done >= this.#firstRound.of;
    if (this.#failing.length === 0 || !(isLast || roundIsDone || Date.now() - this.#failingSince > FAILURES_WAIT_MS))
      return;
    const failing = this.#failing;
    this.#failing = [];
    const now = this.#options.now();
    const settings = this.#running?.parts.settings;
    const [first] = failing;
    if (first === undefined || settings === undefined) return;
    if (failing.length <= 3) {
      for (const feed of failing)
        this.#line(
          'failing',
          namedOnce(
            titleOf(feed),
            withLocalTimes(oneLine(describeHealth(feed, null, now, settings).explanation), this.#options.zone),
          ),
        );
      return;
    }
    const kinds = Object.entries(Object.groupBy(failing, ({ state }) => state.failure?.kind ?? 'gone')).sort(
      (a, b) => (b[1]?.length ?? 0) - (a[1]?.length ?? 0),
    );
    const next = failing
      .map((feed) => describeHealth(feed, null, now, settings).nextPollAt ?? '')
      .filter((at) => at !== '')
      .sort()[0];
    this.#line(
      'failing',
      `${failing.length} feeds could not be read; each is tried again by itself${next === undefined ? '' : `, the first at ${localMinute(next, this.#options.zone)}`}`,
    );
    for (const [kind, feeds = []] of kinds)
      this.#detail(
        `${feeds.length} × ${FAILURE_WORDS[kind as FetchFailureKind] ?? kind}: ${named(feeds.map(titleOf))}`,
      );
    this.#detail('the rest goes on; tocsin feeds list tells the state of each');
  }

  async #tellMatched(ids: readonly MatchId[]): Promise<void> {
    const found = (await inHundreds(ids, (some) => this.#stores().matches.getMatches(some))).toSorted((a, b) =>
      a.article.firstSeenAt.localeCompare(b.article.firstSeenAt),
    );
    this.totals.matched += found.length;
    for (const match of found.slice(0, MOST_MATCHES_AT_ONCE)) this.#tellMatch(match);
    if (found.length > MOST_MATCHES_AT_ONCE)
      this.#line('matched', `and ${found.length - MOST_MATCHES_AT_ONCE} more; tocsin matches shows all`);
  }

  #tellMatch(match: Match): void {
    this.#line(
      'matched',
      `[${oneLine(match.topic.title)}] ${oneLine(match.article.title)} — ${match.sources.map(({ title }) => oneLine(title)).join(', ')}`,
    );
    const [passage] = match.passages;
    if (passage !== undefined) this.#detail(`“${marked(passage, this.#options.color)}”`);
  }

  #tellMails(): void {
    const mails = this.#mails;
    this.#mails = [];
    this.totals.mails += mails.length;
    for (const { number, subject, to, via } of mails.slice(0, MOST_MATCHES_AT_ONCE)) {
      const whereTo = via === 'smtp' ? ` to ${oneLine(to)}` : '';
      this.#line('mail', `${this.#running?.url}/outbox/${number}${whereTo}   ${oneLine(subject)}`);
    }
    if (mails.length > MOST_MATCHES_AT_ONCE)
      this.#line('mail', `and ${mails.length - MOST_MATCHES_AT_ONCE} more: ${this.#running?.url}/outbox`);
  }

  #line(kind: string, text: string): void {
    this.#options.say(`${this.#clock()}  ${kind.padEnd(8)} ${text}`);
  }

  /** Below the text of the line before. */
  #detail(text: string): void {
    this.#options.say(`${' '.repeat(this.#clock().length + 11)}${text}`);
  }

  #clock(): string {
    return localClock(this.#options.now(), this.#options.zone);
  }

  #stores(): Running['stores'] {
    if (this.#running === null) throw new Error('nothing runs yet');
    return this.#running.stores;
  }
}

const FAILURE_WORDS: Readonly<Record<FetchFailureKind, string>> = {
  dns: 'name not found (is there a network?)',
  refused: 'nothing listens there',
  timeout: 'too slow',
  reset: 'connection broken off',
  tls: 'certificate not good',
  http: 'an error was answered',
  not_a_feed: 'no feed at that address',
  parse: 'cannot be read',
  blocked: 'address not allowed',
  robots: 'not allowed by robots.txt',
  throttled: 'asked to wait, or has no turn to give',
  gone: 'ended by its publisher',
  too_large: 'too long',
  decode: 'compression not good',
  redirects: 'redirects without end',
  empty: 'an empty answer',
  internal: 'an internal error of Tocsin',
};

const titleOf = (feed: Feed): string => oneLine(feed.title || feed.state.ownTitle || displayUrl(feed.url));
const items = (count: number | null): string => (count === 1 ? '1 item' : `${count ?? 0} items`);

const named = (names: readonly string[]): string =>
  names.length <= MOST_NAMES
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`;

async function inHundreds<Id, T>(
  ids: readonly Id[],
  read: (some: readonly Id[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (let at = 0; at < ids.length; at += 100) found.push(...(await read(ids.slice(at, at + 100))));
  return found;
}
