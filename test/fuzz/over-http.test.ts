// Mutated documents in mutated answers, over a real connection: whatever comes is items or one typed error, and the fetcher goes on.
import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createFeedFetcher } from '../../adapters/http/feed-fetcher.ts';
import { openWeb } from '../../adapters/http/web.ts';
import { FetchFailedError } from '../../shared/core/errors.ts';
import { mapConcurrently } from '../../shared/core/map-concurrently.ts';
import { readFeed } from '../../shared/feeds/read-feed.ts';
import { serveWeb } from '../support/loopback.ts';
import { seeded } from '../support/seeded.ts';
import { documentOf } from './document-of.ts';
import { seedDocuments } from './seed-documents.ts';

const DOCUMENTS = 2_000;
const SEED = 11;
const AT_ONCE = 8;
const HONEST_FEED = '<rss version="2.0"><channel><title>T</title><item><title>Convoy</title></item></channel></rss>';

type Dress = (body: Buffer, response: ServerResponse, random: () => number) => void;

const cutAt = (body: Buffer, random: () => number): Buffer => body.subarray(0, Math.floor(random() * body.length));

/** Ways in which servers answer, honest ones most often. */
const DRESSES: readonly Dress[] = [
  (body, response) => response.end(body),
  (body, response) => response.setHeader('content-length', body.length).end(body),
  (body, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(body, { level: 1 })),
  (body, response) => response.setHeader('content-encoding', 'br').end(brotliCompressSync(body.subarray(0, 20_000))),
  (body, response) => response.setHeader('content-encoding', 'deflate').end(deflateSync(body, { level: 1 })),
  (body, response) => response.setHeader('content-encoding', 'gzip').end(body),
  (body, response, random) =>
    response.setHeader('content-encoding', 'gzip').end(cutAt(gzipSync(body, { level: 1 }), random)),
  (body, response, random) => {
    response.setHeader('content-length', body.length + 1).write(cutAt(body, random), () => response.destroy());
  },
  (body, response, random) => {
    response.write(cutAt(body, random), () => response.destroy());
  },
  (body, response, random) => response.writeHead(200 + Math.floor(random() * 400)).end(body),
  (body, response, random) =>
    response.setHeader('last-modified', `${random()}`).setHeader('retry-after', 'soon').end(body),
];

it(`${DOCUMENTS} mutated documents in as many answers are read or refused`, async () => {
  const seeds = seedDocuments();
  const web = await serveWeb((request, response) => {
    if (request.url === '/honest') {
      response.setHeader('content-type', 'application/rss+xml').end(HONEST_FEED);
      return;
    }
    const number = Number(request.url?.slice(1));
    const { body, contentType } = documentOf(seeds, SEED, number);
    const random = seeded(number);
    if (contentType !== undefined && /^[\x20-\x7e]+$/.test(contentType))
      response.setHeader('content-type', contentType);
    DRESSES[Math.floor(random() * DRESSES.length)]?.(Buffer.from(body), response, random);
  });
  const settings = { contact: '', fetch: { allowHosts: [web.pair] } };
  const parts = openWeb(settings);
  const fetcher = createFeedFetcher(parts);
  const tally = new Map<string, number>();

  await mapConcurrently(
    Array.from({ length: DOCUMENTS }, (_, number) => number),
    AT_ONCE,
    async (number) => {
      const outcome = await fetcher
        .fetchFeed({ url: `${web.origin}/${number}`, validators: null })
        .then((answer) => (answer.kind === 'changed' ? readFeed({ ...answer, url: answer.finalUrl }) : null))
        .then(
          () => 'read',
          (error: unknown) => (error instanceof FetchFailedError ? error.kind : `${number}: ${String(error)}`),
        );
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
    },
  );
  const after = await fetcher.fetchFeed({ url: `${web.origin}/honest`, validators: null });
  parts.fetch.close();
  await web.close();

  const kinds = [
    'read',
    'decode',
    'reset',
    'http',
    'gone',
    'throttled',
    'not_a_feed',
    'parse',
    'empty',
    'redirects',
    'timeout',
  ];
  expect([...tally.keys()].filter((outcome) => !kinds.includes(outcome))).toEqual([]);
  expect(tally.get('read')).toBeGreaterThan(DOCUMENTS / 4);
  expect(tally.get('decode')).toBeGreaterThan(50);
  expect(tally.get('reset')).toBeGreaterThan(50);
  expect(after).toMatchObject({ kind: 'changed', body: new Uint8Array(Buffer.from(HONEST_FEED)) });
}, 60_000);
