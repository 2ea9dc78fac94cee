// What Node and libraries say on their own (warnings of the AWS SDK about the version of Node, deprecations) is for developers. The terminal
// and the journal of a service show what Tocsin has to say; the rest goes to the log, as lines of JSON.
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { publishStray } from '../local/system/stray-output.ts';

const METHODS = ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const;

/** For this process, from now on. What is said before a log is open is dropped. */
export function keepStrayOutput(): void {
  // The listener that Node itself has added prints them.
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => publishStray(`${name}: ${message}`));
  const stray = new Console(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        publishStray(chunk.toString().trimEnd());
        done();
      },
    }),
  );
  for (const method of METHODS) console[method] = stray[method].bind(stray);
}
