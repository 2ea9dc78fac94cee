// How a delivery stands, in a word of a table and in a line below its match.
import { deliveryLine } from '../../../cli/deliveries/delivery-line.ts';
import { kindInWords, STATES_IN_WORDS, stateInWords } from '../../../cli/deliveries/state-in-words.ts';
import { DELIVERY_STATES } from '../../../shared/model/delivery-states.ts';
import { type PublishedDelivery, publishedDelivery } from '../../../shared/model/subscription.ts';
import { aDelivery } from '../../support/builders.ts';
import { zoneOf } from '../../support/time-zone.ts';

const UTC = zoneOf('UTC');
const DUE = '2026-11-30T09:21:04.000Z';
const shown = (change: Partial<PublishedDelivery>): PublishedDelivery => ({
  ...publishedDelivery(aDelivery()),
  ...change,
});

describe('the state of a delivery', () => {
  it.each<[what: Pick<PublishedDelivery, 'state' | 'attempts' | 'dueAt'>, words: string]>([
    [{ state: 'held', attempts: 0, dueAt: DUE }, 'held until 2026-11-30 09:21:04 UTC'],
    [{ state: 'held', attempts: 0, dueAt: null }, 'held'],
    [{ state: 'pending', attempts: 0, dueAt: DUE }, 'pending'],
    [{ state: 'pending', attempts: 1, dueAt: DUE }, 'pending, next try 2026-11-30 09:21:04 UTC'],
    [{ state: 'pending', attempts: 1, dueAt: null }, 'pending'],
    [{ state: 'waiting', attempts: 0, dueAt: null }, 'waiting for a digest'],
    [{ state: 'sent', attempts: 2, dueAt: DUE }, 'sent'],
    [{ state: 'failed', attempts: 2, dueAt: DUE }, 'failed'],
  ])('%j is told as: %s', (delivery, words) => {
    expect(stateInWords(delivery, UTC)).toBe(words);
  });

  it('is told in the zone of the terminal', () => {
    expect(stateInWords({ state: 'held', attempts: 0, dueAt: DUE }, zoneOf('Asia/Kolkata'))).toBe(
      'held until 2026-11-30 14:51:04 +05:30',
    );
  });

  it('is explained, whichever it is, each in words of its own', () => {
    expect(Object.keys(STATES_IN_WORDS)).toEqual([...DELIVERY_STATES]);
    expect(new Set(Object.values(STATES_IN_WORDS)).size).toBe(DELIVERY_STATES.length);
    for (const words of Object.values(STATES_IN_WORDS)) expect(words.length).toBeGreaterThan(10);
  });
});

it.each<[Pick<PublishedDelivery, 'kind' | 'channel'>, string]>([
  [{ kind: 'match', channel: 'webhook' }, 'event'],
  [{ kind: 'match', channel: 'sns' }, 'event'],
  [{ kind: 'match', channel: 'email' }, 'alert'],
  [{ kind: 'alert', channel: 'email' }, 'alert'],
  [{ kind: 'update', channel: 'email' }, 'update'],
])('%j is an %s', (delivery, kind) => {
  expect(kindInWords(delivery)).toBe(kind);
});

describe('a delivery in a line', () => {
  it('begins with its channel, padded, and ends with the subscription', () => {
    expect(deliveryLine(shown({ attempts: 2, state: 'failed' }), UTC)).toBe(
      'email      failed, attempts 2, subscription subscription-1',
    );
  });

  it('says when it was sent, and why it stands so, in one line', () => {
    const delivery = shown({ channel: 'slack', state: 'bounced', sentAt: DUE, reason: 'no\nsuch \u001b[2Juser' });

    expect(deliveryLine(delivery, UTC)).toBe(
      'slack      bounced 2026-11-30 09:21:04 UTC, attempts 0, subscription subscription-1: no such \ufffd[2Juser',
    );
  });

  it.each([
    ['alert', 'alert sent'],
    ['update', 'update sent'],
    ['match', 'sent'],
  ] as const)('names its kind unless it is about a single match: %s', (kind, words) => {
    expect(deliveryLine(shown({ kind, state: 'sent' }), UTC)).toBe(
      `email      ${words}, attempts 0, subscription subscription-1`,
    );
  });
});
