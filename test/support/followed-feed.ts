// One feed whose documents are written entry by entry and read by the real reader, with a reader who is mailed of each match at once.
import { readFeed } from '../../shared/feeds/read-feed.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import type { Topic } from '../../shared/model/topic.ts';
import { aSubscription, aTopic, START } from './builders.ts';
import { aPipelineWorld, startProcess } from './pipeline-world.ts';

export const FEED = 'https://news.example.org/feed.xml';
const MINUTE_MS = 60_000;

export interface Entry {
  readonly title: string;
  readonly guid?: string;
  readonly link?: string;
  readonly date?: string;
  readonly text?: string;
}

/** What an entry says unless a test gives it other words. */
export const TEXT = 'The trucks stood at the ferry since Monday.';
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const element = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`;

export function rss(entries: readonly Entry[], built: number): string {
  const items = entries.map(
    ({ title, guid, link, date, text = TEXT }) =>
      `<item>${element('title', title)}${element('guid', guid)}${element('link', link)}${element('pubDate', date)}${element('description', text)}</item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour news</title>
    <link>https://news.example.org/</link><generator>build ${built}</generator>${items.join('\n')}</channel></rss>`;
}

export const atom = (entries: readonly Entry[]): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour news</title>${entries
    .map(
      ({ title, guid, link = '', text = TEXT }) =>
        `<entry>${element('title', title)}${element('id', guid)}<link href="${escaped(link)}"/>${element('summary', text)}</entry>`,
    )
    .join('')}</feed>`;

/** A publisher that shows one document after the other, and a reader who is mailed of each convoy at once. */
export async function aFollowedFeed(topics: readonly Topic[] = [aTopic()]) {
  const world = {
    ...(await aPipelineWorld({
      at: START,
      feeds: [{ url: FEED, fullText: 'never' }],
      topics,
      subscriptions: [aSubscription({ topics: ['*'], follow: 'all' })],
    })),
    readFeed,
  };
  const process = startProcess(world);
  const poll = async (document: string, afterMs = 10 * MINUTE_MS): Promise<void> => {
    world.clock.advance(afterMs);
    world.publisher.answer(FEED, async () => ({
      kind: 'changed',
      body: new TextEncoder().encode(document),
      contentType: 'application/rss+xml',
      finalUrl: FEED,
      movedTo: null,
      etag: null,
      lastModified: null,
      freshSeconds: null,
    }));
    await process.poll({ v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds: [feedIdOf(FEED)] });
    await process.drain();
  };
  /** Numbers of the convoys told of, in the order of the mails. */
  const told = (): string[] =>
    world.mails.flatMap(({ text }) =>
      [...text.replaceAll('*', '').matchAll(/^.*Convoy (\d+) crosses the river.*$/gm)].map(([, n]) => n!),
    );
  return { poll, told, world };
}
