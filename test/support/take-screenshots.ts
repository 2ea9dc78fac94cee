// Draws the pictures of docs/console.md: `npm run screenshots`. CHROMIUM names the browser where it is not Debian's.
import { mkdirSync } from 'node:fs';
import { feedIdOf } from '../../shared/model/ids.ts';
import { aFeed, aMatch, aSubscription, aTopic } from './builders.ts';
import { aConsole, openBrowser, openPage } from './console-world.ts';
import { deliverHit, placeHit } from './link-world.ts';

const STORIES = [
  [
    'high',
    'Norland to send mechanised brigade to its eastern border',
    'The defence ministry said that the *brigade* would be *sent* to the *border* within a week.',
    'Troop deployment',
  ],
  [
    'medium',
    'Fisheries treaty with Westmark ratified by the upper house',
    'The upper house *ratified* the *treaty* with 41 votes to 12.',
    'Treaty ratification',
  ],
  [
    'critical',
    'Strait closed to tankers after mines are found',
    'The navy *closed* the *strait* to tankers on Monday, after two *mines* were found.',
    'Blockades and chokepoints',
  ],
  [
    'low',
    'Joint exercise ends a day early because of storms',
    'The *exercise* of three navies *ended* a day early because of storms.',
    'Military exercises',
  ],
] as const;

const console = await aConsole();
console.clock.set(new Date().toISOString());
const { stores, clock } = console;
await stores.topics.putTopics(STORIES.map(([severity, , , title], n) => aTopic({ id: `topic-${n}`, title, severity })));
for (const name of ['The Norland Courier', 'Westmark Radio']) {
  const feed = aFeed({ url: `https://${name.toLowerCase().replaceAll(' ', '-')}.example.org/feed`, title: name });
  await stores.feeds.addFeed({ ...feed, id: feedIdOf(feed.url), intervalMinutes: 5 });
}
const subscription = aSubscription({ target: 'desk@example.org' });
await stores.subscriptions.createSubscription(subscription);
for (const [n, [severity, title, text, topicTitle]] of STORIES.entries()) {
  const at = new Date(clock.now().getTime() - n * 47 * 60_000).toISOString();
  const plain = text.replaceAll('*', '');
  const highlights: [number, number][] = [];
  let offset = 0;
  for (const [place, part] of text.split('*').entries()) {
    if (place % 2 === 1) highlights.push([offset, offset + part.length]);
    offset += part.length;
  }
  const match = aMatch({ topicId: `topic-${n}`, articleId: `article-${n}`, firstSeenAt: at });
  const passages = [
    { text: plain, field: 'body', origin: 'article', start: 0, end: plain.length, highlights },
  ] as const;
  const full = {
    ...match,
    topic: { ...match.topic, title: topicTitle, severity },
    article: { ...match.article, title },
    passages,
    expiresAt: Date.parse(at) / 1_000 + 90 * 86_400,
  };
  const hit = await placeHit(stores, [full], { id: `story-${n}` });
  await deliverHit(stores, hit, subscription, { createdAt: at, sentAt: at });
}
mkdirSync('docs/console', { recursive: true });
const browser = await openBrowser();
for (const [name, address] of [
  ['stories', '/'],
  ['story', '/stories/story-0?why=yes'],
  ['sources', '/sources'],
  ['subscriptions', '/deliveries/subscriptions'],
  ['status', '/status'],
] as const) {
  const { page } = await openPage(browser, console.url, address, { viewport: { width: 1280, height: 800 } });
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `docs/console/${name}.png` });
  await page.context().close();
}
await browser.close();
await console.stop();
