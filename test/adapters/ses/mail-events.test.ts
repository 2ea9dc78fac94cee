import { mailEventOf } from '../../../adapters/ses/mail-events.ts';
import {
  bounceEvent,
  complaintEvent,
  delayEvent,
  deliveryEvent,
  rejectEvent,
  renderingFailureEvent,
  sendEvent,
  sesMail,
} from '../../support/ses-events.ts';

const MAIL = sesMail({ tag: 'article_1_reader' });
const EVENT = {
  addresses: ['reader@example.org'],
  mailId: 'article.1.reader',
  providerId: 'ses-message-1',
  at: '2026-11-30T12:00:01.000Z',
} as const;

describe('an event of a mail at SES', () => {
  it.each([
    [deliveryEvent(MAIL), { state: 'delivered', suppresses: null, reason: null }],
    [
      delayEvent(MAIL),
      {
        state: 'delayed',
        suppresses: null,
        reason: 'SES is still trying (TransientCommunicationFailure): smtp; 421 4.4.1 Unable to connect to remote host',
      },
    ],
    [rejectEvent(MAIL), { state: 'failed', suppresses: null, reason: 'SES rejected the mail: Bad content' }],
    [
      renderingFailureEvent(MAIL),
      {
        state: 'failed',
        suppresses: null,
        reason: 'SES could not make the mail: Attribute "title" is not present in the rendering data.',
      },
    ],
    [complaintEvent(MAIL), { state: 'complained', suppresses: 'complaint', reason: 'reported as spam (abuse)' }],
    [
      complaintEvent(MAIL, { complaintFeedbackType: undefined }),
      { state: 'complained', suppresses: 'complaint', reason: 'reported as spam' },
    ],
    [
      complaintEvent(MAIL, { complaintSubType: 'OnAccountSuppressionList' }),
      {
        state: 'suppressed',
        suppresses: 'provider',
        reason: 'not sent: the address once reported a mail of this account as spam',
      },
    ],
  ])('is read: %#', (event, expected) => {
    expect(mailEventOf(event)).toEqual({ ...EVENT, ...expected });
  });

  it.each([
    ['Permanent', 'General', 'bounced', 'bounce'],
    ['Permanent', 'NoEmail', 'bounced', 'bounce'],
    // SES did not try.
    ['Permanent', 'Suppressed', 'suppressed', 'provider'],
    ['Permanent', 'OnAccountSuppressionList', 'suppressed', 'provider'],
    // This mail does not arrive; the address goes on.
    ['Transient', 'MailboxFull', 'bounced', null],
    ['Transient', 'MessageTooLarge', 'bounced', null],
    ['Transient', 'ContentRejected', 'bounced', null],
    ['Transient', 'AttachmentRejected', 'bounced', null],
    ['Transient', 'CustomTimeoutExceeded', 'bounced', null],
    // It may be a note that the reader is away.
    ['Transient', 'General', 'delayed', null],
    ['Undetermined', 'Undetermined', 'delayed', null],
  ])('as a bounce, %s, %s, leaves the delivery %s and suppresses for: %s', (type, subType, state, suppresses) => {
    expect(mailEventOf(bounceEvent(MAIL, { type, subType }))).toEqual({
      ...EVENT,
      state,
      suppresses,
      reason: `bounced (${type}, ${subType}): smtp; 550 5.1.1 <(address)>: no such user`,
    });
  });

  it.each([
    ['that it was handed over', sendEvent(MAIL)],
    ['that it was opened', { eventType: 'Open', mail: MAIL, open: {} }],
    ['that it is no spam', complaintEvent(MAIL, { complaintFeedbackType: 'not-spam' })],
    ['something of the future', { eventType: 'Read aloud', mail: MAIL }],
  ])('is nothing to note when it says %s', (_, event) => {
    expect(mailEventOf(event)).toBeNull();
  });

  it('that has fewer words than usual is told in those it has', () => {
    const bounce = { ...bounceEvent(MAIL).bounce, bounceType: 'Undetermined', bounceSubType: undefined };
    const bouncedRecipients = [{ emailAddress: 'reader@example.org' }];
    const delay = delayEvent(MAIL);

    expect(mailEventOf({ eventType: 'Bounce', mail: MAIL, bounce: { ...bounce, bouncedRecipients } })).toMatchObject({
      state: 'delayed',
      reason: 'bounced (Undetermined)',
    });
    expect(
      mailEventOf({ ...delay, deliveryDelay: { ...delay.deliveryDelay, delayType: undefined, delayedRecipients: [] } }),
    ).toMatchObject({ state: 'delayed', addresses: [], reason: 'SES is still trying (Undetermined)' });
    expect(mailEventOf(complaintEvent(MAIL, { complaintSubType: undefined }))).toMatchObject({ state: 'complained' });
  });

  it('about several addresses repeats each answer once, in one line', () => {
    const answers = ['550 full', '550 full', '552\r\n too  large', undefined];
    const bouncedRecipients = answers.map((diagnosticCode, n) => ({
      emailAddress: `reader-${n}@example.org`,
      ...(diagnosticCode !== undefined && { diagnosticCode }),
    }));
    const { bounce, ...event } = bounceEvent(MAIL);

    expect(mailEventOf({ ...event, bounce: { ...bounce, bouncedRecipients } })).toMatchObject({
      addresses: [0, 1, 2, 3].map((n) => `reader-${n}@example.org`),
      reason: 'bounced (Permanent, General): 550 full: 552 too large',
    });
  });

  it('has its time in UTC', () => {
    const { delivery, ...event } = deliveryEvent(MAIL);

    expect(mailEventOf({ ...event, delivery: { ...delivery, timestamp: '2026-11-30T13:00:01+01:00' } })?.at).toBe(
      EVENT.at,
    );
  });

  it.each([
    ['the tag rather than the header', { tags: { 'tocsin-delivery': ['a_1_b', 'c'] } }, 'a.1.b'],
    [
      'the header, whatever the case of its name',
      { headers: [{ name: 'x-TOCSIN-delivery', value: ' c.2.d ' }] },
      'c.2.d',
    ],
    ['no header without a value', { headers: [{ name: 'X-Tocsin-Delivery', value: ' ' }] }, null],
    ['nothing where neither is listed', { headers: undefined, tags: undefined, destination: undefined }, null],
  ])('names the delivery by %s', (_what, change, mailId) => {
    const mail = { ...sesMail({ header: 'c.2.d' }), ...change };

    expect(mailEventOf({ ...deliveryEvent(MAIL), mail })?.mailId).toBe(mailId);
  });

  it('names the delivery by the header where there is no tag, and none where there is neither', () => {
    expect(mailEventOf(deliveryEvent(sesMail({ header: 'a.1.b' })))?.mailId).toBe('a.1.b');
    expect(mailEventOf(deliveryEvent(sesMail({})))?.mailId).toBeNull();
  });

  it.each([
    'A Reader <reader@example.org>',
    '<reader@example.org> ',
    ' reader@example.org ',
    '"a <b>" <reader@example.org>',
  ])('is about the bare address: %j', (to) => {
    expect(mailEventOf(deliveryEvent(sesMail({ to })))?.addresses).toEqual(['reader@example.org']);
  });

  it.each([
    ['no event', {}],
    ['a bounce without its part', { eventType: 'Bounce', mail: MAIL }],
    ['a delivery without a mail', { ...deliveryEvent(MAIL), mail: undefined }],
  ])('is an error when it is %s: it must not be lost', (_, event) => {
    expect(() => mailEventOf(event)).toThrow();
  });
});
