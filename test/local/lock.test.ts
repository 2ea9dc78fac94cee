// Who may have a data folder: one instance at a time, and a file that a killed one left behind stands in nobody's way.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startParts } from '../../local/instance.ts';
import { defaultSettings } from '../../shared/settings.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a data folder', () => {
  it('is had by one instance at a time', async () => {
    const parts = await startParts(folder, defaultSettings);

    await expect(startParts(folder, defaultSettings)).rejects.toMatchObject({ code: 'data_in_use' });
    await parts.stop();
    const next = await startParts(folder, defaultSettings);
    await next.stop();
  });

  it.each([
    ['that has our own id now, as in a container', process.pid],
    ['whose id another program has now', process.ppid],
    ['whose id nobody has', 2 ** 22 - 1],
  ])('is free after a killed process %s', async (_what, pid) => {
    writeFileSync(join(folder, 'lock'), String(pid));

    const parts = await startParts(folder, defaultSettings);

    await parts.stop();
  });
});
