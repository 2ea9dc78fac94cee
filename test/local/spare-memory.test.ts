// Memory that a burst has left behind is given back, and a small process is left in peace.
import { jest } from '@jest/globals';
import { returnSpareMemory } from '../../local/spare-memory.ts';

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

it('a large process collects its garbage until it is small again', () => {
  resident = 450 * MEGABYTE;
  const end = returnSpareMemory(parts);

  jest.advanceTimersByTime(60_000);
  end();

  expect({ collected, resident }).toEqual({ collected: 2, resident: 250 * MEGABYTE });
});

it('a process that really uses what it has tries once a minute', () => {
  resident = 450 * MEGABYTE;
  const end = returnSpareMemory({
    residentBytes: () => resident,
    collect: () => {
      collected += 1;
    },
  });

  jest.advanceTimersByTime(3_000 + 2 * 60_000);
  end();

  expect(collected).toBe(3);
});

it('a small process never does', () => {
  resident = 280 * MEGABYTE;
  const end = returnSpareMemory(parts);

  jest.advanceTimersByTime(60_000);
  end();

  expect(collected).toBe(0);
});

it('nobody looks any more after the end, nor where Node cannot collect on demand', () => {
  resident = 900 * MEGABYTE;
  returnSpareMemory(parts)();
  returnSpareMemory({ ...parts, collect: undefined });

  jest.advanceTimersByTime(60_000);

  expect([collected, jest.getTimerCount()]).toEqual([0, 0]);
});
