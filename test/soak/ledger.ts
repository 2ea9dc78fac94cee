// What was published against what was stored and what was mailed: nothing lost, nothing twice, nothing that was never published.

export interface ExpectedItem {
  readonly id: string;
  /** Topics that hold in it. */
  readonly topics: readonly string[];
}

export interface StoredMatch {
  readonly id: string;
  readonly item: string;
  readonly topic: string;
}

export interface RecordedDelivery {
  readonly id: string;
  readonly matchId: string;
  /** All its matches; empty in one of before there were hits. */
  readonly matchIds: readonly string[];
  readonly storyId: string | null;
  readonly state: string;
  readonly digestId: string | null;
  /** When it is tried next; null when it is not, or with its digest. */
  readonly dueAt: string | null;
}

export interface LedgerSubscription {
  readonly target: string;
  /** `*` for all. */
  readonly topics: readonly string[];
  readonly deliveries: readonly RecordedDelivery[];
}

export interface LedgerMail {
  readonly to: string;
  readonly messageId: string;
  readonly deliveryId: string;
  readonly items: ReadonlySet<string>;
}

export interface Ledger {
  readonly expected: readonly ExpectedItem[];
  readonly stored: readonly StoredMatch[];
  readonly subscriptions: readonly LedgerSubscription[];
  readonly mails: readonly LedgerMail[];
}

/** One line for each thing that is wrong; empty when the books balance. */
export const problemsOf = (ledger: Ledger): readonly string[] => [
  ...problemsOfMatches(ledger),
  ...ledger.subscriptions.flatMap((subscription) => problemsOfDeliveries(subscription, ledger)),
  ...problemsOfMails(ledger),
];

/** Alerts that were mailed more than once, under the same id. */
export const repeatsIn = (mails: readonly LedgerMail[]): number =>
  mails.length - new Set(mails.map(({ to, messageId }) => `${to} ${messageId}`)).size;

/** Expected matches that are not stored. */
export const missingMatches = ({ expected, stored }: Pick<Ledger, 'expected' | 'stored'>): readonly string[] => {
  const found = new Set(stored.map(({ item, topic }) => `${item} ${topic}`));
  return expected
    .flatMap(({ id, topics }) => topics.map((topic) => `${id} ${topic}`))
    .filter((pair) => !found.has(pair));
};

/** Alerts whose next try is further ahead than it can be: a wrong clock delayed them. */
export const putOff = (subscriptions: readonly LedgerSubscription[], latest: Date): readonly string[] =>
  subscriptions.flatMap(({ target, deliveries }) =>
    deliveries
      .filter(({ dueAt }) => dueAt !== null && Date.parse(dueAt) > latest.getTime())
      .map(({ id, dueAt }) => `the alert ${id} to ${target} is delayed until ${dueAt}`),
  );

function problemsOfMatches(ledger: Ledger): readonly string[] {
  const allowed = new Set(ledger.expected.flatMap(({ id, topics }) => topics.map((topic) => `${id} ${topic}`)));
  const counts = countBy(ledger.stored, ({ item, topic }) => `${item} ${topic}`);
  return [
    ...missingMatches(ledger).map((pair) => `lost: item and topic ${pair} are not stored`),
    ...[...counts].flatMap(([pair, count]) => {
      if (!allowed.has(pair)) return [`stored although it was never published: item and topic ${pair}`];
      return count > 1 ? [`stored ${count} times: item and topic ${pair}`] : [];
    }),
  ];
}

function problemsOfDeliveries(
  { target, topics, deliveries }: LedgerSubscription,
  { stored, mails }: Ledger,
): readonly string[] {
  const wanted = stored.filter(({ topic }) => topics.includes('*') || topics.includes(topic));
  const byMatch = Map.groupBy(
    deliveries.flatMap((delivery) => matchesOf(delivery).map((matchId) => ({ matchId, delivery }))),
    ({ matchId }) => matchId,
  );
  const byDelivery = Map.groupBy(
    mails.filter(({ to }) => to === target),
    ({ deliveryId }) => deliveryId,
  );
  const itemOf = new Map(stored.map(({ id, item }) => [id, item]));
  const ofStory = Map.groupBy(deliveries, ({ id, storyId }) => storyId ?? id);
  return wanted.flatMap(({ id, item, topic }) => {
    const alert = `the alert to ${target} of item ${item}, topic ${topic}`;
    const [found, ...others] = byMatch.get(id) ?? [];
    if (found === undefined) return [`lost: ${alert} was never begun`];
    if (others.length > 0) return [`${alert} has ${others.length + 1} deliveries`];
    const { delivery } = found;
    const story = ofStory.get(delivery.storyId ?? delivery.id) ?? [];
    // Another alert of its story speaks for it, or will.
    if ((delivery.state === 'merged' || delivery.state === 'held') && story.some(({ state }) => state === 'sent'))
      return [];
    if (delivery.state !== 'sent') return [`lost: ${alert} is "${delivery.state}"`];
    const carriers = byDelivery.get(delivery.digestId ?? delivery.id) ?? [];
    // A digest shows each story once.
    const together =
      delivery.digestId === null ? [delivery] : story.filter(({ digestId }) => digestId === delivery.digestId);
    const items = together.flatMap(matchesOf).map((matchId) => itemOf.get(matchId) ?? item);
    return carriers.some((mail) => items.some((each) => mail.items.has(each)))
      ? []
      : [`lost: ${alert} counts as sent, but no mail has it`];
  });
}

const matchesOf = ({ matchId, matchIds }: RecordedDelivery): readonly string[] =>
  matchIds.length === 0 ? [matchId] : matchIds;

/** A mail under an id that no delivery has is an alert sent twice, or of nothing. */
function problemsOfMails({ mails, subscriptions }: Ledger): readonly string[] {
  const known = new Map(
    subscriptions.map(({ target, deliveries }) => [
      target,
      new Set(deliveries.map(({ id, digestId }) => digestId ?? id)),
    ]),
  );
  const messageIds = Map.groupBy(mails, ({ to, deliveryId }) => `${to} ${deliveryId}`);
  return [
    ...mails
      .filter(({ to, deliveryId }) => known.get(to)?.has(deliveryId) !== true)
      .map(
        ({ to, deliveryId, items }) =>
          `a mail to ${to} under the unknown id "${deliveryId}", of ${[...items].join(', ')}`,
      ),
    ...[...messageIds].flatMap(([alert, copies]) =>
      new Set(copies.map(({ messageId }) => messageId)).size > 1
        ? [`${alert} was mailed under several Message-IDs`]
        : [],
    ),
  ];
}

function countBy<T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1);
  return counts;
}
