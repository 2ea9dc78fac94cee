// Secrets of channels in the data folder: for their owner only, and part of backups.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecretFiles } from '../../local/data-folder/secret-files.ts';
import type { SubscriptionId } from '../../shared/model/ids.ts';

const ONE = 'one' as SubscriptionId;
const TWO = 'two' as SubscriptionId;
const SECRET = { url: 'https://hooks.example.org/a', signingKeys: [{ key: 'whsec_x', until: null }] };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-secrets-'));
  file = join(folder, 'channel-secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the secrets of a data folder', () => {
  it('are kept by subscription, each until it is removed', async () => {
    const secrets = createSecretFiles(folder);
    await secrets.putSecret(ONE, SECRET);
    await secrets.putSecret(TWO, { url: 'https://hooks.example.org/b' });
    await secrets.removeSecret(TWO);
    await secrets.removeSecret(TWO);

    expect(await createSecretFiles(folder).getSecret(ONE)).toEqual(SECRET);
    expect(await secrets.getSecret(TWO)).toBeNull();
  });

  it('need no file while there are none', async () => {
    const secrets = createSecretFiles(folder);

    await secrets.removeSecret(ONE);

    expect(await secrets.getSecret(ONE)).toBeNull();
    expect(existsSync(file)).toBe(false);
  });

  it('can be read by the owner alone, also after a copy has changed that', async () => {
    const secrets = createSecretFiles(folder);
    await secrets.putSecret(ONE, SECRET);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    chmodSync(file, 0o644);
    await secrets.getSecret(ONE);

    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each(['{"one":', '[]', 'null'])(
    'that are damaged (%s) let alerts wait, and are neither quoted nor replaced',
    async (text) => {
      writeFileSync(file, text);
      const secrets = createSecretFiles(folder);

      await expect(secrets.getSecret(ONE)).rejects.toMatchObject({
        code: 'service_unavailable',
        message: `${file} is damaged: put the one of a backup in its place, or move it away and subscribe the channels again`,
      });
      await expect(secrets.putSecret(ONE, SECRET)).rejects.toMatchObject({ code: 'service_unavailable' });
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );
});
