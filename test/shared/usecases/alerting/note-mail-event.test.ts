// What becomes of a delivery, a digest and an address after the provider took the mail. The events are those of SES, as mail-events gets them.
import { createHandler } from '../../../../lambdas/mail-events.ts';
import { AddressSuppressedError } from '../../../../shared/core/errors.ts';
import type { DeliveryId } from '../../../../shared/model/ids.ts';
import { hitDeliveryIdOf } from '../../../../shared/model/ids.ts';
import type { Digest } from '../../../../shared/model/subscription.ts';
import { hashOfAddress } from '../../../../shared/model/suppression.ts';
import { closeDigest } from '../../../../shared/usecases/alerting/close-digest.ts';
import { redeliver } from '../../../../shared/usecases/managing/redeliver.ts';
import { sqsEvent } from '../../../lambdas/aws-events.ts';
import { ALERT_SETTINGS, anAlertWorld } from '../../../support/alert-world.ts';
import { aHit, aMatch, articleOf, aSubscription, later } from '../../../support/builders.ts';
import { someFailedMessages } from '../../../support/fakes.ts';
import { sendAlerts } from '../../../support/send-alerts.ts';
import {
  bounceEvent,
  complaintEvent,
  delayEvent,
  deliveryEvent,
  rejectEvent,
  sesMail,
} from '../../../support/ses-events.ts';

const MATCH = aMatch();
const ALERT = hitDeliveryIdOf(articleOf(MATCH), 1, aSubscription().id);
const mailOf = (id: string) => sesMail({ tag: id.replaceAll('.', '_') });
const MAIL = mailOf(ALERT);

function aWorld() {
  const world = anAlertWorld();
  const { stores, clock, ports, logged } = world;
  const { log, metrics } = ports;
  const failedMessages = someFailedMessages();
  const handle = createHandler({ ...stores, clock, log, metrics, failedMessages, begin: () => () => {} });
  /** Each in a batch of its own; the counts of the log. */
  const tell = async (...events: readonly object[]) => {
    const failed: string[] = [];
    for (const event of events) {
      const { batchItemFailures } = await handle(sqsEvent({ event: JSON.stringify(event) }));
      failed.push(...batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    }
    return failed;
  };
  const state = async (id: string = ALERT) => (await stores.deliveries.getDelivery(id as DeliveryId))?.state;
  const subscription = () => stores.subscriptions.getSubscription(aSubscription().id);
  const reader = () => stores.storyReaders.getReader(aHit({}, [MATCH]).story.id, aSubscription().id);
  const lastCounts = () => JSON.parse(logged.filter((line) => line.includes('"message":"batch"')).at(-1) ?? '{}');
  return { ...world, tell, state, subscription, reader, lastCounts };
}

/** One alert was sent to the one subscriber. */
async function anAlerted() {
  const world = aWorld();
  await world.given({ matches: [MATCH], subscriptions: [aSubscription()] });
  await sendAlerts(articleOf(MATCH), world.ports, ALERT_SETTINGS);
  expect(await world.state()).toBe('sent');
  return world;
}

describe('a mail event of an alert', () => {
  it('that it was delivered is its state; the subscriber keeps what they know', async () => {
    const { tell, state, reader, subscription, lastCounts } = await anAlerted();

    expect(await tell(deliveryEvent(MAIL))).toEqual([]);

    expect(await state()).toBe('delivered');
    expect(lastCounts()).toMatchObject({ records: 1, failed: 0, noted: 1, suppressed: 0, unknown: 0 });
    expect((await reader())?.alertedBy).toBe(ALERT);
    expect((await subscription())?.state).toBe('active');
  });

  it('that it is delayed says why', async () => {
    const { tell, stores } = await anAlerted();

    await tell(delayEvent(MAIL));

    expect(await stores.deliveries.getDelivery(ALERT)).toMatchObject({
      state: 'delayed',
      reason: expect.stringContaining('421 4.4.1'),
    });
  });

  it('that it bounced suppresses the address, and the next alert of the story would be the first', async () => {
    const { tell, state, subscription, reader, stores } = await anAlerted();

    await tell(bounceEvent(MAIL));

    expect(await state()).toBe('bounced');
    expect(await subscription()).toMatchObject({
      state: 'suppressed',
      stateReason:
        'mail to the address bounced: bounced (Permanent, General): smtp; 550 5.1.1 <(address)>: no such user',
    });
    expect(await reader()).toMatchObject({ alertedBy: null, topics: [] });
    expect((await stores.suppressions.getSuppression(hashOfAddress('reader@example.org')))?.cause).toBe('bounce');
  });

  it('that its mailbox is full fails this mail only', async () => {
    const { tell, state, subscription, reader } = await anAlerted();

    await tell(bounceEvent(MAIL, { type: 'Transient', subType: 'MailboxFull' }));

    expect(await state()).toBe('bounced');
    expect((await subscription())?.state).toBe('active');
    expect((await reader())?.alertedBy).toBeNull();
  });

  it('that it was reported as spam suppresses the address; it had arrived', async () => {
    const { tell, state, subscription, reader } = await anAlerted();

    await tell(deliveryEvent(MAIL), complaintEvent(MAIL));

    expect(await state()).toBe('complained');
    expect((await subscription())?.state).toBe('suppressed');
    expect((await reader())?.alertedBy).toBe(ALERT);
  });

  it('that SES did not try, because the account has the address on its list, shows it as suppressed', async () => {
    const { tell, state, subscription } = await anAlerted();

    await tell(bounceEvent(MAIL, { subType: 'OnAccountSuppressionList' }));

    expect(await state()).toBe('suppressed');
    expect((await subscription())?.stateReason).toContain('on the suppression list of the provider');
  });

  it('that SES rejected it is a failure, which is listed', async () => {
    const { tell, stores, clock, subscription } = await anAlerted();

    await tell(rejectEvent(MAIL));

    const failed = await stores.deliveries.listFailed(later(-1, clock.now().toISOString()), 10);
    expect(failed.map(({ id, reason }) => [id, reason])).toEqual([[ALERT, 'SES rejected the mail: Bad content']]);
    expect((await subscription())?.state).toBe('active');
  });

  it.each([
    [['delivered', 'bounced'], 'bounced'],
    [['bounced', 'delivered'], 'bounced'],
    [['complained', 'delivered', 'delayed'], 'complained'],
    [['delayed', 'delivered', 'delayed'], 'delivered'],
  ])('may come twice and out of order: %j ends as %s', async (order, end) => {
    const { tell, state } = await anAlerted();
    const events = {
      delivered: deliveryEvent(MAIL),
      bounced: bounceEvent(MAIL),
      complained: complaintEvent(MAIL),
      delayed: delayEvent(MAIL),
    } as Record<string, object>;

    await tell(...[...order, ...order].map((each) => events[each]!));

    expect(await state()).toBe(end);
  });

  it('that comes again changes nothing at all', async () => {
    const { tell, stores, clock, lastCounts } = await anAlerted();
    await tell(bounceEvent(MAIL));
    const before = stores.snapshot();
    clock.advance(60_000);

    await tell(bounceEvent(MAIL));

    expect(lastCounts()).toMatchObject({ noted: 0, suppressed: 0, unknown: 0 });
    expect(stores.snapshot()).toEqual(before);
  });

  it('may be wrapped by SNS', async () => {
    const { tell, state } = await anAlerted();

    await tell({ Type: 'Notification', MessageId: 'm', TopicArn: 'arn', Message: JSON.stringify(deliveryEvent(MAIL)) });

    expect(await state()).toBe('delivered');
  });
});

describe('a mail event of an update that told a report which waited', () => {
  /** `first` was alerted, `waits` is held for four hours, `graver` of another topic is an update at once and tells it. */
  async function anUpdate() {
    const world = aWorld();
    await world.given({ subscriptions: [aSubscription({ topics: ['*'] })] });
    const id = async (articleId: string, topicId: string, kind: 'first' | 'new') => {
      const match = aMatch({ articleId, topicId });
      const story = { id: 'story-1', kind, reason: '', news: [articleId], texts: 1 } as const;
      await world.given({ matches: [match], hits: [aHit({ story }, [match])] });
      await sendAlerts(articleOf(match), world.ports, ALERT_SETTINGS);
      return hitDeliveryIdOf(articleOf(match), 1, aSubscription().id);
    };
    const first = await id('first', 'river-crossings', 'first');
    const waits = await id('waits', 'river-crossings', 'new');
    const update = await id('update', 'treaties', 'new');
    expect(await Promise.all([first, waits, update].map(world.state))).toEqual(['sent', 'merged', 'sent']);
    return { ...world, first, waits, update };
  }
  const full = (id: string) => bounceEvent(mailOf(id), { type: 'Transient', subType: 'MailboxFull' });

  it('that it bounced holds for both, and both may be sent again', async () => {
    const { tell, first, waits, update, state, stores, clock, ports, mails } = await anUpdate();

    await tell(full(update), full(update));

    expect(await Promise.all([first, waits, update].map(state))).toEqual(['sent', 'bounced', 'bounced']);
    expect((await stores.deliveries.getDelivery(waits))?.reason).toContain('MailboxFull');
    const listed = await stores.deliveries.listFailed(later(-1, clock.now().toISOString()), 10);
    expect(listed.map(({ id }) => id).sort()).toEqual([update, waits].sort());
    await redeliver([waits], ports);
    expect(await state(waits)).toBe('sent');
    expect(mails).toHaveLength(3);
  });

  it('that it arrived changes nothing of the other', async () => {
    const { tell, waits, update, state } = await anUpdate();

    await tell(deliveryEvent(mailOf(update)), complaintEvent(mailOf(update)));

    expect(await state(waits)).toBe('merged');
  });

  it('that an alert before it bounced is nothing to what the update told', async () => {
    const { tell, first, waits, state } = await anUpdate();

    await tell(full(first));

    expect(await Promise.all([first, waits].map(state))).toEqual(['bounced', 'merged']);
  });
});

describe('a mail event of something that is not known', () => {
  it('changes nothing but the list, if the address bounced', async () => {
    const { tell, stores, lastCounts, state } = await anAlerted();
    const stranger = sesMail({ tag: 'old_1_gone', to: 'gone@example.org' });

    expect(await tell(deliveryEvent(stranger), bounceEvent(stranger))).toEqual([]);

    expect(lastCounts()).toMatchObject({ noted: 0, suppressed: 1, unknown: 1 });
    expect(await stores.suppressions.getSuppression(hashOfAddress('gone@example.org'))).not.toBeNull();
    expect(await state()).toBe('sent');
  });

  it('counts for the address where the mail was no alert, as one that asks for confirmation', async () => {
    const { tell, subscription } = await anAlerted();

    await tell(bounceEvent(sesMail({})));

    expect((await subscription())?.state).toBe('suppressed');
  });

  it('goes back to the queue when it cannot be read; its neighbours are noted', async () => {
    const { tell, state } = await anAlerted();

    expect(await tell({ eventType: 'Bounce', mail: MAIL }, deliveryEvent(MAIL))).toEqual(['event']);
    expect(await state()).toBe('delivered');
  });
});

/** Two alerts wait in a digest, which is due; one of them has become unwanted. */
async function withDigest() {
  const world = aWorld();
  const matches = [MATCH, aMatch({ articleId: 'two' }), aMatch({ articleId: 'three', topicId: 'treaties' })];
  const topics = ['river-crossings', 'treaties'];
  await world.given({ matches, subscriptions: [aSubscription({ topics, digest: 'hourly' })] });
  for (const match of matches) await sendAlerts(articleOf(match), world.ports, ALERT_SETTINGS);
  await world.stores.subscriptions.updateSubscription(aSubscription().id, { topics: ['river-crossings'] }, later(1));
  const [digest] = Object.values(world.stores.snapshot().digests) as [Digest];
  world.clock.set(digest.windowEnd);
  const members = async () =>
    (await world.stores.digests.digestMembers(digest.id)).map((member) => member.state).sort();
  const close = () => closeDigest(digest.id, world.ports, ALERT_SETTINGS);
  return { ...world, digest, members, close };
}

describe('a mail event of a digest', () => {
  it('is about those of its members that were in the mail', async () => {
    const { tell, digest, members, close, subscription, reader } = await withDigest();
    await close();
    expect(await members()).toEqual(['filtered', 'sent', 'sent']);

    await tell(deliveryEvent(mailOf(digest.id)));
    expect(await members()).toEqual(['delivered', 'delivered', 'filtered']);

    await tell(bounceEvent(mailOf(digest.id)));
    expect(await members()).toEqual(['bounced', 'bounced', 'filtered']);
    expect((await subscription())?.state).toBe('suppressed');
    expect((await reader())?.alertedBy).toBeNull();
  });

  it('that overtakes the note of its sending comes back for it, but not for ever', async () => {
    const { tell, digest, members, close, clock } = await withDigest();
    clock.set('2026-11-30T12:10:00.000Z');

    expect(await tell(deliveryEvent(mailOf(digest.id)))).toEqual(['event']);
    expect(await members()).toEqual(['waiting', 'waiting', 'waiting']);
    await close();
    expect(await tell(deliveryEvent(mailOf(digest.id)))).toEqual([]);
    expect(await members()).toEqual(['delivered', 'delivered', 'filtered']);
  });

  it('that is never sent is not waited for', async () => {
    const { tell, digest, members, clock } = await withDigest();
    clock.set('2026-11-30T12:20:00.000Z');

    expect(await tell(deliveryEvent(mailOf(digest.id)))).toEqual([]);
    expect(await members()).toEqual(['waiting', 'waiting', 'waiting']);
  });
});

describe('a mail to an address on the list', () => {
  const refuse = () => new AddressSuppressedError('mail to the address bounced: no such user');
  const SUPPRESSED = { state: 'suppressed', reason: 'mail to the address bounced: no such user', dueAt: null };

  it('is not sent as an alert, and not tried again', async () => {
    const world = aWorld();
    world.faults.mail = refuse;
    await world.given({ matches: [MATCH], subscriptions: [aSubscription()] });

    const counts = await sendAlerts(articleOf(MATCH), world.ports, ALERT_SETTINGS);

    expect(counts.suppressed).toBe(1);
    expect(await world.stores.deliveries.getDelivery(ALERT)).toMatchObject(SUPPRESSED);
  });

  it('is not sent as a digest either', async () => {
    const { faults, close, stores, digest } = await withDigest();
    faults.mail = refuse;

    expect(await close()).toBe('suppressed');

    expect(await stores.digests.getDigest(digest.id)).toMatchObject(SUPPRESSED);
  });
});
