// Publishers on loopback: RSS, Atom and JSON feeds on several hosts, some known by name only, some whose news stands on pages, a few of
// them hostile. They publish and edit by chance, and remember what each item must lead to.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { below, pick, type Random } from '../support/seeded.ts';
import { documentOf, type News, pageOf, type Saying } from './documents.ts';
import { HOSTILE } from './hostile.ts';
import type { ExpectedItem } from './ledger.ts';

/** The topic that holds in what is said. */
const TOPICS: Readonly<Record<Saying, string>> = { troops: 'troop-deployment', bridge: 'bridge-closure' };

/** `reset`: connections are cut. `silent`: nothing is answered. `throttled`: 429 or 503 with Retry-After. */
export type PublisherMode = 'up' | 'reset' | 'silent' | 'throttled';

export interface Publishers {
  /** `HOST:PORT` of each, for fetch.allowHosts. */
  readonly pairs: readonly string[];
  readonly feeds: readonly SoakFeed[];
  setMode(mode: PublisherMode): void;
  /** A new item of a feed chosen by chance, or an edit of an earlier one. */
  publish(): void;
  /** All items so far, as they stand now; those of some feeds only. */
  expected(of?: (feed: SoakFeed) => boolean): readonly ExpectedItem[];
  /** From now on feeds need not show these, unless they were edited since; they still show their newest ones. */
  mayDrop(items: readonly ExpectedItem[]): void;
  close(): void;
}

export interface SoakFeed {
  readonly url: string;
  readonly isHostile: boolean;
  /** Read at its page: the feed holds a summary only. */
  readonly hasPages: boolean;
  /** Known by a name, not by an address. */
  readonly hasName: boolean;
}

interface Item extends News {
  readonly feed: number;
  isEdited: boolean;
  isDropped: boolean;
}

interface State {
  mode: PublisherMode;
  readonly items: Item[];
}

/** Alike for all; what a publisher asks for must end within the recovery that the soak waits for. */
const RETRY_AFTER_SECONDS = 15;
const NEWEST_SHOWN = 10;
const HOSTS = 6;
const SAYINGS: readonly (readonly Saying[])[] = [['troops'], ['troops'], ['bridge'], ['troops', 'bridge'], []];
const EDITS_ONE_IN = 8;

/** All feeds of the last host are hostile, and those of another have pages. */
const isHostile = (feed: number): boolean => feed % HOSTS === HOSTS - 1;
const hasPages = (feed: number): boolean => feed % HOSTS === 1;
/** Every second host. */
const hasName = (feed: number): boolean => (feed % HOSTS) % 2 === 1;

/** Names end in `.test` and lead to loopback; see `addressOfName`. */
const nameOf = (host: number): string => `publisher-${host}.test`;
/** Addresses of one network card; elsewhere only 127.0.0.1 exists. */
const addressOf = (host: number): string => (process.platform === 'linux' ? `127.0.7.${host + 1}` : '127.0.0.1');

export function addressOfName(name: string): string | null {
  const host = /^publisher-(\d+)\.test$/.exec(name)?.[1];
  return host === undefined ? null : addressOf(Number(host));
}

export async function startPublishers(count: number, random: Random): Promise<Publishers> {
  const state: State = { mode: 'up', items: [] };
  const pairs: string[] = [];
  const originOf = (feed: number): string => `http://${pairs[feed % HOSTS]}`;
  const hosts = await Promise.all(
    Array.from({ length: HOSTS }, (_, host) => startHost(host, state, answering(state, originOf, random))),
  );
  pairs.push(...hosts.map(({ port }, host) => `${hasName(host) ? nameOf(host) : addressOf(host)}:${port}`));
  const feeds = Array.from({ length: count }, (_, feed) => feed);
  const good = feeds.filter((feed) => !isHostile(feed));
  const described = feeds.map((feed) => ({
    url: `${originOf(feed)}/feeds/${feed}`,
    isHostile: isHostile(feed),
    hasPages: hasPages(feed),
    hasName: hasName(feed),
  }));
  return {
    pairs,
    feeds: described,
    setMode: (mode) => {
      state.mode = mode;
      if (mode !== 'up') for (const { cut } of hosts) cut();
    },
    publish: () => {
      const edited = below(random, EDITS_ONE_IN) === 0 ? pickEditable(state.items, random) : undefined;
      if (edited === undefined)
        state.items.push(newItem(pick(random, good), state.items.length + 1, pick(random, SAYINGS)));
      else
        Object.assign(edited, { says: edited.says.length === 0 ? ['troops'] : ['troops', 'bridge'], isEdited: true });
    },
    expected: (of = () => true) =>
      state.items.flatMap(({ id, feed, says }) => {
        const from = described[feed];
        return from !== undefined && of(from) ? [{ id, topics: says.map((saying) => TOPICS[saying]) }] : [];
      }),
    mayDrop: (dropped) => {
      const topics = new Map(dropped.map((item) => [item.id, item.topics.length]));
      for (const item of state.items) if (topics.get(item.id) === item.says.length) item.isDropped = true;
    },
    close: () => {
      for (const { close } of hosts) close();
    },
  };
}

/** What one of the hosts answers to a request. */
function answering(state: State, originOf: (feed: number) => string, random: Random): RequestListener {
  return ({ url = '', headers }, response) => {
    const [, kind, id = ''] = /^\/(feeds|items)\/([\d-]+)$/.exec(url) ?? [];
    const feed = Number(id);
    const item = state.items.find((each) => each.id === id);
    if (state.mode === 'silent') return;
    if (state.mode === 'throttled') askForPatience(response, random);
    else if (kind === 'items' && item !== undefined) sendText(response, 'text/html', pageOf(item), headers);
    else if (kind !== 'feeds') response.writeHead(404).end();
    else if (isHostile(feed)) HOSTILE[Math.floor(feed / HOSTS) % HOSTILE.length]?.answer(response);
    else {
      const shown = shownOf(state.items.filter((each) => each.feed === feed)).reverse();
      const [type, text] = documentOf(feed, shown, originOf(feed), hasPages(feed));
      sendText(response, type, text, headers);
    }
  };
}

const askForPatience = (response: ServerResponse, random: Random): void =>
  void response.writeHead(pick(random, [429, 503]), { 'retry-after': String(RETRY_AFTER_SECONDS) }).end();

function startHost(
  host: number,
  state: { readonly mode: PublisherMode },
  answer: RequestListener,
): Promise<{ readonly port: number; cut(): void; close(): void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((request, response) => {
    response.on('error', () => {});
    answer(request, response);
  });
  server.on('connection', (socket: Socket) => {
    if (state.mode === 'reset') return void socket.destroy();
    sockets.add(socket.on('close', () => sockets.delete(socket)));
  });
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, addressOf(host), () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        cut,
        close: () => {
          cut();
          server.close();
        },
      }),
    );
  });
}

const newItem = (feed: number, number: number, says: readonly Saying[]): Item => ({
  id: `${feed}-${number}`,
  feed,
  at: new Date(),
  says,
  isEdited: false,
  isDropped: false,
});

/** Each is edited once at most, since a second edit waits for an hour; and only while its feed shows it. Pages are not read again. */
function pickEditable(items: readonly Item[], random: Random): Item | undefined {
  const editable = items.filter(
    ({ says, isEdited, isDropped, feed }) =>
      !isEdited && !isDropped && !hasPages(feed) && (says.length === 0 || (says.length === 1 && says[0] === 'troops')),
  );
  return editable.length === 0 ? undefined : pick(random, editable);
}

const shownOf = (items: readonly Item[]): Item[] => {
  const newestFrom = items.length - NEWEST_SHOWN;
  return items.filter(({ isDropped }, at) => !isDropped || at >= newestFrom);
};

function sendText(response: ServerResponse, type: string, text: string, headers: IncomingMessage['headers']): void {
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`;
  if (headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, etag }).end(text);
}
