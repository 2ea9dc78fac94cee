// What Node and libraries say on their own reaches neither the terminal nor a service's journal: it is in the log, as JSON like the rest.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWorkplace } from '../support/tocsin-process.ts';

/** As on the oldest Node that Tocsin runs on, where the AWS SDK warns; and a library that talks, in this thread and in workers. */
const TALKATIVE = `
  Object.defineProperty(process, 'version', { value: 'v20.19.0' });
  setInterval(() => {
    console.warn('a library says %s', 'hello\\nworld');
    console.log({ from: 'a library' });
    process.emitWarning('an old way to call it', 'DeprecationWarning');
  }, 20).unref();
`;

it('a start with the sample feed shows Tocsin’s own words only, and logs the others as JSON', async () => {
  const place = makeWorkplace({ NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(TALKATIVE)}` });

  const started = await place.run('start', '--once');
  const asked = await place.run('matches', '--json');
  const log = readFileSync(join(place.folder, '.tocsin', 'tocsin.log'), 'utf8');
  await place.remove();

  const entries = log
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { level?: string; message?: string; service?: string });
  const ofLibraries = entries.filter(({ service }) => service === 'library').map(({ message }) => message);
  expect([started.code, started.stderr, asked.code, asked.stderr]).toEqual([0, '', 0, '']);
  expect(started.stdout).toMatch(/^Tocsin watches 2 feeds/);
  expect(`${started.stdout}${asked.stdout}`).not.toMatch(/library|Warning|old way/);
  expect(JSON.parse(asked.stdout).length).toBeGreaterThan(0);
  expect(ofLibraries).toEqual(
    expect.arrayContaining([
      'a library says hello\nworld',
      expect.stringMatching(/NodeVersionSupportWarning/),
      'DeprecationWarning: an old way to call it',
    ]),
  );
}, 60_000);
