// `tocsin start | head -1`: its output has no reader any more, and the instance shuts down cleanly, its database too.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MAIN, makeWorkplace } from '../support/tocsin-process.ts';

it('an instance whose output has no reader stops, and leaves no database running', async () => {
  const place = makeWorkplace();
  try {
    const child = spawn(process.execPath, [MAIN, 'start', '--port', '0'], {
      cwd: place.folder,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const [code, signal] = await once(child, 'exit');

    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(existsSync(join(place.folder, '.tocsin', 'tocsin.sqlite'))).toBe(true);
    expect(existsSync(join(place.folder, '.tocsin', 'database.pid'))).toBe(false);
  } finally {
    await place.remove();
  }
}, 60_000);
