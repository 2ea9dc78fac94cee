// Loaded into the product's process by `node --import`: what cannot be done to a process from outside. It follows the controls file.
// - the clock: Date is shifted by some milliseconds;
// - names: they are looked up at the soak's own name server;
// - the database outlives a limit on the size of its files, and gets an error as from a bad disk, instead of a signal.
import childProcess, { type SpawnOptions } from 'node:child_process';
import dns, { type LookupAddress } from 'node:dns';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { Controls } from './product.ts';

const LOOK_EVERY_MS = 50;
const file = process.env['TOCSIN_SOAK_CONTROLS'] ?? '';
let controls: Controls = read() ?? { clockMs: 0, nameServer: '' };
setInterval(() => {
  controls = read() ?? controls;
}, LOOK_EVERY_MS).unref();

shiftClock();
askOwnNameServer(controls.nameServer);
ignoreSizeSignalInDatabase();
syncBuiltinESMExports();

/** Null when the file is being written. */
function read(): Controls | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Controls;
  } catch {
    return null;
  }
}

function shiftClock(): void {
  const RealDate = Date;
  const now = (): number => RealDate.now() + controls.clockMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, made) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, made === Date ? target : made),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}

/** Both kinds of lookups: by a resolver of one's own, and by the system's, which cannot be pointed at another port. */
function askOwnNameServer(server: string): void {
  class OwnResolver extends dns.Resolver {
    constructor(options?: dns.ResolverOptions) {
      super(options);
      this.setServers([server]);
    }
  }
  class OwnPromisesResolver extends dns.promises.Resolver {
    constructor(options?: dns.ResolverOptions) {
      super(options);
      this.setServers([server]);
    }
  }
  const systemLookup = dns.promises.lookup;
  const resolver = new OwnPromisesResolver();
  const lookup = async (name: string, options: dns.LookupAllOptions): Promise<LookupAddress[]> => {
    if (!name.endsWith('.test')) return systemLookup(name, options);
    return (await resolver.resolve4(name)).map((address) => ({ address, family: 4 }));
  };
  Object.assign(dns, { Resolver: OwnResolver });
  Object.assign(dns.promises, { Resolver: OwnPromisesResolver, lookup });
}

/** The kernel sends SIGXFSZ where a file would grow beyond the limit; Node ignores it, the database would end. */
function ignoreSizeSignalInDatabase(): void {
  const { spawn } = childProcess;
  const spawnIgnoring = (command: string, args: readonly string[], options: SpawnOptions) =>
    /dynoxide[^/]*$/.test(command)
      ? spawn('/bin/sh', ['-c', 'trap "" XFSZ; exec "$0" "$@"', command, ...args], options)
      : spawn(command, args, options);
  Object.assign(childProcess, { spawn: spawnIgnoring });
}
