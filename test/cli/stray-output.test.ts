// What libraries print on their own is kept from the terminal.
import { keepStrayOutput } from '../../cli/stray-output.ts';
import { logStrayOutput } from '../../local/system/stray-output.ts';

const METHODS = ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const;

it('the console and the warnings of Node go to the log that listens', () => {
  const listeners = process.listeners('warning');
  const before = METHODS.map((method) => console[method]);
  const heard: string[] = [];
  const end = logStrayOutput({ warn: (text) => void heard.push(text) });
  try {
    keepStrayOutput();
    for (const method of ['debug', 'error', 'info', 'log', 'warn'] as const) console[method]('%s says', method);
    console.dir({ a: 1 });
    console.table([[1]]);
    console.trace('here');
    process.emit('warning', Object.assign(new Error('it is old'), { name: 'DeprecationWarning' }));

    expect(process.listenerCount('warning')).toBe(1);
  } finally {
    end();
    METHODS.forEach((method, index) => {
      console[method] = before[index]!;
    });
    process.removeAllListeners('warning');
    for (const listener of listeners) process.on('warning', listener);
  }
  expect(heard.slice(0, 6)).toEqual(['debug says', 'error says', 'info says', 'log says', 'warn says', '{ a: 1 }']);
  expect(heard[6]).toContain('(index)');
  expect(heard[7]).toMatch(/^Trace: here\n +at /);
  expect(heard.slice(8)).toEqual(['DeprecationWarning: it is old']);
});
