import { alertsOnly, filterPolicyOf } from '../../../adapters/sns/filter-policy.ts';

it.each([
  [['a', 'b'], { type: ['alert'], topic: ['a', 'b'] }],
  [['*'], { type: ['alert'] }],
  [['a', '*'], { type: ['alert'] }],
])('a subscription to %j lets through the alerts of these topics only', (topics, policy) => {
  expect(filterPolicyOf(topics)).toEqual(policy);
});

it.each<[object, object | null]>([
  [{}, { type: ['alert'] }],
  [{ topic: ['a'] }, { type: ['alert'], topic: ['a'] }],
  [{ type: ['alert'] }, null],
  [{ type: ['match.created'], topic: ['a'] }, null],
])('the policy %j becomes %j: one that names types was chosen so', (policy, present) => {
  expect(alertsOnly(policy)).toEqual(present);
});
