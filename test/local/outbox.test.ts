import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outbox } from '../../local/outbox.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-outbox-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const aMail = (id: string) => ({
  from: 'tocsin@example.org',
  to: 'desk@example.org',
  subject: id,
  text: id,
  html: null,
  headers: { 'X-Tocsin-Delivery': id },
});

describe('the outbox', () => {
  it('keeps a mail that comes twice once, also after a restart', async () => {
    await new Outbox(folder, null).take(aMail('one'));

    const again = new Outbox(folder, null);
    await again.take(aMail('one'));
    await again.take(aMail('two'));

    expect(again.list().map(({ number, subject }) => [number, subject])).toEqual([
      [2, 'two'],
      [1, 'one'],
    ]);
    expect(again.read(2, 'txt')).toBe('two');
  });

  it('loses its oldest mails when there are more than 5,000, and numbers the next as before', async () => {
    const outbox = new Outbox(folder, null);
    for (let i = 1; i <= 5_500; i++) await outbox.take(aMail(`mail ${i}`));

    await outbox.take(aMail('the next'));

    expect(outbox.list()).toHaveLength(5_001);
    expect(outbox.list()[0]).toMatchObject({ number: 5_501, subject: 'the next' });
    expect(outbox.read(500, 'txt')).toBeNull();
    expect(outbox.read(501, 'txt')).toBe('mail 501');
    expect(new Outbox(folder, null).list()).toHaveLength(5_001);
  }, 60_000);
});
