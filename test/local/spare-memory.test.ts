// Memory that a burst has left behind is returned, and a small process is never collected on purpose.
import { jest } from '@jest/globals';
import { returnSpareMemory } from '../../local/system/spare-memory.ts';

const MEGABYTE = 1_000_000;

let resident = 0;
let collected = 0;
const parts = {
  residentBytes: () => resident,
  collect: () => {
    collected += 1;
    resident -= 100 * MEGABYTE;
  },
};

beforeEach(() => {
  jest.useFakeTimers();
  collected = 0;
});
afterEach(() => {
  jest.useRealTimers();
});

it('the look at the memory does not keep a process that is done', () => {
  jest.useRealTimers();
  const timers = jest.spyOn(globalThis, 'setInterval');
  const end = returnSpareMemory(parts);
  const [timer] = timers.mock.results.map(({ value }) => value as NodeJS.Timeout);
  timers.mockRestore();
  end();

  expect(timer?.hasRef()).toBe(false);
});

it('a large process collects its garbage', () => {
  resident = 450 * MEGABYTE;
  const end = returnSpareMemory(parts);

  jest.advanceTimersByTime(60_000);
  end();

  expect({ collected, resident }).toEqual({ collected: 1, resident: 350 * MEGABYTE });
});

it('a process that uses what it has collects again only when 25 MB have come on top', () => {
  resident = 450 * MEGABYTE;
  const end = returnSpareMemory(parts);
  jest.advanceTimersByTime(60_000);

  resident = 375 * MEGABYTE;
  jest.advanceTimersByTime(60_000);
  const before = collected;
  resident = 376 * MEGABYTE;
  jest.advanceTimersByTime(2_000);
  end();

  expect([before, collected]).toEqual([1, 2]);
});

it('what is in use is judged again when it has become less', () => {
  resident = 450 * MEGABYTE;
  const end = returnSpareMemory(parts);
  jest.advanceTimersByTime(2_000);

  resident = 200 * MEGABYTE;
  jest.advanceTimersByTime(2_000);
  resident = 226 * MEGABYTE;
  jest.advanceTimersByTime(2_000);
  end();

  expect(collected).toBe(2);
});

it('a small process never does', () => {
  resident = 200 * MEGABYTE;
  const end = returnSpareMemory(parts);

  jest.advanceTimersByTime(60_000);
  end();

  expect(collected).toBe(0);
});

it('no timer is left after the end, nor where Node cannot collect on demand', () => {
  resident = 900 * MEGABYTE;
  returnSpareMemory(parts)();
  returnSpareMemory({ ...parts, collect: undefined });

  jest.advanceTimersByTime(60_000);

  expect([collected, jest.getTimerCount()]).toEqual([0, 0]);
});
