// How a process runs that is to run for weeks with little memory. Measured by `npm run bench -- memory`; what it costs in time, by
// `npm run bench -- pipeline`, which runs with the same flags. docs/adr/0013 has the figures.

/**
 * Flags of V8. Left alone, the young generation of the heap grows to 100 MB while topics are read, and the old one to twice what is in use; neither
 * comes back. The last one lets local/system/spare-memory.ts return memory after a burst.
 */
export const FLAGS = ['--max-semi-space-size=2', '--heap-growing-percent=25', '--expose-gc'];

/** For the C library of Linux: fewer areas that each keep what was freed, and freed memory goes back to the system. Others ignore it. */
export const ALLOCATION = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '32768',
  MALLOC_TOP_PAD_: '65536',
};
