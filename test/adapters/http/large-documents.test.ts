// Many documents are read at once, but few large ones: a large one waits for its turn, and its publisher with it.
import type { ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createLargeDocuments, type LargeDocumentsOptions } from '../../../adapters/http/large-documents.ts';
import { openWeb } from '../../../adapters/http/web.ts';
import { NoTurnError } from '../../../shared/core/errors.ts';
import type { DocumentTurn, LargeDocuments } from '../../../shared/ports.ts';
import { serveWeb } from '../../support/loopback.ts';
import { until } from '../../support/waiting.ts';

const SMALL_BYTES = 50_000;
const SMALL = 'x'.repeat(SMALL_BYTES);
/** More than the kernel takes from a server whose reader does not read. */
const LARGE = 'x'.repeat(20_000_000);
const MAX_BYTES = 30_000_000;

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

type Send = (response: ServerResponse, path: string) => void;

const SEND_WHOLE: Send = (response, path) => response.end(path.startsWith('/large') ? LARGE : SMALL);

/** One large document at a time, unless told otherwise. Documents are held until `done` is called. */
async function reader(send: Send = SEND_WHOLE, options: LargeDocumentsOptions & { totalMs?: number } = {}) {
  const { totalMs, ...sizes } = options;
  const server = await serveWeb((request, response) => send(response, request.url ?? ''));
  const largeDocuments = createLargeDocuments({ smallBytes: SMALL_BYTES, atOnce: 1, waitMs: 60_000, ...sizes });
  const settings = { contact: '', fetch: { allowHosts: [server.pair] } };
  const { fetch } = openWeb(settings, {
    largeDocuments,
    limits: totalMs === undefined ? {} : { totalMs, idleMs: totalMs / 2 },
  });
  open.push(server, fetch);
  const there: string[] = [];
  const asking: string[] = [];
  const read = (path: string) => {
    const document = { done: () => {}, ended: Promise.resolve<unknown>(null) };
    const handedOn = new Promise<void>((resolve) => {
      document.done = resolve;
    });
    document.ended = largeDocuments
      .withTurn(async (turn) => {
        const take = (): Promise<boolean> => {
          asking.push(path);
          return turn.take();
        };
        const url = `${server.origin}${path}`;
        const { body, spentMs } = await fetch.get({ url, maxBytes: MAX_BYTES, turn: { ...turn, take } });
        there.push(path);
        await handedOn;
        return { bytes: body.length, spentMs };
      })
      .catch((error: unknown) => error);
    return document;
  };
  return { server, fetch, largeDocuments, asking, there, read };
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write('x'), 10);
  response.on('close', () => clearInterval(timer));
}

/** What comes of a server that sends nothing more, with these limits. */
async function silence(totalMs: number): Promise<{ readonly ended: unknown }> {
  const { read } = await reader((response) => response.writeHead(200).write('x'), { totalMs });
  return { ended: await read('/').ended };
}

/** Holds the turn until the function that it gives is called. */
async function hold(largeDocuments: LargeDocuments): Promise<() => Promise<void>> {
  let end = (): void => {};
  const until = new Promise<void>((resolve) => {
    end = resolve;
  });
  let holding: Promise<void> = Promise.resolve();
  await new Promise<void>((begun) => {
    holding = largeDocuments.withTurn(async (turn) => {
      await turn.take();
      begun();
      await until;
    });
  });
  return () => {
    end();
    return holding;
  };
}

describe('a large document', () => {
  it('is read when the one before it is no longer needed, while small ones are not held up', async () => {
    const responses = new Map<string, ServerResponse>();
    const { asking, there, read } = await reader((response, path) => {
      responses.set(path, response);
      SEND_WHOLE(response, path);
    });

    const first = read('/large/1');
    await until(() => there.includes('/large/1'));
    const second = read('/large/2');
    await until(() => asking.includes('/large/2'));
    const small = read('/small');
    await until(() => there.includes('/small'));

    expect(there).toEqual(['/large/1', '/small']);
    expect(asking).toEqual(['/large/1', '/large/2']);
    expect(responses.get('/large/2')?.writableFinished).toBe(false); // its server waits, too
    first.done();
    await until(() => there.includes('/large/2'));
    second.done();
    small.done();
    const bytes = await Promise.all([first, second, small].map(async ({ ended }) => (await ended) as object));
    expect(bytes).toMatchObject([{ bytes: LARGE.length }, { bytes: LARGE.length }, { bytes: SMALL.length }]);
  });

  it('waits for its turn also when it arrives whole, in one piece', async () => {
    const { asking, there, read } = await reader((response) => response.end('x'.repeat(200)), { smallBytes: 100 });
    const first = read('/first');
    await until(() => there.length === 1);

    const second = read('/second');
    await until(() => asking.length === 2);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    const before = [...there];
    first.done();
    await until(() => there.length === 2);
    second.done();

    expect(before).toEqual(['/first']);
  });

  it('has its turn in the order of asking', async () => {
    const { largeDocuments, asking, there, read } = await reader();
    const end = await hold(largeDocuments);

    const documents: ReturnType<typeof read>[] = [];
    for (const path of ['/large/a', '/large/b', '/large/c']) {
      documents.push(read(path));
      await until(() => asking.includes(path));
    }
    await end();
    for (const [index, { done }] of documents.entries()) {
      await until(() => there.length === index + 1);
      done();
    }

    expect(there).toEqual(['/large/a', '/large/b', '/large/c']);
  });

  it.each([
    ['with gzip', 'gzip', gzipSync],
    ['with Brotli', 'br', brotliCompressSync],
    ['twice', 'gzip', (text: string) => gzipSync(gzipSync(text))],
  ])('waits although it is small while compressed %s', async (_, coding, compress) => {
    const { largeDocuments, asking, there, read } = await reader((response, path) =>
      response.writeHead(200, { 'content-encoding': coding }).end(compress(path === '/small' ? SMALL : `${SMALL}x`)),
    );
    const end = await hold(largeDocuments);

    const large = read('/large');
    await until(() => asking.includes('/large'));
    const small = read('/small');
    await until(() => there.includes('/small'));
    await end();
    large.done();
    small.done();

    expect(asking).toEqual(['/large']);
    expect(await large.ended).toMatchObject({ bytes: SMALL_BYTES + 1 });
    expect(await small.ended).toMatchObject({ bytes: SMALL_BYTES });
  });

  it('is not timed out by its wait', async () => {
    const { largeDocuments, asking, read } = await reader((response) => response.end(`${SMALL}x`), { totalMs: 1_000 });
    const end = await hold(largeDocuments);

    const waits = read('/large');
    await until(() => asking.includes('/large'));
    const { ended } = await silence(3_000);
    expect(ended).toHaveProperty('kind', 'timeout'); // as long as a document may take has passed
    await end();
    waits.done();

    expect(await waits.ended).toMatchObject({ bytes: SMALL_BYTES + 1 });
    expect(((await waits.ended) as { spentMs: number }).spentMs).toBeLessThan(1_000);
  });

  it.each([
    ['falls silent', 'silent for 0.3 s', (_response: ServerResponse) => {}],
    ['drips', 'no whole answer within 0.5 s', drip],
  ])('loses its turn when its server then %s', async (_, message, goOn) => {
    const { there, read } = await reader(
      (response, path) => {
        if (path === '/good') response.end(`${SMALL}x`);
        else {
          response.writeHead(200).write(`${SMALL}x`);
          goOn(response);
        }
      },
      { totalMs: 500 },
    );

    expect(await read('/bad').ended).toHaveProperty('message', expect.stringContaining(message));

    await expectGood(read('/good'), there);
  });

  it.each([
    [
      'is cut off',
      'reset',
      (response: ServerResponse) => response.writeHead(200).write(LARGE, () => response.destroy()),
    ],
    ['is too long', 'too_large', (response: ServerResponse) => response.end('x'.repeat(MAX_BYTES + 1))],
  ])('loses its turn when it %s', async (_, kind, send) => {
    const { there, read } = await reader((response, path) => (path === '/good' ? response.end(LARGE) : send(response)));

    expect(await read('/bad').ended).toHaveProperty('kind', kind);

    await expectGood(read('/good'), there);
  });

  it('does not wait without end, and nothing is held against it then', async () => {
    const { largeDocuments, there, read } = await reader(SEND_WHOLE, { waitMs: 0 });
    const end = await hold(largeDocuments);

    const failure = await read('/large').ended;

    expect(failure).toBeInstanceOf(NoTurnError);
    expect(failure).toMatchObject({ kind: 'throttled', retryAfterSeconds: 60 });
    await end();
    await expectGood(read('/large/again'), there);
  });

  it('compressed twice is not taken for what it is not when it has no turn', async () => {
    const { largeDocuments, read } = await reader(
      (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(gzipSync(`${SMALL}x`))),
      { waitMs: 0 },
    );
    const end = await hold(largeDocuments);

    expect(await read('/').ended).toBeInstanceOf(NoTurnError);

    await end();
  });

  it('passes on a turn that comes when it is no longer wanted', async () => {
    const { largeDocuments, there, read } = await reader();
    const end = await hold(largeDocuments);
    const gone = largeDocuments.withTurn(async (turn) => void turn.take());
    await gone;

    await end();

    await expectGood(read('/large'), there);
  });

  it('whose server hung up while it waited is not held against the server', async () => {
    const { server, fetch } = await reader((response) =>
      response.writeHead(200).write(LARGE, () => response.destroy()),
    );
    const waited: DocumentTurn = { smallBytes: SMALL_BYTES, take: async () => true, waitedMs: () => 60_000 };

    const asked = fetch.get({ url: server.origin, maxBytes: MAX_BYTES, turn: waited });

    await expect(asked).rejects.toBeInstanceOf(NoTurnError);
  });

  it('has a turn of its own while it is fetched when it was given none', async () => {
    const { server, fetch, largeDocuments } = await reader(SEND_WHOLE, { waitMs: 0 });
    const ask = () => fetch.get({ url: `${server.origin}/large`, maxBytes: MAX_BYTES });
    const end = await hold(largeDocuments);
    await expect(ask()).rejects.toBeInstanceOf(NoTurnError);
    await end();

    expect((await ask()).body).toHaveLength(LARGE.length);
    expect((await ask()).body).toHaveLength(LARGE.length);
  });
});

async function expectGood(document: { done(): void; ended: Promise<unknown> }, there: readonly string[]) {
  const before = there.length;
  await until(() => there.length > before);
  document.done();
  expect(await document.ended).toHaveProperty('bytes');
}
