// Outputs: making one, changing it, giving it another address, ending it.
import { randomBytes } from 'node:crypto';
import { InvalidInputError, NotFoundError } from '../../core/errors.ts';
import type { FeedId } from '../../model/ids.ts';
import { hashId } from '../../model/ids.ts';
import {
  LONGEST_OUTPUT_TITLE,
  MOST_OUTPUTS,
  MOST_TOPICS_OF_OUTPUT,
  type OutputFeed,
  secretHashOf,
} from '../../model/output.ts';
import { quoteForeign } from '../../net/display-url.ts';
import type { Clock, FeedStore, OutputStore, TopicStore } from '../../ports.ts';
import { EVERY_TOPIC, problemsOfTopics, sortedTopics } from './named-topics.ts';

export interface OutputPorts {
  readonly outputs: OutputStore;
  readonly topics: Pick<TopicStore, 'listEntries'>;
  readonly feeds: Pick<FeedStore, 'getFeed'>;
  readonly clock: Clock;
}

/** What is absent is the default of a new output, and stays as it is in one that exists; null asks for no filter of that kind. */
export interface OutputRequest {
  readonly title?: string | null;
  /** Topic ids, or `*` for every topic. */
  readonly topics?: readonly string[];
  readonly feed?: FeedId | null;
  readonly source?: string | null;
  readonly lang?: string | null;
  readonly text?: string | null;
}

export interface OpenedOutput {
  readonly output: OutputFeed;
  /** The secret part of its address. It is nowhere else. */
  readonly secret: string;
}

const SECRET_BYTES = 32;
const NO_FILTER = { topics: [EVERY_TOPIC], feed: null, source: null, lang: null, text: null } as const;

/** Throws InvalidInputError with every problem found. */
export async function addOutput(ports: OutputPorts, request: OutputRequest): Promise<OpenedOutput> {
  const filter = filterAfter(NO_FILTER, request);
  const problems = await problemsOf(ports, request);
  const known = await ports.outputs.listOutputs();
  if (known.length >= MOST_OUTPUTS)
    problems.push(`outputs: there are ${known.length}, the most allowed; remove one that is not read any more`);
  if (problems.length > 0) throw new InvalidInputError('invalid_output', 'no output was added', problems);
  const secret = newSecret();
  const now = ports.clock.now().toISOString();
  const output: OutputFeed = {
    id: hashId('output', newSecret()),
    title: titleIn(request) ?? titleOf(filter),
    ...filter,
    createdAt: now,
    updatedAt: now,
    secretHash: secretHashOf(secret),
    lastReadOn: null,
  };
  await ports.outputs.createOutput(output);
  return { output, secret };
}

/** Its address stays. Throws InvalidInputError and NotFoundError. */
export async function changeOutput(ports: OutputPorts, id: string, request: OutputRequest): Promise<OutputFeed> {
  const before = await existingOutput(ports, id);
  const isNew = (topic: string): boolean => !before.topics.includes(topic);
  const isSameFeed = request.feed === before.feed;
  const problems = await problemsOf(ports, { ...request, ...(isSameFeed ? { feed: null } : {}) }, isNew);
  if (problems.length > 0) throw new InvalidInputError('invalid_output', 'nothing was changed', problems);
  const { topics, feed, source, lang, text } = filterAfter(before, request);
  const title = request.title === null ? titleOf({ topics }) : (titleIn(request) ?? before.title);
  await ports.outputs.updateOutput(id, { title, topics, feed, source, lang, text }, ports.clock.now().toISOString());
  return existingOutput(ports, id);
}

/** Another address; the one before opens nothing any more. Throws NotFoundError. */
export async function renewOutput(ports: Pick<OutputPorts, 'outputs' | 'clock'>, id: string): Promise<OpenedOutput> {
  const secret = newSecret();
  await ports.outputs.updateOutput(id, { secretHash: secretHashOf(secret) }, ports.clock.now().toISOString());
  return { output: await existingOutput(ports, id), secret };
}

/** Throws NotFoundError. */
export async function removeOutput(ports: Pick<OutputPorts, 'outputs'>, id: string): Promise<void> {
  await existingOutput(ports, id);
  await ports.outputs.removeOutput(id);
}

/** Throws NotFoundError. */
export async function existingOutput({ outputs }: Pick<OutputPorts, 'outputs'>, id: string): Promise<OutputFeed> {
  const output = await outputs.getOutput(id);
  if (output === null) throw new NotFoundError(`output ${quoteForeign(id)}`);
  return output;
}

type Filter = Pick<OutputFeed, 'topics' | 'feed' | 'source' | 'lang' | 'text'>;

const filterAfter = (before: Filter, request: OutputRequest): Filter => ({
  topics: request.topics === undefined ? before.topics : sortedTopics(request.topics),
  feed: request.feed === undefined ? before.feed : request.feed,
  source: textAfter(before.source, request.source),
  lang: textAfter(before.lang, request.lang),
  text: textAfter(before.text, request.text),
});

const textAfter = (before: string | null, wanted: string | null | undefined): string | null =>
  wanted === undefined ? before : wanted?.trim() || null;

const titleIn = ({ title }: OutputRequest): string | undefined => title?.trim() || undefined;

const titleOf = ({ topics }: Pick<Filter, 'topics'>): string =>
  topics.includes(EVERY_TOPIC) ? 'Every topic' : topics.join(', ').slice(0, LONGEST_OUTPUT_TITLE);

/** `isNew`: a topic that the output has already may have ended since. */
async function problemsOf(
  { topics, feeds }: OutputPorts,
  request: OutputRequest,
  isNew: (topic: string) => boolean = () => true,
): Promise<string[]> {
  const wanted = request.topics === undefined ? [EVERY_TOPIC] : sortedTopics(request.topics);
  const added = wanted.filter(isNew);
  const { feed } = request;
  return [
    ...(wanted.length === 0 ? ['topics: none is named; name topic ids, or "*" for every topic'] : []),
    ...(wanted.length > MOST_TOPICS_OF_OUTPUT
      ? [`topics: ${wanted.length} are named; expected at most ${MOST_TOPICS_OF_OUTPUT}, or "*" for every topic`]
      : []),
    ...(added.some((topic) => topic !== EVERY_TOPIC) ? problemsOfTopics(added, await topics.listEntries()) : []),
    ...(feed !== undefined && feed !== null && (await feeds.getFeed(feed)) === null
      ? [`feed: ${quoteForeign(feed)} is not the id of a feed; tocsin feeds list shows them`]
      : []),
  ];
}

const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');
