// `tocsin suppressions` against a running instance.
import { hashOfAddress } from '../../shared/model/suppression.ts';
import { aSubscription, aTopic, START } from '../support/builders.ts';
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';

const ADDRESS = 'reader@example.org';

let instance: RunningInstance;
beforeEach(async () => {
  instance = await aRunningInstance();
});
afterEach(() => instance.stop());

const run = (...args: string[]) => instance.run(args);

async function suppressed(): Promise<void> {
  const { stores } = instance;
  await stores.topics.putTopics([aTopic()]);
  await stores.subscriptions.createSubscription(aSubscription({ state: 'suppressed', stateBefore: 'active' }));
  await stores.suppressions.suppress({
    hash: hashOfAddress(ADDRESS),
    cause: 'bounce',
    reason: '550 5.1.1 no such user\u001b',
    at: START,
  });
}

describe('suppressions', () => {
  it('says that there are none', async () => {
    expect(await run('suppressions')).toMatchObject({ code: 0, stdout: '', stderr: 'no address is suppressed\n' });
  });

  it('lists since when, why and whose, but no address', async () => {
    await suppressed();

    const { stdout } = await run('suppressions', 'list');

    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['SINCE', 'CAUSE', 'SUBSCRIPTION', 'HASH', 'REASON'],
      [
        '2026-11-17 08:00 UTC',
        'bounce',
        aSubscription().id,
        hashOfAddress(ADDRESS).slice(0, 12),
        '550 5.1.1 no such user\ufffd',
      ],
      [''],
    ]);
    expect(JSON.parse((await run('suppressions', '--json')).stdout)).toEqual([
      expect.objectContaining({ hash: hashOfAddress(ADDRESS), subscriptions: [aSubscription().id] }),
    ]);
  });

  it('are refused when they subscribe, and the error says how to go on', async () => {
    await suppressed();

    const { code, stderr } = await run('subscribe', 'email', ADDRESS, '--topic', '*');

    expect(code).toBe(2);
    expect(stderr).toContain('mail to the address bounced: 550 5.1.1 no such user');
    expect(stderr).toContain('tocsin suppressions remove ADDRESS');
  });
});

describe('suppressions remove', () => {
  it('sends mail to the address again', async () => {
    await suppressed();

    expect(await run('suppressions', 'remove', ADDRESS)).toMatchObject({
      code: 0,
      stdout: `mail to ${ADDRESS} is sent again; going on: ${aSubscription().id}\n`,
      stderr: '',
    });
    expect((await run('suppressions')).stderr).toBe('no address is suppressed\n');
    expect((await instance.stores.subscriptions.getSubscription(aSubscription().id))?.state).toBe('active');
  });

  it('says so where the address has no subscription', async () => {
    await instance.stores.suppressions.suppress({
      hash: hashOfAddress(ADDRESS),
      cause: 'bounce',
      reason: '',
      at: START,
    });

    expect(JSON.parse((await run('suppressions', 'remove', ADDRESS, '--json')).stdout)).toEqual({
      removed: ADDRESS,
      subscriptions: [],
    });
  });

  it('fails for an address that is not on the list', async () => {
    const { code, stderr } = await run('suppressions', 'remove', ADDRESS);

    expect([code, stderr]).toEqual([2, `tocsin: ${ADDRESS} is not suppressed\n`]);
  });
});
