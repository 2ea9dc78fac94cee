// Publishes the sample items of both outlets on loopback: some at once, the others one by one, so that a user can watch; a restart continues where
// the last run stopped.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalQueues } from '../queues/queues.ts';
import { closeServer } from '../system/close-server.ts';
import type { InstanceClock } from '../system/instance-clock.ts';
import { SAMPLE_ITEMS, SAMPLE_OUTLETS, type SampleOutlet } from './items.ts';
import { type PublishedSample, renderSampleFeed, renderSamplePage } from './render.ts';

const SETTING = 'sample feed';
const PATHS: Readonly<Record<SampleOutlet, string>> = { wire: '/sample.rss', gazette: '/sample-gazette.rss' };
const OUTLETS: readonly SampleOutlet[] = ['wire', 'gazette'];
/** Published at once: three items that match and a decoy. */
const AT_ONCE = 4;
/** Between two further items: quick enough to watch, slow enough to read. */
const EVERY_MS = 2_500;

interface State {
  /** Kept, so that the addresses of the feeds, and so their ids, stay the same. */
  readonly port: number;
  readonly published: Readonly<Record<string, string>>;
}

export interface SampleFeed {
  /** One of each outlet. */
  readonly feeds: readonly { readonly url: string; readonly title: string }[];
  /** `HOST:PORT`, the one address that may be private by itself. */
  readonly allowHost: string;
  /** Calls back at each further publication: the publisher's ping. */
  onPublish(listener: () => void): void;
  stop(): Promise<void>;
}

/** `allAtOnce` publishes everything now: for a run that ends when its work is done. */
export async function startSampleFeed(
  queues: LocalQueues,
  { allAtOnce, clock }: { readonly allAtOnce: boolean; readonly clock: InstanceClock },
): Promise<SampleFeed> {
  let state = loadState(queues);
  const listeners = new Set<() => void>();
  const publish = (count: number): void => {
    const now = clock.now().toISOString();
    const next = SAMPLE_ITEMS.filter(({ slug }) => state.published[slug] === undefined).slice(0, count);
    if (next.length === 0) return;
    const after = {
      ...state,
      published: { ...state.published, ...Object.fromEntries(next.map(({ slug }) => [slug, now])) },
    };
    queues.setSetting(SETTING, JSON.stringify(after));
    state = after;
    for (const listener of listeners) listener();
  };
  const server = createServer((request, response) => {
    const item = SAMPLE_ITEMS.find(({ slug }) => request.url === `/sample/${slug}`);
    const outlet = OUTLETS.find((each) => request.url === PATHS[each]);
    const isFeed = outlet !== undefined;
    response.writeHead(isFeed || item !== undefined ? 200 : 404, {
      'content-type': isFeed ? 'application/rss+xml; charset=utf-8' : 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    });
    if (isFeed) response.end(renderSampleFeed(publishedOf(state, outlet), `http://127.0.0.1:${state.port}`, outlet));
    else response.end(item === undefined ? 'Not found.' : renderSamplePage(item));
  });
  state = { ...state, port: await listen(server, state.port) };
  publish(allAtOnce ? SAMPLE_ITEMS.length : Math.max(0, AT_ONCE - Object.keys(state.published).length));
  queues.setSetting(SETTING, JSON.stringify(state));
  let cancelTimer = (): void => {};
  const publishNext = (): void => {
    try {
      publish(1);
    } catch {
      // The disk is full; the next interval publishes it.
    }
    cancelTimer = clock.after(EVERY_MS, publishNext);
  };
  cancelTimer = clock.after(EVERY_MS, publishNext);
  return {
    feeds: OUTLETS.map((outlet) => ({
      url: `http://127.0.0.1:${state.port}${PATHS[outlet]}`,
      title: SAMPLE_OUTLETS[outlet],
    })),
    allowHost: `127.0.0.1:${state.port}`,
    onPublish: (listener) => void listeners.add(listener),
    stop: async () => {
      cancelTimer();
      await closeServer(server);
    },
  };
}

function loadState(queues: LocalQueues): State {
  const stored = queues.getSetting(SETTING);
  return stored === null ? { port: 0, published: {} } : (JSON.parse(stored) as State);
}

const publishedOf = ({ published }: State, outlet: SampleOutlet): readonly PublishedSample[] =>
  SAMPLE_ITEMS.flatMap((item) => {
    const publishedAt = published[item.slug];
    return publishedAt === undefined || item.outlet !== outlet ? [] : [{ ...item, publishedAt }];
  });

/** The port of the last run, or a free one if that is taken now: the sample is then a new feed, and its items are new too. */
async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  const attempt = (wanted: number): Promise<boolean> =>
    new Promise((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(wanted, '127.0.0.1', () => resolve(true));
    });
  if (!(port > 0 && (await attempt(port)))) await attempt(0);
  return (server.address() as AddressInfo).port;
}
