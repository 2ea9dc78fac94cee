import { fetchDocument } from '../../../adapters/http/fetch-document.ts';
import { type LoopbackWeb, serveWeb } from '../../support/loopback.ts';

let web: LoopbackWeb;
beforeEach(async () => {
  web = await serveWeb(({ url = '' }, response) => {
    const status = Number(url.slice(1)) || 200;
    response.writeHead(status).end('words');
  });
});
afterEach(() => web.close());

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('one document by its address', () => {
  it('is fetched from a private host that is allowed', async () => {
    expect(textOf(await fetchDocument(web.origin, { allowHosts: [web.pair] }))).toBe('words');
  });

  it('is not fetched from a private host that is not allowed', async () => {
    await expect(fetchDocument(web.origin)).rejects.toMatchObject({ kind: 'blocked' });
    expect(web.connections()).toBe(0);
  });

  it('is asked for under the name and contact of this instance, in any form', async () => {
    await fetchDocument(web.origin, { allowHosts: [web.pair], contact: 'https://watch.example.org/' });

    expect(web.requests[0]?.headers).toMatchObject({
      accept: '*/*',
      'user-agent': expect.stringMatching(/^Tocsin\/\S+ \(\+https:\/\/watch\.example\.org\/\)$/),
    });
  });

  it.each([
    [404, 'http'],
    [410, 'gone'],
    [429, 'throttled'],
    [500, 'http'],
  ])('is an error where the server answers %d', async (status, kind) => {
    await expect(fetchDocument(`${web.origin}/${status}`, { allowHosts: [web.pair] })).rejects.toMatchObject({
      kind,
      status,
    });
  });

  it('is not asked for where the allowed hosts cannot be read', async () => {
    await expect(fetchDocument(web.origin, { allowHosts: ['a:b:c'] })).rejects.toMatchObject({
      code: expect.stringMatching(/^invalid_/),
    });
  });
});
