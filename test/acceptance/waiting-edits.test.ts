// Edits that come within the hour after another wait for their turn, and are matched although the document does not change any more.
import { aTopic } from '../support/builders.ts';
import { aFollowedFeed, type Entry, rss } from '../support/followed-feed.ts';

const MINUTE = 60_000;
const BRIDGES = aTopic({ id: 'bridges', any: { en: ['bridge NEAR/5 collapsed'] } });
const FERRIES = aTopic({ id: 'ferries', any: { en: ['ferry NEAR/5 sank'] } });
const before: Entry = { title: 'Rain until Friday', guid: 'tag:rain', link: 'https://news.example.org/rain' };
const report = (text: string): Entry => ({
  title: 'Storm in the harbour',
  guid: 'tag:storm',
  link: 'https://news.example.org/storm',
  text,
});
const FIRST = 'The storm came in the night and the harbour is closed.';
const SECOND = `${FIRST} In the morning the old bridge collapsed.`;
const THIRD = `${SECOND} At noon the ferry to the island sank.`;

describe('a second edit within the hour', () => {
  it('is matched when its hour has passed, though the publisher sends the same document again and again', async () => {
    const { poll, world } = await aFollowedFeed([BRIDGES, FERRIES]);
    const last = rss([report(THIRD), before], 3);
    await poll(rss([before], 0));
    await poll(rss([report(FIRST), before], 1));
    await poll(rss([report(SECOND), before], 2), 40 * MINUTE);
    const afterFirstEdit = world.mails.length;

    for (let polls = 0; polls < 3; polls++) await poll(last, 40 * MINUTE);

    expect(afterFirstEdit).toBe(1);
    expect(world.mails.map(({ text }) => /sank/.test(text.replaceAll('*', '')))).toEqual([false, true]);
  });
});
