// npm run bench [-- NAME…]: all measurements in order, or the named ones; each in a process of its own, so that none disturbs another's memory.
// Options behind the names are for the measurement: npm run bench -- memory --case small --minutes 5
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ALLOCATION, FLAGS } from '../cli/lean.mjs';

const BENCHES: Readonly<Record<string, string>> = {
  polling: 'polls of unchanged feeds against a bare loop; full rounds of 1,000 and 10,000 feeds',
  pipeline: 'items a second from feed to stored match',
  alerts: 'one match with 10,000 subscribers: time to record and to send, units a delivery',
  costs: 'what 1,000 polls cost on AWS, and a month of 100, 1,000 and 10,000 feeds',
  bundles: 'size and load time of each function',
  reading: 'documents read a second',
  matching: 'topics matched a second',
  encodings: 'feeds in legacy encodings read right, with honest and with wrong labels',
  memory: 'resident memory of the product and its database; start and stop with much to do (two hours)',
  console: 'size of the script, first view on a slow machine, time of the API for each view with 10,000 stories',
  text: 'words and sentences a second',
  stories: 'processor time per document with 50,000 open stories; quality on a labelled file',
  replay: 'alerts a day of a stream of news with and without stories; needs --documents FILE',
};

/** Those that run the product itself, and so with its flags. */
const LEAN: readonly string[] = ['pipeline'];
const isLean = (): boolean => FLAGS.every((flag) => process.execArgv.includes(flag));

const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith('--'));
const names = firstOption === -1 ? words : words.slice(0, firstOption);
const options = words.slice(names.length);
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}. There are:`);
  for (const [name, about] of Object.entries(BENCHES)) console.error(`  ${name.padEnd(10)} ${about}`);
  process.exitCode = 2;
} else if (names.length === 1 && (isLean() || !LEAN.includes(names[0] ?? ''))) {
  await (await import(`./${names[0]}.ts`)).run(options);
} else {
  for (const name of names.length === 0 ? Object.keys(BENCHES) : names) {
    const flags = LEAN.includes(name) ? FLAGS : [];
    const { status } = spawnSync(process.execPath, [...flags, fileURLToPath(import.meta.url), name, ...options], {
      stdio: 'inherit',
      env: LEAN.includes(name) ? { ...process.env, ...ALLOCATION } : process.env,
    });
    if (status !== 0) process.exitCode = 1;
  }
}
