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

  it('names the delivery by the header where there is no tag, and none where there is neither', () => {
    expect(mailEventOf(deliveryEvent(sesMail({ header: 'a.1.b' })))?.mailId).toBe('a.1.b');
    expect(mailEventOf(deliveryEvent(sesMail({})))?.mailId).toBeNull();
  });

  it('is about the bare address', () => {
    const mail = sesMail({ to: 'A Reader <reader@example.org>' });

    expect(mailEventOf(deliveryEvent(mail))?.addresses).toEqual(['reader@example.org']);
  });

  it.each([
    ['no event', {}],
    ['a bounce without its part', { eventType: 'Bounce', mail: MAIL }],
    ['a delivery without a mail', { ...deliveryEvent(MAIL), mail: undefined }],
  ])('is an error when it is %s: it must not be lost', (_, event) => {
    expect(() => mailEventOf(event)).toThrow();
  });
});
