// The notice to operators about feeds: which, since when, why, and what to do.
import { feedIncidentNotice } from '../../../shared/alerts/feed-incident-notice.ts';
import type { Feed } from '../../../shared/model/feed.ts';
import { aFeed, aPollState, later } from '../../support/builders.ts';
import { previewOf, shownIn, textsIn } from '../../support/parsed-mail.ts';

const HOUR = 3_600_000;
const urlOf = (name: string): string => `https://${name}.example.org/feed.xml`;

const failing = (name: string, message: string, change: Partial<Feed> = {}): Feed =>
  aFeed({
    url: urlOf(name),
    title: name,
    state: aPollState({ failure: { since: later(-24 * HOUR), count: 12, kind: 'http', message } }),
    ...change,
  });
const gone = (name: string): Feed =>
  aFeed({ url: urlOf(name), title: name, state: aPollState({ goneAt: later(-HOUR) }) });
const recovered = (name: string): Feed => aFeed({ url: urlOf(name), title: name });

const NONE = { failing: [], gone: [], recovered: [] };

describe('a notice about feeds', () => {
  it('has a part for those that fail, those that ended and those that work again, each feed with its cause', () => {
    const { subject, text } = feedIncidentNotice({
      failing: [failing('gazette', `${urlOf('gazette')}: answered 503.`), failing('herald', 'no address.')],
      gone: [gone('old')],
      recovered: [recovered('wire')],
    });

    expect(subject).toBe('Tocsin: 2 feeds fail, 1 feed is gone, 1 feed answers again');
    expect(
      text,
    ).toBe(`2 feeds: could not be read for six hours or longer. Each is tried again automatically, at least once a day.

* gazette: https://gazette.example.org/feed.xml
  since 2026-11-16 08:00 UTC, 12 tries: answered 503.
* herald: https://herald.example.org/feed.xml
  since 2026-11-16 08:00 UTC, 12 tries: no address.

1 feed: ended by the publisher (410) and no longer polled. Remove it, or add its new address.

* old: https://old.example.org/feed.xml
  since 2026-11-17 07:00 UTC

1 feed: working again.

* wire: https://wire.example.org/feed.xml

You are notified once for each. State of all feeds: tocsin feeds list. What to do: docs/runbook.md, "feeds that fail".
`);
  });

  it('says the same as a mail, with the subject as its title and in the list of mails', () => {
    const notice = feedIncidentNotice({
      failing: [failing('gazette', 'answered 503.')],
      gone: [gone('old')],
      recovered: [recovered('wire'), recovered('ticker')],
    });

    expect(previewOf(notice)).toBe('1 feed fails, 1 feed is gone, 2 feeds answer again');
    expect(textsIn(notice, 'title')).toEqual(['Tocsin: 1 feed fails, 1 feed is gone, 2 feeds answer again']);
    const words = shownIn(notice);
    for (const said of [
      '1 feed: could not be read for six hours or longer.',
      'since 2026-11-16 08:00 UTC, 12 tries: answered 503.',
      '1 feed: ended by the publisher (410)',
      'since 2026-11-17 07:00 UTC',
      '2 feeds: working again.',
      'https://ticker.example.org/feed.xml',
      'You are notified once for each.',
    ])
      expect(words).toContain(said);
    expect(words).not.toMatch(/and -?\d+ more/);
  });

  it.each([
    [
      { title: '', state: aPollState({ ownTitle: 'Its own\nname' }) },
      '* Its own name: https://wire.example.org/feed.xml',
    ],
    [{ title: '' }, '* https://wire.example.org/feed.xml'],
    [{ title: 'x'.repeat(100) }, `* ${'x'.repeat(100)}: https`],
    [{ title: 'x'.repeat(101) }, `* ${'x'.repeat(99)}…: https`],
  ])('names a feed as its operator does, as it calls itself, or by its address: %j', (change, line) => {
    const notice = feedIncidentNotice({ ...NONE, recovered: [{ ...recovered('wire'), ...change }] });

    expect(notice.text).toContain(`\n${line}`);
    expect(shownIn(notice)).toContain('https://wire.example.org/feed.xml');
  });

  it.each([
    [300, 'x'.repeat(300)],
    [301, `${'x'.repeat(299)}…`],
  ])('cuts a cause of more than 300 characters: %i', (length, shown) => {
    const { text } = feedIncidentNotice({ ...NONE, failing: [failing('gazette', 'x'.repeat(length))] });

    expect(text).toContain(`12 tries: ${shown}\n`);
  });

  it.each([
    [300, ''],
    [301, '…'],
  ])('cuts an address of more than 300 characters: %i', (length, end) => {
    const url = `https://wire.example.org/`.padEnd(length, 'x');
    const { text } = feedIncidentNotice({ ...NONE, gone: [{ ...gone('wire'), url }] });

    expect(text).toContain(`* wire: ${url.slice(0, end === '' ? 300 : 299)}${end}\n`);
  });

  it.each([
    [40, undefined],
    [41, '* and 1 more'],
  ])('names forty feeds of a kind: of %i', (count, more) => {
    const feeds = Array.from({ length: count }, (_, n) => recovered(`feed${n}`));
    const { text, html } = feedIncidentNotice({ ...NONE, recovered: feeds });

    expect(text.match(/^\* feed\d+: /gm)).toHaveLength(40);
    expect(/^\* and .*/m.exec(text)?.[0]).toBe(more);
    expect(shownIn({ html }).includes('and 1 more')).toBe(more !== undefined);
  });

  it('counts in its mail what has no room there, but stands in the text', () => {
    const feeds = Array.from({ length: 40 }, (_, n) => failing(`feed${n}`, '“'.repeat(300)));
    const notice = feedIncidentNotice({ ...NONE, failing: feeds });

    const shown = shownIn(notice).match(/https:\/\/feed\d+\./g)?.length ?? 0;
    expect(shown).toBeGreaterThan(10);
    expect(shownIn(notice)).toContain(`and ${40 - shown} more`);
    expect(notice.text.match(/^\* feed\d+: /gm)).toHaveLength(40);
  });
});
