// The order of test files. Jest puts the longest first, by what it measured before; in a clean clone it knows nothing and goes by size. But a
// short file that starts Tocsin takes longest of all, and would be last, with one worker idle beside it. So such files come first.
import Sequencer from '@jest/test-sequencer';

/** Tests below these start processes and databases; the slowest kind first. */
const SLOW_FOLDERS = ['test/acceptance/', 'test/contracts/', 'test/docs/', 'test/fuzz/', 'test/local/', 'test/infra/'];

export default class ProcessesFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (tests.every((test) => test.duration !== undefined)) return sorted;
    // The sort is stable: within a folder the order stays.
    return [...sorted].sort((one, other) => rank(one.path) - rank(other.path));
  }
}

function rank(path) {
  const at = SLOW_FOLDERS.findIndex((folder) => path.includes(folder));
  return at < 0 ? SLOW_FOLDERS.length : at;
}
