// The page behind the link in a mail.
import { createPublicLinks, type PublicLinkPorts } from '../../../shared/api/public-links.ts';
import { aClock, aSubscription } from '../../support/builders.ts';
import { aLog } from '../../support/fakes.ts';
import { createMemoryStores } from '../../support/memory-store.ts';

const TOKEN = 'a'.repeat(43);

async function aWorld(change: Partial<PublicLinkPorts> = {}) {
  const stores = createMemoryStores({ clock: aClock() });
  const subscription = aSubscription({ unsubscribeToken: TOKEN, topics: ['river-crossings', 'treaties'] });
  await stores.subscriptions.createSubscription(subscription);
  const links = createPublicLinks({ ...stores, clock: aClock(), log: aLog(), ...change });
  const ask = async (method: string, path = `/u/${TOKEN}`) => {
    const response = await links(new Request(`https://x.example${path}`, { method }));
    return { status: response.status, headers: Object.fromEntries(response.headers), html: await response.text() };
  };
  const state = async () => (await stores.subscriptions.getSubscription(subscription.id))?.state;
  return { ask, state, subscription };
}

it('asks before it ends a subscription, and names its topics but not its address', async () => {
  const { ask, state, subscription } = await aWorld();

  const { status, html } = await ask('GET');

  expect(status).toBe(200);
  expect(html).toContain('<form method="post">');
  expect(html).toContain('river-crossings, treaties');
  expect(html).not.toContain(subscription.target);
  expect(await state()).toBe('active');
});

it('ends it when that is confirmed, and then says so without asking again', async () => {
  const { ask, state } = await aWorld();

  const ended = await ask('POST');
  const after = await ask('GET');

  expect([ended.status, await state()]).toEqual([200, 'unsubscribed']);
  expect(ended.html).toContain('The subscription has ended.');
  expect(after.html).toContain('This subscription has ended.');
  expect(after.html).not.toContain('<form');
});

it.each([
  ['GET', `/u/${'b'.repeat(43)}`, 'This subscription does not exist'],
  ['POST', `/u/${'b'.repeat(43)}`, 'This subscription does not exist'],
  ['GET', `/u/${'a'.repeat(19)}`, 'This link is incomplete.'],
  ['GET', '/', 'This link is incomplete.'],
])('%s %s is not found', async (method, path, words) => {
  const { ask, state } = await aWorld();

  const { status, html } = await ask(method, path);

  expect([status, await state()]).toEqual([404, 'active']);
  expect(html).toContain(words);
});

it('asks for patience when the table does not answer, and logs why', async () => {
  const log = aLog();
  const { ask } = await aWorld({
    subscriptions: { getByToken: () => Promise.reject(new Error('no answer')) } as never,
    log,
  });

  const { status, html } = await ask('POST');

  expect(status).toBe(503);
  expect(html).toContain('try again in a few minutes');
  expect(html).not.toContain('no answer');
  expect(log.messages('error')).toEqual(['a public link failed']);
});

it.each([20, 100])('a token may have %d characters', async (length) => {
  const { ask } = await aWorld();

  expect((await ask('GET', `/u/${'-_'.repeat(50).slice(0, length)}`)).html).toContain(
    'This subscription does not exist',
  );
});

it.each([
  ['19 characters', `/u/${'a'.repeat(19)}`],
  ['101 characters', `/u/${'a'.repeat(101)}`],
  ['another character', `/u/${'a'.repeat(20)}.`],
  ['a place behind it', `/u/${TOKEN}/x`],
  ['a place before it', `/x/u/${TOKEN}`],
])('a link with %s is incomplete', async (_name, path) => {
  const { ask } = await aWorld();
  const { status, html } = await ask('POST', path);

  expect(status).toBe(404);
  expect(html).toContain('This link is incomplete. Copy all of it from the mail.');
});

it('a page is kept by nobody, framed by nobody, and runs nothing', async () => {
  const { ask } = await aWorld();
  const { headers, html } = await ask('GET');

  expect(headers).toEqual({
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(html)),
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
});

describe('a page says in its title and in words what came of it:', () => {
  const NOT_FOUND = 'This subscription does not exist; it may have been removed.';
  const OTHER = `/u/${'b'.repeat(43)}`;
  const shown = ({ html }: { html: string }) => ({
    title: /<title>(.*) – Tocsin<\/title>/.exec(html)?.[1],
    heading: /<h1>(.*)<\/h1>/.exec(html)?.[1],
    text: /<p>(.*?)<\/p>/.exec(html)?.[1],
    hasForm: html.includes('<form method="post"><button type="submit">Unsubscribe</button></form>'),
  });

  it.each([
    [
      'GET',
      `/u/${TOKEN}`,
      200,
      'Unsubscribe',
      'End all alerts of this subscription (river-crossings, treaties)?',
      true,
    ],
    [
      'POST',
      `/u/${TOKEN}`,
      200,
      'Unsubscribed',
      'The subscription has ended. You will receive no more mail from it.',
      false,
    ],
    ['GET', OTHER, 404, 'Not found', NOT_FOUND, false],
    ['POST', OTHER, 404, 'Not found', NOT_FOUND, false],
    ['PUT', `/u/${TOKEN}`, 405, 'Method not allowed', 'Open the link in a browser.', false],
  ] as const)('%s %s', async (method, path, status, title, text, hasForm) => {
    const answer = await (await aWorld()).ask(method, path);

    expect(answer.status).toBe(status);
    expect(shown(answer)).toEqual({ title, heading: title, text, hasForm });
  });

  it('of what has ended already', async () => {
    const { ask } = await aWorld();
    await ask('POST');

    expect(shown(await ask('GET'))).toEqual({
      title: 'Not subscribed',
      heading: 'Not subscribed',
      text: 'This subscription has ended. You will receive no more mail from it.',
      hasForm: false,
    });
  });

  it('of what failed', async () => {
    const { ask } = await aWorld({ subscriptions: { getByToken: () => Promise.reject(new Error('no')) } as never });

    expect(shown(await ask('GET'))).toMatchObject({
      title: 'Temporarily unavailable',
      text: 'Something failed on our side. Nothing was changed; please try again in a few minutes.',
    });
  });
});

it('names every topic by these words, and any topic without letting it into the page', async () => {
  const pageOf = async (topics: readonly string[]) => {
    const getByToken = async () => aSubscription({ topics });
    return (await (await aWorld({ subscriptions: { getByToken } as never })).ask('GET')).html;
  };

  expect(await pageOf(['*'])).toContain('(every topic)?');
  expect(await pageOf(['<b>'])).toContain('(&lt;b&gt;)?');
});
