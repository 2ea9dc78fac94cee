import { confirmationMail } from '../../../../shared/alerts/confirmation-mail.ts';
import { DeliveryRefusedError, ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import type { Subscription } from '../../../../shared/model/subscription.ts';
import { takeSubscriptionStep } from '../../../../shared/usecases/alerting/subscription-step.ts';
import { sweep } from '../../../../shared/usecases/alerting/sweep.ts';
import { askThoseNeverAsked } from '../../../../shared/usecases/managing/ask-those-never-asked.ts';
import { askAgain, confirm } from '../../../../shared/usecases/managing/confirm.ts';
import { undoEnd } from '../../../../shared/usecases/managing/leave.ts';
import {
  type SubscribePorts,
  type SubscribeRequest,
  subscribe,
} from '../../../../shared/usecases/managing/subscribe.ts';
import { unsubscribeById, unsubscribeByToken } from '../../../../shared/usecases/managing/unsubscribe.ts';
import { ALERT_SETTINGS, anAlertWorld, wholeBudget } from '../../../support/alert-world.ts';
import { aMatch, aSubscription, aTopic, later, START } from '../../../support/builders.ts';
import { someSnsSubscriptions } from '../../../support/fakes.ts';

const ADDRESS = 'reader@example.org';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** `mail.confirm` is on; what leaves is in `world.mails`. */
async function aWorld(change: Pick<Partial<SubscribePorts>, 'settings' | 'localMail'> = {}) {
  const world = anAlertWorld();
  const { stores, clock } = world;
  await stores.topics.putTopics(['river-crossings', 'sanctions'].map((id) => aTopic({ id })));
  const ports = {
    ...stores,
    clock,
    settings: ALERT_SETTINGS,
    channelSecrets: world.channels.channelSecrets,
    snsSubscriptions: someSnsSubscriptions(),
    caller: 'command line',
    ...change,
  };
  const ask = (request: Partial<SubscribeRequest> = {}) =>
    subscribe(ports, { channel: 'email', target: ADDRESS, topics: ['river-crossings'], ...request });
  const now = async (): Promise<Subscription> => (await stores.subscriptions.subscriptionsOfTarget(ADDRESS))[0]!;
  /** What the stream does for a new subscription. */
  const step = async () => takeSubscriptionStep((await now()).id, world.ports, ALERT_SETTINGS);
  const sweepNow = () => sweep(world.ports, ALERT_SETTINGS, wholeBudget(clock));
  const subjects = () => world.mails.map(({ subject }) => subject);
  const linkOf = async () => (await now()).openQuestion!.link;
  return { world, ports, ask, now, step, sweepNow, subjects, linkOf };
}

describe('a new address', () => {
  it('is asked by one mail, and stays unconfirmed', async () => {
    const { world, ask, now, step } = await aWorld();

    const { outcome, isAsked, subscription } = await ask();
    await step();

    expect([outcome, isAsked, subscription.state]).toEqual(['created', true, 'unconfirmed']);
    expect((await now()).consent).toEqual({
      question: 'mail',
      requestedAt: START,
      requestedBy: 'command line',
      wording: 1,
      confirmedAt: null,
    });
    expect(world.mails).toMatchObject([
      {
        to: ADDRESS,
        subject: 'Tocsin: confirm your subscription',
        headers: {
          'List-Unsubscribe': `<https://links.example.org/u/${subscription.unsubscribeToken}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          'Auto-Submitted': 'auto-generated',
        },
      },
    ]);
    expect(world.mails[0]?.text).toContain(
      `https://links.example.org/u/${subscription.unsubscribeToken}/confirm/${(await now()).openQuestion?.link}`,
    );
  });

  it('gets nothing else before it agrees', async () => {
    const { world, ask, step, sweepNow, subjects } = await aWorld();
    await ask({ whenEmpty: true, digest: 'hourly' });
    await ask();
    await step();

    await world.given({ matches: [aMatch()] });
    await sweepNow();
    for (let hours = 0; hours < 20; hours += 1) {
      world.clock.advance(HOUR_MS);
      await sweepNow();
    }

    expect(new Set(subjects())).toEqual(new Set(['Tocsin: confirm your subscription']));
  });

  it('is active once it agrees, and what comes then is sent', async () => {
    const { world, ports, ask, now, step, sweepNow, linkOf, subjects } = await aWorld();
    await ask();
    await step();
    world.clock.advance(HOUR_MS);

    const { was } = await confirm(ports, await now(), await linkOf());

    expect(was).toBe('open');
    expect(await now()).toMatchObject({ state: 'active', consent: { confirmedAt: later(HOUR_MS) }, dueAt: null });
    await world.given({ matches: [aMatch()] });
    await sweepNow();
    expect(subjects()).toHaveLength(2);
  });

  it('is reminded once, a day later, and forgotten after thirty days', async () => {
    const { world, ask, now, step, sweepNow, subjects } = await aWorld();
    await ask();
    await step();

    world.clock.advance(DAY_MS - 1);
    await sweepNow();
    expect(subjects()).toHaveLength(1);
    world.clock.advance(1);
    await sweepNow();
    expect(subjects()).toEqual(['Tocsin: confirm your subscription', 'Reminder: confirm your Tocsin subscription']);
    for (let days = 1; days < 29; days += 1) {
      world.clock.advance(DAY_MS);
      await sweepNow();
    }
    expect(subjects()).toHaveLength(2);
    const { unsubscribeToken } = await now();
    world.clock.advance(DAY_MS);
    await sweepNow();

    expect(await now()).toBeUndefined();
    expect(await world.stores.subscriptions.getByToken(unsubscribeToken)).toBeNull();
  });

  it('is not reminded once it agreed', async () => {
    const { world, ports, ask, now, step, sweepNow, subjects, linkOf } = await aWorld();
    await ask();
    await step();
    await confirm(ports, await now(), await linkOf());

    world.clock.advance(40 * DAY_MS);
    await sweepNow();

    expect(subjects()).toHaveLength(1);
    expect((await now()).state).toBe('active');
  });

  it('is not reminded once it said no by the link of the mail program, and is forgotten all the same', async () => {
    const { world, ports, ask, now, step, sweepNow, subjects } = await aWorld();
    await ask();
    await step();

    await unsubscribeByToken(ports, (await now()).unsubscribeToken);
    world.clock.advance(DAY_MS);
    await sweepNow();
    expect(subjects()).toHaveLength(1);
    expect((await now()).state).toBe('unsubscribed');
    world.clock.advance(29 * DAY_MS);
    await sweepNow();

    expect(await now()).toBeUndefined();
  });

  it('who takes back a no is not subscribed by that', async () => {
    const { ports, ask, now, step } = await aWorld();
    await ask();
    await step();
    await unsubscribeByToken(ports, (await now()).unsubscribeToken);

    const after = await undoEnd(ports, await now());

    expect(after.state).toBe('unconfirmed');
  });

  it('is asked once by two processes at the same time', async () => {
    const { ask, step, subjects } = await aWorld();
    await ask();

    await Promise.all([step(), step()]);
    await step();

    expect(subjects()).toHaveLength(1);
  });

  it('is asked again under the same id when the process died before it noted the mail', async () => {
    const { world, ask, now, step, sweepNow } = await aWorld();
    await ask();
    const before = await now();
    await step();
    // The mail left, and the note of it was lost.
    const { dueAt = null, step: due = null, openQuestion = null } = before;
    await world.stores.subscriptions.updateSubscription(before.id, { dueAt, step: due, openQuestion }, START);

    world.clock.advance(5 * 60_000);
    await sweepNow();

    expect(world.mails).toHaveLength(2);
    expect(new Set(world.mails.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it('is asked later where the mail server is away, and says so meanwhile', async () => {
    const { world, ask, now, step, sweepNow, subjects } = await aWorld();
    world.faults.mail = () => new ServiceUnavailableError('the mail server does not answer');
    await ask();
    await step();
    expect(await now()).toMatchObject({
      state: 'unconfirmed',
      stateReason: 'the address could not be asked: service_unavailable: the mail server does not answer',
    });

    world.faults.mail = null;
    world.clock.advance(5 * 60_000);
    await sweepNow();

    expect(subjects()).toHaveLength(1);
    expect((await now()).stateReason).toBeNull();
  });

  it('is given up when its mail server refuses it', async () => {
    const { world, ask, now, step, sweepNow } = await aWorld();
    world.faults.mail = () => new DeliveryRefusedError('no such mailbox');
    await ask();

    await step();
    world.faults.mail = null;
    world.clock.advance(2 * DAY_MS);
    await sweepNow();

    expect(world.mails).toEqual([]);
    expect((await now()).stateReason).toBe('the address could not be asked: delivery_refused: no such mailbox');
  });

  it('is not asked where mail.confirm is false, and that is kept', async () => {
    const settings = { ...ALERT_SETTINGS, mail: { ...ALERT_SETTINGS.mail, confirm: false } };
    const { world, ask, now, sweepNow } = await aWorld({ settings });

    const { isAsked } = await ask();
    world.clock.advance(2 * DAY_MS);
    await sweepNow();

    expect(isAsked).toBe(false);
    expect(await now()).toMatchObject({
      state: 'active',
      consent: { question: 'off', wording: null, confirmedAt: null },
    });
    expect(world.mails).toEqual([]);
  });

  it('is not asked while mails stay on the machine, nor is the own address of the outbox', async () => {
    for (const [leaves, ownAddress] of [
      [false, 'outbox@tocsin.localhost'],
      [true, ADDRESS],
    ] as const) {
      const { ask, now } = await aWorld({ localMail: { leaves, ownAddress } });

      await ask();

      expect(await now()).toMatchObject({ state: 'active', consent: { question: 'local' } });
    }
  });

  it('that was never asked is asked once mails leave the machine, and the outbox is not', async () => {
    const ownAddress = 'outbox@tocsin.localhost';
    const { world, ports, ask, now, step, subjects } = await aWorld({ localMail: { leaves: false, ownAddress } });
    await ask();
    await ask({ target: ownAddress });
    await world.given({ subscriptions: [aSubscription({ target: 'before@example.org' })] });

    const smtp = { ...ports, localMail: { leaves: true, ownAddress } };
    expect([await askThoseNeverAsked(smtp), await askThoseNeverAsked(smtp)]).toEqual([1, 0]);
    await step();

    expect(subjects()).toEqual(['Tocsin: confirm your subscription']);
    const states = async (target: string) =>
      (await world.stores.subscriptions.subscriptionsOfTarget(target)).map(({ state }) => state);
    expect([(await now()).state, await states(ownAddress), await states('before@example.org')]).toEqual([
      'unconfirmed',
      ['active'],
      ['active'],
    ]);
  });
});

describe('subscribing again', () => {
  it('asks again, at most three times a day, regardless of who asks and of upper and lower case', async () => {
    const { world, ask, step, subjects } = await aWorld();
    for (const target of [ADDRESS, 'Reader@Example.org', ADDRESS]) {
      expect(await ask({ target })).toMatchObject({ isAsked: true, subscription: { state: 'unconfirmed' } });
      await step();
    }
    expect(subjects()).toHaveLength(3);

    await expect(ask()).rejects.toMatchObject({ code: 'asked_too_often' });
    await expect(ask({ topics: ['sanctions'] })).rejects.toMatchObject({ code: 'asked_too_often' });
    world.clock.advance(DAY_MS);
    await ask();
    await step();

    expect(subjects()).toHaveLength(4);
  });

  it('does not get around the limit by ending the subscription in between', async () => {
    const { ports, ask } = await aWorld();
    for (let times = 0; times < 3; times += 1) {
      const { subscription } = await ask();
      await unsubscribeById(ports, subscription.id);
    }

    await expect(ask()).rejects.toMatchObject({ code: 'asked_too_often' });
  });

  it('of ten at the same time lets at most three through', async () => {
    const { ask } = await aWorld();

    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => ask()));

    const asked = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect([asked >= 1, asked <= 3]).toEqual([true, true]);
  });

  it('keeps a link that still works, so that of two mails both do', async () => {
    const { world, ports, ask, now, linkOf } = await aWorld();
    await ask();
    const first = await linkOf();
    world.clock.advance(3 * DAY_MS);
    await ask({ topics: ['sanctions'] });

    expect(await linkOf()).toBe(first);
    expect((await now()).topics).toEqual(['river-crossings', 'sanctions']);
    world.clock.advance(6 * DAY_MS);
    expect((await confirm(ports, await now(), first)).was).toBe('open');
  });

  it('adds topics to one that is active without asking', async () => {
    const { ports, ask, now, linkOf } = await aWorld();
    await ask();
    await confirm(ports, await now(), await linkOf());

    const { outcome, isAsked, subscription } = await ask({ topics: ['sanctions'] });

    expect([outcome, isAsked, subscription.state]).toEqual(['extended', false, 'active']);
    expect((await now()).consent?.confirmedAt).toBe(START);
  });

  it('adds topics to one from before addresses were asked, without asking', async () => {
    const { world, ask } = await aWorld();
    const { consent: _, ...old } = aSubscription({ topics: ['river-crossings'] });
    await world.given({ subscriptions: [{ ...old, consent: null }] });

    expect(await ask({ topics: ['sanctions'] })).toMatchObject({ isAsked: false, subscription: { state: 'active' } });
  });

  it('asks again after the reader has left, and a link from before does not confirm that', async () => {
    const { ports, ask, now, linkOf } = await aWorld();
    await ask();
    const used = await linkOf();
    await confirm(ports, await now(), used);
    await unsubscribeByToken(ports, (await now()).unsubscribeToken);

    const { outcome, isAsked } = await ask();

    expect([outcome, isAsked]).toEqual(['renewed', true]);
    expect((await confirm(ports, await now(), used)).was).toBe('expired');
    expect(await now()).toMatchObject({ state: 'unconfirmed', consent: { confirmedAt: null } });
  });

  it('does not undo a confirmation that comes at the same moment', async () => {
    const { ports, ask, now, linkOf } = await aWorld();
    await ask();
    const known = await now();
    const link = await linkOf();
    const subscriptions = {
      ...ports.subscriptions,
      createSubscription: ports.subscriptions.createSubscription.bind(ports.subscriptions),
      getSubscription: ports.subscriptions.getSubscription.bind(ports.subscriptions),
      subscriptionsOfTarget: ports.subscriptions.subscriptionsOfTarget.bind(ports.subscriptions),
      // The reader clicks between the read and the write.
      updateSubscription: async (...change: Parameters<typeof ports.subscriptions.updateSubscription>) => {
        await confirm(ports, known, link);
        return ports.subscriptions.updateSubscription(...change);
      },
    };

    await subscribe({ ...ports, subscriptions }, { channel: 'email', target: ADDRESS, topics: ['sanctions'] });

    expect(await now()).toMatchObject({ state: 'active', topics: ['river-crossings', 'sanctions'] });
  });
});

describe('the link of a mail that asks', () => {
  it('works for seven days', async () => {
    for (const [ms, was] of [
      [7 * DAY_MS - 1, 'open'],
      [7 * DAY_MS, 'expired'],
    ] as const) {
      const { world, ports, ask, now, linkOf } = await aWorld();
      await ask();
      world.clock.advance(ms);

      expect((await confirm(ports, await now(), await linkOf())).was).toBe(was);
      expect((await now()).state).toBe(was === 'open' ? 'active' : 'unconfirmed');
    }
  });

  it('confirms once when it is clicked twice at the same time', async () => {
    const { ports, ask, now, linkOf } = await aWorld();
    await ask();
    const [subscription, link] = [await now(), await linkOf()];

    const answers = await Promise.all([1, 2].map(() => confirm(ports, subscription, link)));

    expect(answers.map(({ was }) => was).sort()).toEqual(['answered', 'open']);
  });

  it('that has ended asks for another, which then works', async () => {
    const { world, ports, ask, now, step, linkOf, subjects } = await aWorld();
    await ask();
    await step();
    const old = await linkOf();
    world.clock.advance(8 * DAY_MS);

    await askAgain(ports, await now(), old);
    await step();

    expect(subjects()).toHaveLength(2);
    expect((await now()).consent).toMatchObject({ requestedBy: 'page', requestedAt: later(8 * DAY_MS) });
    expect((await confirm(ports, await now(), old)).was).toBe('expired');
    expect((await confirm(ports, await now(), await linkOf())).was).toBe('open');
  });

  it('is not sent again more than three times a day', async () => {
    const { world, ports, ask, now } = await aWorld();
    await ask();
    world.clock.advance(8 * DAY_MS);

    for (let times = 0; times < 3; times += 1) await askAgain(ports, { ...(await now()), openQuestion: null }, 'old');

    await expect(askAgain(ports, { ...(await now()), openQuestion: null }, 'old')).rejects.toMatchObject({
      code: 'asked_too_often',
    });
  });

  it('confirms nothing that is suppressed or has ended', async () => {
    for (const [state, was] of [
      ['suppressed', 'suppressed'],
      ['unsubscribed', 'ended'],
    ] as const) {
      const { world, ports, ask, now, linkOf } = await aWorld();
      await ask();
      const link = await linkOf();
      const { id } = await now();
      await world.stores.subscriptions.updateSubscription(id, { state }, START);

      expect((await confirm(ports, await now(), link)).was).toBe(was);
      expect((await now()).state).toBe(state);
    }
  });
});

it('a changed wording of the mail has another number', () => {
  const mail = confirmationMail({
    address: 'https://x.example/c',
    refuseAddress: 'https://x.example/u',
    topics: ['a', 'b'],
    until: START,
  });

  // Wording 1. Where these words change, CONFIRMATION_WORDING has to rise with them.
  expect(mail.text).toBe(`Someone subscribed this address to alerts of Tocsin, a monitor of news feeds, about: a, b.

Do you want these alerts? Then open this page, and confirm there:
https://x.example/c

The link works until 2026-11-17 08:00 UTC.

If it was not you, ignore this mail. Unless you confirm, nothing is sent but one reminder.

No, and do not remind me: https://x.example/u
`);
});
