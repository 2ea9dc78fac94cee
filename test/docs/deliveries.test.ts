// The reference of deliveries names every state and every reason, with the meaning that the help gives.
import { readFileSync } from 'node:fs';
import { DELIVERY_REASONS } from '../../shared/model/delivery-reason.ts';
import { DELIVERY_STATES } from '../../shared/model/delivery-states.ts';

const reference = readFileSync(new URL('../../docs/alerts.md', import.meta.url), 'utf8');
const section = reference.slice(reference.indexOf('\n## Deliveries\n'), reference.indexOf('\n### Sending again\n'));
const rows = section.split('\n').filter((line) => line.startsWith('| `') && !line.startsWith('| `reasonCode`'));

it('docs/alerts.md explains each state once', () => {
  const states = rows.map((row) => row.split(' | ')[0]!.slice(3, -1)).slice(0, DELIVERY_STATES.length);

  expect(states.toSorted()).toEqual(DELIVERY_STATES.toSorted());
});

it('docs/alerts.md explains each reason once, as the product does', () => {
  const reasons = Object.entries(DELIVERY_REASONS).map(
    ([code, { state, means }]) => `| \`${code}\` | \`${state}\` | ${means} |`,
  );

  expect(rows.slice(DELIVERY_STATES.length)).toEqual(reasons);
});
