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
    return { status: response.status, html: await response.text() };
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
