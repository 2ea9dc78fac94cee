/**
 * What an e-mail subscription lets through: people get one alert an event, not one event a match, of the topics they named. An alert names all
 * its topics; one of them is enough.
 */
export const filterPolicyOf = (topics: readonly string[]): Readonly<Record<string, readonly string[]>> => ({
  type: ['alert'],
  ...(topics.includes('*') ? {} : { topic: topics }),
});

/** The policy of an e-mail subscription from before there were alerts of stories, brought to the present; null when there is nothing to change. */
export const alertsOnly = <Policy extends object>(policy: Policy): (Policy & { readonly type: string[] }) | null =>
  'type' in policy ? null : { type: ['alert'], ...policy };
