/** What a subscription lets through, by the attribute `topic` of an alert; an empty policy lets everything through. */
export const filterPolicyOf = (topics: readonly string[]): Readonly<Record<string, readonly string[]>> =>
  topics.includes('*') ? {} : { topic: topics };
