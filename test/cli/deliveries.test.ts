// What became of alerts, and sending again what did not arrive, from the command line against a running instance.
import { because } from '../../shared/model/delivery-reason.ts';
import type { SubscriptionId } from '../../shared/model/ids.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import { aDelivery, aMatch, aSubscription, later } from '../support/builders.ts';
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';

let instance: RunningInstance;
beforeEach(async () => {
  instance = await aRunningInstance();
});
afterEach(() => instance.stop());

const REFUSED = because('delivery_refused', 'delivery_refused: no such box');

/** One article a minute, with one delivery each to a subscriber of its own. */
async function given(...changes: readonly Partial<Delivery>[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [at, change] of changes.entries()) {
    const match = aMatch({ articleId: `article-${at}`, firstSeenAt: later(at * 60_000) });
    const subscriptionId = `subscription-${at}` as SubscriptionId;
    await instance.stores.matches.putMatch(match);
    await instance.stores.subscriptions.createSubscription(
      aSubscription({ id: subscriptionId, target: `desk-${at}@example.org` }),
    );
    const when = later(at * 60_000);
    const delivery = aDelivery({ matchId: match.id, subscriptionId, createdAt: when, updatedAt: when, ...change });
    await instance.stores.deliveries.createDelivery(delivery);
    ids.push(delivery.id);
  }
  return ids;
}
const run = (...args: string[]) => instance.run(args);
const shown = async (...args: string[]): Promise<readonly string[]> =>
  JSON.parse((await run('deliveries', ...args, '--json')).stdout).map(({ id }: { id: string }) => id);

describe('deliveries', () => {
  it('are listed without an id, the newest first, with their reasons', async () => {
    const [sent, muted] = await given(
      { state: 'sent', dueAt: null },
      { state: 'filtered', dueAt: null, ...because('muted', 'the topic is muted until tomorrow') },
    );

    expect(await shown()).toEqual([muted, sent]);
    const { stdout } = await run('deliveries');
    expect(stdout.split('\n')[1]).toMatch(
      /^2026-11-17 08:01:00 UTC +filtered +alert .* the topic is muted until tomorrow/,
    );
  });

  it('can be narrowed in every way', async () => {
    const [sent, muted, failed] = await given(
      { state: 'sent', dueAt: null },
      { state: 'filtered', dueAt: null, ...because('muted') },
      { state: 'failed', dueAt: null, channel: 'slack', ...REFUSED },
    );

    expect(await shown('--state', 'sent')).toEqual([sent]);
    expect(await shown('--reason', 'muted')).toEqual([muted]);
    expect(await shown('--channel', 'slack')).toEqual([failed]);
    expect(await shown('--failed')).toEqual([failed]);
    expect(await shown('--failed', '--since', '2026-11-18')).toEqual([]);
    expect(await shown('--target', 'desk-1@example.org')).toEqual([muted]);
    expect(await shown('--subscription', 'subscription-0')).toEqual([sent]);
    expect(await shown('--match', aMatch({ articleId: 'article-1' }).id)).toEqual([muted]);
    expect(await shown('--since', '2026-11-17T08:01:00Z')).toEqual([failed, muted]);
    expect(await shown('--until', '2026-11-17T08:01:00Z')).toEqual([sent]);
    expect(await shown('--limit', '1')).toEqual([failed]);
  });

  it('come as CSV and JSON lines too', async () => {
    await given({ state: 'failed', dueAt: null, ...REFUSED });

    const csv = (await run('deliveries', '--format', 'csv')).stdout;
    const [head = '', row = ''] = csv.split('\r\n');
    expect(head.replaceAll('"', '').split(',')).toEqual(
      expect.arrayContaining(['id', 'state', 'reason', 'reasonCode', 'subscriptionId']),
    );
    expect(row).toContain('delivery_refused: no such box');
    expect(JSON.parse((await run('deliveries', '--format', 'jsonl')).stdout)).toMatchObject({ state: 'failed' });
  });

  it.each([
    [['--failed', '--failing'], 'give either --failed or --failing'],
    [['--failing', '--since', '2d'], '--failing is about now, without --since and --until'],
    [['--state', 'lost'], '--state: "lost" is not one of pending'],
    [['--reason', 'mute'], 'did you mean muted?'],
    [['--channel', 'mail'], 'did you mean email?'],
    [
      ['--target', 'nobody@example.org'],
      'no subscription has the target "nobody@example.org". tocsin subscriptions shows them',
    ],
  ])('are refused for %j', async (args, words) => {
    const { code, stderr } = await run('deliveries', ...args);

    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it.each([
    [['--failed'], 'no deliveries failed\n'],
    [['--failing'], 'no deliveries are failing\n'],
    [['--state', 'bounced'], 'no delivery has the state bounced\n'],
    [[], 'no deliveries\n'],
  ])('that are none are said to be none: %j', async (args, words) => {
    expect(await run('deliveries', ...args)).toMatchObject({ code: 0, stdout: '', stderr: words });
  });

  it('have every state and reason explained in the help', async () => {
    const { stdout } = await run('deliveries', '--help');

    expect(stdout).toMatch(/^ {9}accepted +the service took it; its arrival is not confirmed$/m);
    expect(stdout).toMatch(/^ {9}quiet_hours +it waits for the end of the subscriber's quiet hours$/m);
  });
});

describe('sending again', () => {
  const stateOf = async (id: string | undefined) =>
    (await instance.stores.deliveries.getDelivery(id as Delivery['id']))?.state;

  it('by id makes deliveries due, and says why not', async () => {
    const [failed, sent] = await given({ state: 'failed', dueAt: null, ...REFUSED }, { state: 'sent', dueAt: null });

    const { code, stdout } = await run('redeliver', failed!, sent!);

    expect([code, stdout.split('\n')]).toEqual([
      1,
      [
        '1 delivery due now, to leave within five minutes',
        `1 left out, it is sent; only failed, bounced, suppressed, disabled may be sent again: ${sent}`,
        '',
      ],
    ]);
    expect([await stateOf(failed), await stateOf(sent)]).toEqual(['pending', 'sent']);
  });

  it('of all that failed asks first, and does nothing unless the answer is yes', async () => {
    const [one, other] = await given(
      { state: 'failed', dueAt: null, ...REFUSED },
      { state: 'bounced', dueAt: null, channel: 'slack', ...because('bounced') },
    );
    instance.clock.set(later(3_600_000));
    const ask = (answer: string) =>
      instance.run(['redeliver', '--failed', '--since', '2d'], { terminal: true, stdin: [`${answer}\n`] });

    const no = await ask('no');
    expect([no.code, no.stdout, await stateOf(one)]).toEqual([1, '', 'failed']);
    expect(no.stderr).toBe(
      '2 deliveries (1 slack, 1 email), the first failed 2026-11-17 08:00 UTC. Send them again? Type yes: ',
    );
    const yes = await ask('yes');
    expect([yes.code, yes.stdout]).toEqual([0, '2 deliveries due now, to leave within five minutes\n']);
    expect([await stateOf(one), await stateOf(other)]).toEqual(['pending', 'pending']);
    expect((await ask('yes')).stdout).toBe('0 deliveries due now, to leave within five minutes\n');
  });

  it('of all that failed needs --yes where there is no one to answer', async () => {
    const [failed] = await given({ state: 'failed', dueAt: null, ...REFUSED });
    instance.clock.set(later(3_600_000));

    const { code, stderr } = await run('redeliver', '--failed', '--since', '2d');
    expect([code, await stateOf(failed)]).toEqual([2, 'failed']);
    expect(stderr).toContain('add --yes to send them again');

    const { stdout } = await run('redeliver', '--failed', '--since', '2d', '--channel', 'email', '--yes', '--json');
    expect(JSON.parse(stdout)).toEqual({ redelivered: [failed], skipped: [] });
    expect(await stateOf(failed)).toBe('pending');
  });

  it.each([
    [[], 'give either ids or --failed'],
    [['a.b', '--failed', '--since', '2d'], 'give either ids or --failed'],
    [['a.b', '--since', '2d'], 'go with --failed'],
    [['--failed'], '--failed needs --since'],
    [['--failed', '--since', 'soon'], '"soon" is not a time'],
    [['--failed', '--since', '2d', '--channel', 'fax'], '--channel: "fax"'],
  ])('is refused for %j', async (args, words) => {
    const { code, stderr } = await run('redeliver', ...args);

    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});
