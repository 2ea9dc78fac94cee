// The files of config/ read by another process: the same feeds, topics and errors as when they are read here.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readConfiguration } from '../../../adapters/files/read-configuration.ts';
import { readConfigurationApart } from '../../../adapters/files/read-configuration-apart.ts';
import { InvalidInputError } from '../../../shared/core/errors.ts';
import { DEFAULT_LIMITS } from '../../../shared/query/limits.ts';
import { TROOPS_PACK } from '../../support/tocsin-process.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

describe('configuration read by another process', () => {
  it('is the same, with the rows that cannot be used', async () => {
    write('topics/troops.yaml', TROOPS_PACK);
    write(
      'feeds.opml',
      '<opml version="2.0"><body><outline text="Good" xmlUrl="https://news.example.org/feed"/>\n<outline text="Bad" xmlUrl="ftp://news.example.org/"/></body></opml>',
    );

    const read = await readConfigurationApart(folder, DEFAULT_LIMITS);

    expect(read).toEqual(await readConfiguration(folder));
    expect(read.configuration.topics.map(({ id }) => id)).toEqual(['troop-deployment']);
    expect(read.badRows).toHaveLength(1);
  });

  it('is judged by the limits that are given', async () => {
    write('topics/troops.yaml', TROOPS_PACK);
    const limits = { ...DEFAULT_LIMITS, near: 2, nearWarning: 2 };

    await expect(readConfigurationApart(folder, limits)).rejects.toThrow(/NEAR\/8/);
  });

  it('is refused with the same error', async () => {
    write('topics/broken.yaml', TROOPS_PACK.replace('severity: high', 'severity: loud'));

    const here = await readConfiguration(folder).catch((error: unknown) => error);
    const apart = await readConfigurationApart(folder, DEFAULT_LIMITS).catch((error: unknown) => error);

    expect(apart).toBeInstanceOf(InvalidInputError);
    expect(apart).toMatchObject({ code: 'invalid_configuration', problems: (here as InvalidInputError).problems });
    expect((apart as Error).message).toBe((here as Error).message);
  });

  it('fails as a defect, with the trace of that process, where it is no mistake of the user', async () => {
    const failure = await readConfigurationApart(7 as never, DEFAULT_LIMITS).catch((error: unknown) => error);

    expect(failure).not.toBeInstanceOf(InvalidInputError);
    expect((failure as Error).message).toMatch(/^the files in 7 could not be read: TypeError.*\n {4}at /);
  });
});
