// Events as Amazon SES publishes them to SNS, in the shapes of its Developer Guide ("Examples of event data that Amazon SES publishes to Amazon
// SNS"). Ids and addresses are of our own making.

const AT = '2026-11-30T12:00:01.000Z';

/** `tags`: the delivery as our mailer names it; `headers`: as a mail without tags does. */
export const sesMail = ({
  tag,
  header,
  to = 'reader@example.org',
}: {
  readonly tag?: string;
  readonly header?: string;
  readonly to?: string;
}) => ({
  timestamp: AT,
  source: 'Tocsin <alerts@example.org>',
  sourceArn: 'arn:aws:ses:us-east-1:123456789012:identity/alerts@example.org',
  sendingAccountId: '123456789012',
  messageId: 'ses-message-1',
  destination: [to],
  headersTruncated: false,
  headers: [
    { name: 'From', value: 'Tocsin <alerts@example.org>' },
    { name: 'To', value: to },
    ...(header === undefined ? [] : [{ name: 'X-Tocsin-Delivery', value: header }]),
  ],
  commonHeaders: { from: ['Tocsin <alerts@example.org>'], to: [to], messageId: 'ses-message-1', subject: 'Convoy' },
  tags: {
    'ses:operation': ['SendEmail'],
    'ses:configuration-set': ['tocsin-set'],
    'ses:source-ip': ['192.0.2.0'],
    'ses:from-domain': ['example.org'],
    'ses:caller-identity': ['send-alerts'],
    ...(tag === undefined ? {} : { 'tocsin-delivery': [tag] }),
  },
});

type SesMail = ReturnType<typeof sesMail>;
const to = ({ destination }: SesMail): string => destination[0] ?? '';

export const bounceEvent = (
  mail: SesMail,
  { type = 'Permanent', subType = 'General' }: { readonly type?: string; readonly subType?: string } = {},
) => ({
  eventType: 'Bounce',
  bounce: {
    feedbackId: '0100-feedback-000000',
    bounceType: type,
    bounceSubType: subType,
    bouncedRecipients: [
      {
        emailAddress: to(mail),
        action: 'failed',
        status: '5.1.1',
        diagnosticCode: `smtp; 550 5.1.1 <${to(mail)}>: no such user`,
      },
    ],
    timestamp: AT,
    reportingMTA: 'dsn; mta.example.org',
  },
  mail,
});

export const complaintEvent = (mail: SesMail, change: object = {}) => ({
  eventType: 'Complaint',
  complaint: {
    feedbackId: '0100-feedback-000001',
    complaintSubType: null,
    complainedRecipients: [{ emailAddress: to(mail) }],
    timestamp: AT,
    userAgent: 'Example feedback loop',
    complaintFeedbackType: 'abuse',
    arrivalDate: AT,
    ...change,
  },
  mail,
});

export const deliveryEvent = (mail: SesMail) => ({
  eventType: 'Delivery',
  mail,
  delivery: {
    timestamp: AT,
    processingTimeMillis: 1_200,
    recipients: [to(mail)],
    smtpResponse: '250 2.6.0 Message received',
    remoteMtaIp: '192.0.2.1',
    reportingMTA: 'mta.example.org',
  },
});

export const delayEvent = (mail: SesMail) => ({
  eventType: 'DeliveryDelay',
  mail,
  deliveryDelay: {
    timestamp: AT,
    delayType: 'TransientCommunicationFailure',
    expirationTime: '2026-12-01T02:00:00.000Z',
    delayedRecipients: [
      { emailAddress: to(mail), status: '4.4.1', diagnosticCode: 'smtp; 421 4.4.1 Unable to connect to remote host' },
    ],
  },
});

export const rejectEvent = (mail: SesMail) => ({ eventType: 'Reject', mail, reject: { reason: 'Bad content' } });

export const renderingFailureEvent = (mail: SesMail) => ({
  eventType: 'Rendering Failure',
  mail,
  failure: { errorMessage: 'Attribute "title" is not present in the rendering data.', templateName: 'alert' },
});

export const sendEvent = (mail: SesMail) => ({ eventType: 'Send', mail, send: {} });
