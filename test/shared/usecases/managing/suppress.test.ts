// Addresses that get no mail: how they come on the list, what follows for their subscriptions, and how they come off it.

import { DeliveryRefusedError, ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import type { Subscription } from '../../../../shared/model/subscription.ts';
import { hashOfAddress } from '../../../../shared/model/suppression.ts';
import { countingRefusals, withoutSuppressed } from '../../../../shared/usecases/managing/checked-mailer.ts';
import { subscribe } from '../../../../shared/usecases/managing/subscribe.ts';
import { liftSuppression, suppressAddress } from '../../../../shared/usecases/managing/suppress.ts';
import { ALERT_SETTINGS, anAlertWorld } from '../../../support/alert-world.ts';
import { aSubscription, aTopic, later, START } from '../../../support/builders.ts';
import { someSnsSubscriptions } from '../../../support/fakes.ts';

const ADDRESS = 'reader@example.org';
const WHY = { cause: 'bounce', reason: '550 5.1.1 no such user', at: START } as const;
const IN_WORDS = 'mail to the address bounced: 550 5.1.1 no such user';
const id = (name: string) => name as SubscriptionId;

const aWorld = (subscriptions: readonly Subscription[] = [aSubscription()]) => {
  const world = anAlertWorld();
  const { stores, clock } = world;
  const ports = { ...stores, clock, log: world.ports.log };
  return {
    ...world,
    ports,
    given: () => world.given({ subscriptions }),
    now: (name: string = aSubscription().id) => stores.subscriptions.getSubscription(id(name)),
  };
};

describe('an address that is suppressed', () => {
  it('stops all its e-mail subscriptions, and no others', async () => {
    const { ports, given, now } = aWorld([
      aSubscription({ target: 'Reader@Example.org' }),
      aSubscription({ id: id('asked'), state: 'unconfirmed' }),
      aSubscription({ id: id('ended'), state: 'unsubscribed' }),
      aSubscription({ id: id('sns'), channel: 'sns-email' }),
      aSubscription({ id: id('other'), target: 'other@example.org' }),
    ]);
    await given();

    expect(await suppressAddress(ADDRESS, WHY, ports)).toBe('added');

    const suppressed = { state: 'suppressed', stateReason: IN_WORDS };
    expect(await now()).toMatchObject(suppressed);
    expect(await now('asked')).toMatchObject(suppressed);
    expect([await now('ended'), await now('sns'), await now('other')]).toEqual([
      expect.objectContaining({ state: 'unsubscribed', stateReason: null }),
      expect.objectContaining({ state: 'active' }),
      expect.objectContaining({ state: 'active' }),
    ]);
  });

  it('twice changes nothing; after a crash the rest is done', async () => {
    const { ports, stores, given, now } = aWorld();
    await given();
    await stores.suppressions.suppress({ hash: hashOfAddress(ADDRESS), ...WHY });

    expect(await suppressAddress(ADDRESS, { ...WHY, cause: 'complaint' }, ports)).toBe('known');
    const after = await now();
    expect(after?.state).toBe('suppressed');
    await suppressAddress(ADDRESS, WHY, ports);
    expect(await now()).toEqual(after);
  });

  it('is in no log line', async () => {
    const { ports, given, logged } = aWorld();
    await given();

    await suppressAddress(ADDRESS, WHY, ports);

    expect(logged.join()).toContain('an address gets no mail any more');
    expect(logged.join()).toContain(aSubscription().id);
    expect(logged.join()).not.toContain('reader@');
  });

  it('cannot be brought back by the link of a mail that ended its subscription', async () => {
    const { ports, given, now } = aWorld([aSubscription({ state: 'unsubscribed', endedByLinkAt: START })]);
    await given();

    await suppressAddress(ADDRESS, WHY, ports);

    expect(await now()).toMatchObject({ state: 'unsubscribed', endedByLinkAt: null });
  });

  it('cannot be subscribed, whether or not it has a subscription; the error says how that is lifted', async () => {
    const { ports, stores } = aWorld();
    await stores.topics.putTopics([aTopic()]);
    await suppressAddress(ADDRESS, WHY, ports);
    const ask = (channel: 'email' | 'sns-email') =>
      subscribe(
        {
          ...ports,
          settings: ALERT_SETTINGS,
          snsSubscriptions: someSnsSubscriptions(),
        },
        { channel, target: 'READER@example.org', topics: ['*'] },
      );

    await expect(ask('email')).rejects.toMatchObject({
      code: 'address_suppressed',
      message: `no mail is sent to this address: ${IN_WORDS}. When the cause is gone and its owner wants mail: tocsin suppressions remove ADDRESS`,
    });
    expect((await ask('sns-email')).outcome).toBe('created');
    await liftSuppression(ADDRESS, ports);
    expect((await ask('email')).outcome).toBe('created');
  });
});

describe('an address whose suppression is lifted', () => {
  it('has its subscriptions back as they were', async () => {
    const { ports, given, now } = aWorld([aSubscription(), aSubscription({ id: id('asked'), state: 'unconfirmed' })]);
    await given();
    await suppressAddress(ADDRESS, WHY, ports);

    const { outcome, subscriptions } = await liftSuppression(' Reader@example.org ', ports);

    expect(outcome).toBe('lifted');
    expect(subscriptions.map((one) => one.id).sort()).toEqual(['asked', aSubscription().id]);
    expect(await now()).toMatchObject({ state: 'active', stateReason: null });
    expect(await now('asked')).toMatchObject({ state: 'unconfirmed', stateReason: null });
  });

  it('may have been suppressed before there was a list', async () => {
    const { ports, given, now } = aWorld([aSubscription({ state: 'suppressed' })]);
    await given();

    await liftSuppression(ADDRESS, ports);

    expect((await now())?.state).toBe('active');
  });

  it('must be an address, and must be suppressed', async () => {
    const { ports, given } = aWorld();
    await given();

    expect(await liftSuppression(ADDRESS, ports)).toEqual({ outcome: 'not_suppressed', subscriptions: [] });
    await expect(liftSuppression('reader', ports)).rejects.toMatchObject({ code: 'invalid_body' });
  });
});

describe('a mailer that knows which addresses get no mail', () => {
  const MAIL = { to: ADDRESS, subject: 's', text: 't', html: '', headers: {}, messageId: 'mail-1@example.org' };
  const aMailer = () => {
    const world = aWorld();
    const answers: (Error | null)[] = [];
    const sent: string[] = [];
    const server = {
      sendMail: async ({ messageId }: typeof MAIL) => {
        const answer = answers.shift() ?? null;
        if (answer !== null) throw answer;
        sent.push(messageId);
        return { providerId: 'p', messageId };
      },
    };
    const mailer = withoutSuppressed(countingRefusals(server, world.ports), world.stores.suppressions);
    const send = (messageId = MAIL.messageId) => mailer.sendMail({ ...MAIL, messageId });
    return { ...world, answers, sent, send };
  };
  const refusal = () => new DeliveryRefusedError('mail.example.org:25 refused the recipient: "550 5.1.1 unknown"');

  it('sends to all others', async () => {
    const { send, sent } = aMailer();

    expect(await send()).toEqual({ providerId: 'p', messageId: MAIL.messageId });
    expect(sent).toEqual([MAIL.messageId]);
  });

  it('sends nothing to an address on the list', async () => {
    const { ports, send, sent } = aMailer();
    await suppressAddress(ADDRESS, WHY, ports);

    await expect(send()).rejects.toMatchObject({ code: 'address_suppressed', message: IN_WORDS });
    expect(sent).toEqual([]);
  });

  it('suppresses an address that the mail server refuses for the second time', async () => {
    const { given, now, answers, send, stores } = aMailer();
    await given();
    answers.push(refusal(), refusal());

    await expect(send('mail-1')).rejects.toMatchObject({ code: 'delivery_refused' });
    expect((await now())?.state).toBe('active');
    await expect(send('mail-2')).rejects.toMatchObject({ code: 'delivery_refused' });
    expect(await now()).toMatchObject({
      state: 'suppressed',
      stateReason:
        'the mail server refused the address twice: mail.example.org:25 refused the recipient: "550 5.1.1 unknown"',
    });
    expect(await stores.suppressions.getSuppression(hashOfAddress(ADDRESS))).toMatchObject({ cause: 'refused' });
    await expect(send('mail-3')).rejects.toMatchObject({ code: 'address_suppressed' });
  });

  it('counts a mail that is tried again once, and forgets a refusal after a week', async () => {
    const { given, now, answers, send, clock } = aMailer();
    await given();
    answers.push(refusal(), refusal(), refusal());

    for (const [name, at] of [
      ['mail-1', 0],
      ['mail-1', 1],
      ['mail-2', 7 * 86_400_000],
    ] as const) {
      clock.set(later(at));
      await expect(send(name)).rejects.toMatchObject({ code: 'delivery_refused' });
    }

    expect((await now())?.state).toBe('active');
  });

  it('counts nothing else against an address', async () => {
    const { given, now, answers, send } = aMailer();
    await given();
    const busy = () => new ServiceUnavailableError('450 4.2.1 try later');
    answers.push(busy(), busy(), busy());

    for (const name of ['mail-1', 'mail-2', 'mail-3'])
      await expect(send(name)).rejects.toMatchObject({ code: 'service_unavailable' });

    expect((await now())?.state).toBe('active');
  });
});
