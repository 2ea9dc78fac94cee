// A feed as a record, and back.
import type { FetchFailureKind } from '../../shared/core/errors.ts';
import type { Feed, FeedFailure, FeedSettings, PollBatch, PollState } from '../../shared/model/feed.ts';
import type { FeedId } from '../../shared/model/ids.ts';
import { feedKey } from './keys.ts';
import { cutToBytes, nameOf, RecordReader, withoutNulls } from './record.ts';
import type { Item } from './table-client.ts';

/** Bounds in bytes, so that a record stays far under 32 KB whatever a publisher sends. */
const LONGEST_TEXT = 1_000;
/** What must be sent back verbatim is stored whole or, when longer than this, not at all. */
const LONGEST_VERBATIM = 4_096;

const FULL_TEXT = ['auto', 'always', 'never'] as const;
const ORIGINS = ['article', 'feed', 'summary', 'title'] as const;

export function encodeFeed(feed: Feed): Item {
  return {
    ...feedKey(feed.id),
    type: 'feed',
    id: feed.id,
    addedAt: feed.addedAt,
    pollGroup: feed.pollBatch,
    ...encodeFeedSettings(feed),
    ...encodePollState(feed.state),
  };
}

/** Only the settings that are given; null becomes a stored null, so that an update can clear a field. */
export function encodeFeedSettings(settings: Partial<FeedSettings>): Item {
  const { folder, ...rest } = fitFeedSettings(settings);
  return folder === undefined ? rest : { ...rest, group: folder };
}

/** As they are stored: what is too long is cut. */
export function fitFeedSettings(settings: Partial<FeedSettings>): Partial<FeedSettings> {
  const { url, title, folder, language, fullText, active } = settings;
  const given = { url, title: cut(title), folder: cut(folder), language, fullText, active };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/**
 * One text instead of twenty attributes: a poll reads 25 feeds at a time, and taking their attributes apart one by one is most of what an
 * unchanged feed costs. The version stands beside it for the condition of the next write.
 */
export const encodePollState = (state: PollState): { readonly state: string; readonly version: number } => ({
  state: JSON.stringify(withoutNulls(fitPollState(state))),
  version: state.version,
});

/** The state as it is stored: what is too long is cut with a mark, what cannot be cut is left out. */
export function fitPollState(state: PollState): PollState {
  return {
    ...state,
    etag: verbatim(state.etag),
    lastModified: verbatim(state.lastModified),
    validatorsUrl: verbatim(state.validatorsUrl),
    siteUrl: verbatim(state.siteUrl),
    failure: state.failure && { ...state.failure, message: cutToBytes(state.failure.message, LONGEST_TEXT) },
    ownTitle: cut(state.ownTitle),
    ownLanguage: cut(state.ownLanguage),
  };
}

export function decodeFeed(record: Item): Feed {
  const reader = new RecordReader(record, nameOf(record));
  return {
    id: reader.string('id') as FeedId,
    addedAt: reader.string('addedAt'),
    pollBatch: reader.string('pollGroup'),
    url: reader.string('url'),
    title: reader.string('title'),
    folder: reader.string('group'),
    language: reader.stringOrNull('language'),
    fullText: reader.oneOf('fullText', FULL_TEXT),
    active: reader.boolean('active'),
    state: decodePollState(reader.json('state')),
  };
}

function decodePollState(reader: RecordReader): PollState {
  return {
    version: reader.number('version'),
    etag: reader.stringOrNull('etag'),
    lastModified: reader.stringOrNull('lastModified'),
    validatorsUrl: reader.stringOrNull('validatorsUrl'),
    bodyHash: reader.stringOrNull('bodyHash'),
    intervalMinutes: reader.number('intervalMinutes'),
    notBefore: reader.stringOrNull('notBefore'),
    baselined: reader.boolean('baselined'),
    failure: decodeFailure(reader.mapOrNull('failure')),
    lastChangedPollAt: reader.stringOrNull('lastChangedPollAt'),
    lastNewItemAt: reader.stringOrNull('lastNewItemAt'),
    itemsPerDay: reader.numberOrNull('itemsPerDay'),
    askedMinutes: reader.number('askedMinutes'),
    // Absent in records of older versions: the next poll brings it.
    freshMinutes: reader.numberOrNull('freshMinutes') ?? 0,
    skippedHours: reader.numberOrNull('skippedHours') ?? 0,
    textOrigin: reader.oneOfOrNull('textOrigin', ORIGINS),
    redirect: decodeRedirect(reader.mapOrNull('redirect')),
    goneAt: reader.stringOrNull('goneAt'),
    ownTitle: reader.stringOrNull('ownTitle'),
    siteUrl: reader.stringOrNull('siteUrl'),
    ownLanguage: reader.stringOrNull('ownLanguage'),
    itemCount: reader.numberOrNull('itemCount'),
    emptySince: reader.stringOrNull('emptySince'),
    sentWholeAt: reader.stringOrNull('sentWholeAt'),
    validatorsIgnoredUntil: reader.stringOrNull('validatorsIgnoredUntil'),
    oldItems: decodeOldItems(reader.mapOrNull('oldItems')),
  };
}

function decodeOldItems(reader: RecordReader | null): PollState['oldItems'] {
  if (reader === null) return null;
  return { count: reader.number('count'), firstAt: reader.string('firstAt'), lastAt: reader.string('lastAt') };
}

function decodeFailure(reader: RecordReader | null): FeedFailure | null {
  if (reader === null) return null;
  const status = reader.numberOrNull('status');
  return {
    // Kinds may be added by newer code; a kind this code does not know is only shown.
    kind: reader.string('kind') as FetchFailureKind,
    message: reader.string('message'),
    since: reader.string('since'),
    count: reader.number('count'),
    ...(status === null ? {} : { status }),
  };
}

function decodeRedirect(reader: RecordReader | null): PollState['redirect'] {
  if (reader === null) return null;
  return { url: reader.string('url'), firstAt: reader.string('firstAt'), count: reader.number('count') };
}

/** Null for a group without feeds. */
export function decodePollBatch(record: Item): PollBatch | null {
  const reader = new RecordReader(record, nameOf(record));
  const feedIds = [...reader.stringSet('feedIds')].sort() as FeedId[];
  if (feedIds.length === 0) return null;
  return {
    id: reader.string('sk'),
    feedIds,
    lastSlot: reader.stringOrNull('lastSlot'),
    lastPolledAt: reader.stringOrNull('lastPolledAt'),
  };
}

function cut<T extends string | null | undefined>(text: T): T {
  return typeof text === 'string' ? (cutToBytes(text, LONGEST_TEXT) as T) : text;
}

const verbatim = (text: string | null): string | null =>
  text !== null && Buffer.byteLength(text) > LONGEST_VERBATIM ? null : text;
