// Which processes run on this machine, and whether one is still the same.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment } from '../../local/system/child-environment.ts';
import { allProcesses, mayRun, processOf, startOf } from '../../local/system/processes.ts';

/** Above the largest id that Linux gives. */
const NO_PROCESS = 2 ** 30;

let child: ChildProcess;
let pid: number;

beforeAll(async () => {
  child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)', 'two words', 'last']);
  await once(child.stdout!, 'data');
  pid = child.pid!;
});
afterAll(() => child.kill('SIGKILL'));

it('a process is known by its id, with its command and all arguments', () => {
  expect(processOf(pid)).toEqual({ pid, commandLine: expect.stringMatching(/^\S*node\S* -e .* two words last$/) });
  expect(mayRun(pid)).toBe(true);
});

it.each([NO_PROCESS, 0, 1, -1, 1.5, Number.NaN])('there is no process %d, or none that may be inspected', (id) => {
  expect(processOf(id)).toBeNull();
});

it('a process that does not run cannot have started', () => {
  expect([mayRun(NO_PROCESS), startOf(NO_PROCESS)]).toEqual([false, null]);
});

it('all processes are listed, each with its command', () => {
  const all = allProcesses();

  expect(all).toContainEqual(processOf(pid));
  expect(all.map((each) => each.pid)).toContain(process.pid);
  expect(all.every((each) => each.pid > 1 && each.commandLine !== '')).toBe(true);
});

it('the start of a process is its own, and stays', () => {
  const own = startOf(process.pid);

  expect(own).not.toBeNull();
  expect(startOf(process.pid)).toBe(own);
  expect(startOf(pid)).not.toBe(own);
});

it('on Linux the start is the time in ticks since this boot, which grows from process to process', () => {
  if (process.platform !== 'linux') return;
  const [boot, ticks] = startOf(process.pid)?.split(' ') ?? [];
  const [sameBoot, laterTicks] = startOf(pid)?.split(' ') ?? [];

  expect(boot).toMatch(/^[0-9a-f-]{36}$/);
  expect(sameBoot).toBe(boot);
  expect(Number(laterTicks)).toBeGreaterThan(Number(ticks));
});

it('other programs get the environment without the variables of Tocsin', () => {
  expect(childEnvironment({ PATH: '/bin', TOCSIN_SMTP_URL: 'secret', MY_TOCSIN_: 'kept', TOCSIN: 'kept' })).toEqual({
    PATH: '/bin',
    MY_TOCSIN_: 'kept',
    TOCSIN: 'kept',
  });
});
