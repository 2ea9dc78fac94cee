// `npm run soak`: a real Tocsin under faults drawn by a seed, with a ledger of every item and every alert. CONTRIBUTING.md says how to read it.
import { parseArgs } from 'node:util';
import { FAULTS, type FaultName } from './faults.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    feeds: { type: 'string', default: '24' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** Names of faults, separated by commas. */
    faults: { type: 'string', default: Object.keys(FAULTS).join(',') },
    /** Kills in one series of `kills` or `kills-with-pauses`. */
    kills: { type: 'string', default: '8' },
    /** Leaves the folder where it is, for a look. */
    keep: { type: 'boolean', default: false },
  },
});

const faults = values.faults.split(',').filter((name) => name !== '');
const unknown = faults.filter((name) => !Object.hasOwn(FAULTS, name));
if (unknown.length > 0) {
  process.stderr.write(`soak: unknown faults: ${unknown.join(', ')}. Known: ${Object.keys(FAULTS).join(', ')}\n`);
  process.exit(2);
}
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());
const isPassed = await soak({
  minutes: Number(values.minutes),
  feeds: Number(values.feeds),
  seed: Number(values.seed),
  faults: faults as FaultName[],
  kills: Number(values.kills),
  keep: values.keep,
  signal: interrupted.signal,
  say: (text) => void process.stdout.write(`soak: ${text}\n`),
});
process.exit(isPassed ? 0 : 1);
