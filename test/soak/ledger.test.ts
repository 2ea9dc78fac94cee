// The books of the soak: what they accept, and each thing that they must not accept.
import { type Ledger, missingMatches, problemsOf, putOff, repeatsIn } from './ledger.ts';
import { parseMail } from './mail-sink.ts';

const ITEM = { id: '1-1', topics: ['troops', 'bridge'] };
const PAIRS = [
  { id: 'm1', item: '1-1', topic: 'troops' },
  { id: 'm2', item: '1-1', topic: 'bridge' },
];
const delivery = (id: string, matchId: string, change = {}) => ({
  id,
  matchId,
  matchIds: [] as readonly string[],
  storyId: null as string | null,
  state: 'sent',
  digestId: null,
  dueAt: null,
  ...change,
});
const mail = (deliveryId: string, change = {}) => ({
  to: 'all@example.org',
  messageId: `<${deliveryId}@example.org>`,
  deliveryId,
  items: new Set(['1-1']),
  ...change,
});

/** One item with two topics, one subscriber, two mails. */
const balanced: Ledger = {
  expected: [ITEM, { id: '1-2', topics: [] }],
  stored: PAIRS,
  subscriptions: [
    { target: 'all@example.org', topics: ['*'], deliveries: [delivery('m1.all', 'm1'), delivery('m2.all', 'm2')] },
  ],
  mails: [mail('m1.all'), mail('m2.all')],
};

const withDeliveries = (...deliveries: Ledger['subscriptions'][number]['deliveries']): Ledger => ({
  ...balanced,
  subscriptions: [{ target: 'all@example.org', topics: ['*'], deliveries }],
});

describe('the ledger of the soak', () => {
  it('accepts that each item is stored and mailed once for each of its topics', () => {
    expect(problemsOf(balanced)).toEqual([]);
  });

  it('accepts repeats under the same id, and counts them', () => {
    const mails = [...balanced.mails, mail('m1.all')];

    expect(problemsOf({ ...balanced, mails })).toEqual([]);
    expect(repeatsIn(mails)).toBe(1);
  });

  it('accepts a digest in the place of single mails', () => {
    const digested = withDeliveries(
      delivery('m1.all', 'm1', { digestId: 'd1' }),
      delivery('m2.all', 'm2', { digestId: 'd1' }),
    );

    expect(problemsOf({ ...digested, mails: [mail('d1')] })).toEqual([]);
  });

  it('expects no mail about a topic without subscribers', () => {
    const [subscription] = withDeliveries(delivery('m1.all', 'm1')).subscriptions;

    const ledger = { ...balanced, subscriptions: [{ ...subscription!, topics: ['troops'] }], mails: [mail('m1.all')] };

    expect(problemsOf(ledger)).toEqual([]);
  });

  it.each<[string, Partial<Ledger>, RegExp]>([
    ['a match that is not stored', { stored: PAIRS.slice(0, 1) }, /^lost: item and topic 1-1 bridge are not stored/],
    [
      'a match stored twice',
      { stored: [...PAIRS, { ...PAIRS[0]!, id: 'm3' }] },
      /^stored 2 times: item and topic 1-1 troops/,
    ],
    [
      'a match of nothing that was published',
      { stored: [...PAIRS, { id: 'm3', item: '1-2', topic: 'troops' }] },
      /^stored although it was never published: item and topic 1-2 troops/,
    ],
    [
      'an alert that was never begun',
      withDeliveries(delivery('m1.all', 'm1')),
      /^lost: the alert .* topic bridge was never begun/,
    ],
    [
      'an alert that was not sent',
      withDeliveries(delivery('m1.all', 'm1'), delivery('m2.all', 'm2', { state: 'failed' })),
      /^lost: the alert .* topic bridge is "failed"/,
    ],
    [
      'an alert with two deliveries',
      withDeliveries(delivery('m1.all', 'm1'), delivery('m2.all', 'm2'), delivery('again', 'm2')),
      /topic bridge has 2 deliveries/,
    ],
    [
      'a mail that never came',
      { mails: [mail('m1.all')] },
      /^lost: the alert .* topic bridge counts as sent, but no mail has it/,
    ],
    [
      'a mail without its item',
      { mails: [mail('m1.all'), mail('m2.all', { items: new Set() })] },
      /^lost: the alert .* topic bridge counts as sent, but no mail has it/,
    ],
    [
      'a mail under an unknown id',
      { mails: [...balanced.mails, mail('other')] },
      /^a mail to .* under the unknown id "other"/,
    ],
    [
      'a mail sent again under another Message-ID',
      { mails: [...balanced.mails, mail('m1.all', { messageId: '<another>' })] },
      /^all@example.org m1.all was mailed under several Message-IDs/,
    ],
  ])('does not accept %s', (_, change, line) => {
    expect(problemsOf({ ...balanced, ...change })).toContainEqual(expect.stringMatching(line));
  });

  it('names alerts whose next try is too far ahead', () => {
    const { subscriptions } = withDeliveries(
      delivery('m1.all', 'm1', { state: 'pending', dueAt: '2026-01-05T10:30:00.000Z' }),
      delivery('m2.all', 'm2', { state: 'pending', dueAt: '2026-01-07T10:00:00.000Z' }),
    );

    expect(putOff(subscriptions, new Date('2026-01-05T11:00:00Z'))).toEqual([
      'the alert m2.all to all@example.org is delayed until 2026-01-07T10:00:00.000Z',
    ]);
  });

  it('names the matches that are still missing', () => {
    expect(missingMatches({ ...balanced, stored: PAIRS.slice(1) })).toEqual(['1-1 troops']);
  });
});

describe('a mail as the soak reads it', () => {
  it('has its ids and the items that it links to, however its lines are broken', () => {
    const raw = [
      'Message-ID:',
      ' <m1.all@example.org>',
      'X-Tocsin-Delivery: m1.all',
      '',
      'http://127.0.0.1/items/=',
      '3-12#x and http=3A//127.0.0.1/items/4-5',
    ].join('\r\n');

    expect(parseMail(raw)).toEqual({
      messageId: '<m1.all@example.org>',
      deliveryId: 'm1.all',
      items: new Set(['3-12', '4-5']),
    });
  });

  it('lets a report be held back where an alert of its story was sent, and only there', () => {
    const sent = delivery('a1.1.all', 'm1', { storyId: 's1' });
    const merged = delivery('a2.1.all', 'm2', { storyId: 's1', state: 'merged' });
    const ofSubscriber = (...deliveries: readonly (typeof sent)[]): Ledger => ({
      ...balanced,
      subscriptions: [{ target: 'all@example.org', topics: ['*'], deliveries }],
      mails: [mail('a1.1.all')],
    });

    expect(problemsOf(ofSubscriber(sent, merged))).toEqual([]);
    expect(problemsOf(ofSubscriber(sent, { ...merged, storyId: 's2' }))).toEqual([
      expect.stringMatching(/^lost: the alert to all@example\.org of item 1-1, topic \w+ is "merged"$/),
    ]);
  });

  it('knows the matches of one article by the one delivery that has them all', () => {
    const both = delivery('a1.1.all', 'm1', { matchIds: ['m1', 'm2'], storyId: 's1' });

    expect(
      problemsOf({
        ...balanced,
        subscriptions: [{ target: 'all@example.org', topics: ['*'], deliveries: [both] }],
        mails: [mail('a1.1.all')],
      }),
    ).toEqual([]);
  });
});
