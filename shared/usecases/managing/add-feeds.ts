// Adding feeds, whether a request, a file under config/ or the sample names them. What was just added is polled at once.
import { chunks } from '../../core/chunks.ts';
import { InvalidInputError } from '../../core/errors.ts';
import { feedAddressOf } from '../../feeds/feed-address.ts';
import type { FeedSettings, NewFeed } from '../../model/feed.ts';
import type { FeedId } from '../../model/ids.ts';
import type { Settings } from '../../model/settings.ts';
import { addressesOf } from '../../net/feed-scheme.ts';
import type { Clock, FeedStore, PollQueue } from '../../ports.ts';
import { queueFirstPoll } from '../polling/schedule-polls.ts';
import { addedAs, followedAs } from './followed-as.ts';
import type { VerifiedFeed } from './verify-feed.ts';

/** Feeds written at once: a few hundred, so that progress can be shown. */
const FEEDS_A_STEP = 500;

export interface AddFeedsPorts {
  readonly feeds: Pick<FeedStore, 'addFeeds'>;
  readonly pollQueue: PollQueue;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'poll'>;
}

export interface VerifyAndAddPorts extends AddFeedsPorts {
  readonly feeds: Pick<FeedStore, 'addFeeds' | 'getFeeds' | 'listFeeds'>;
  /** Throws FeedRefusedError. */
  readonly verifyFeed: (address: string) => Promise<VerifiedFeed>;
}

export interface FeedRequest extends Partial<Omit<FeedSettings, 'url' | 'active'>> {
  /** As a person writes it: `feed:` and blanks around it are ignored. */
  readonly url: string;
}

export interface AddedFeed {
  readonly id: FeedId;
  /** `known`: it was followed before, and nothing was changed. */
  readonly outcome: 'added' | 'known';
}

/** What reading the address showed; nothing when the feed was followed before under the address given. */
export interface VerifiedAndAdded extends AddedFeed, Partial<Pick<VerifiedFeed, 'read' | 'foundOn'>> {}

/** A request with the id and the address under which its feed is stored. */
export interface Addressed<Request> {
  readonly id: FeedId;
  readonly url: string;
  readonly request: Request;
}

/** Throws InvalidInputError (`invalid_feed_url`) with every address that cannot be used. */
export function addressed<Request extends Pick<FeedRequest, 'url'>>(
  requests: readonly Request[],
): readonly Addressed<Request>[] {
  const problems: string[] = [];
  const found = requests.flatMap((request): readonly Addressed<Request>[] => {
    const address = feedAddressOf(request.url);
    if (address === null) problems.push(`"${request.url.slice(0, 200)}" is not an http or https address`);
    return address === null ? [] : [{ ...address, request }];
  });
  if (problems.length > 0) throw new InvalidInputError('invalid_feed_url', 'nothing was added', problems);
  return found;
}

/**
 * In the order given. Throws InvalidInputError (`invalid_feed_url`) with every address that cannot be used; then nothing was added.
 * When it fails later, some feeds may have been added, and the call can be repeated.
 */
export async function addFeeds(
  requests: readonly FeedRequest[],
  ports: AddFeedsPorts,
  onAdded: () => void = () => {},
): Promise<readonly AddedFeed[]> {
  const feeds = addressed(requests).map((request) => newFeed(request, ports));
  const done: AddedFeed[] = [];
  for (const some of chunks(feeds, FEEDS_A_STEP)) {
    const outcomes = await ports.feeds.addFeeds(some);
    for (const [index, { id }] of some.entries()) {
      done.push({ id, outcome: outcomes[index] ?? 'known' });
      onAdded();
    }
  }
  // A crash before this loses nothing: the schedule polls what was not polled after ten minutes.
  const added = done.filter(({ outcome }) => outcome === 'added');
  await queueFirstPoll(
    added.map(({ id }) => id),
    ports,
  );
  return done;
}

/** As `addFeeds`, of one. */
export async function addFeed(request: FeedRequest, ports: AddFeedsPorts): Promise<AddedFeed> {
  const [added] = await addFeeds([request], ports);
  if (added === undefined) throw new Error('unreachable: one request has one outcome');
  return added;
}

/**
 * Reads the address first, which may lack its scheme or be a page with one feed. Throws FeedRefusedError, and InvalidInputError
 * (`invalid_feed_url`).
 */
export async function verifyAndAddFeed(request: FeedRequest, ports: VerifyAndAddPorts): Promise<VerifiedAndAdded> {
  const before = await addedAs(addressesOf(request.url), ports.feeds);
  if (before !== null) return { id: before.id, outcome: 'known' };
  const { url, addresses, read, foundOn } = await ports.verifyFeed(request.url);
  const other = await followedAs(addresses, ports.feeds);
  if (other !== null) return { id: other.id, outcome: 'known', read, foundOn };
  return { ...(await addFeed({ ...request, url }, ports)), read, foundOn };
}

const newFeed = (
  { id, url, request: { title = '', folder = '', language = null, fullText = 'auto' } }: Addressed<FeedRequest>,
  { clock, settings }: AddFeedsPorts,
): NewFeed => ({
  id,
  url,
  title: title.trim(),
  folder: folder.trim(),
  language,
  fullText,
  active: true,
  addedAt: clock.now().toISOString(),
  intervalMinutes: settings.poll.everyMinutes,
});
