import type { IncomingMessage } from 'node:http';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { createSesMailer } from '../../../adapters/ses/mailer.ts';
import { withoutAddresses } from '../../../adapters/without-addresses.ts';
import {
  MessageRefusedError,
  SenderRefusedError,
  SendLaterError,
  ServiceUnavailableError,
} from '../../../shared/core/errors.ts';
import type { Mail } from '../../../shared/model/alert.ts';
import { type LoopbackWeb, serveWeb } from '../../support/loopback.ts';

const MAIL: Mail = {
  to: 'reader@example.org',
  subject: '[강] 수송대 — Example News',
  text: 'text 강',
  html: '<p>html 강</p>',
  headers: { 'List-ID': '<x.tocsin.example.org>', 'X-Tocsin-Delivery': 'a.b' },
  messageId: 'a.b@example.org',
};

let web: LoopbackWeb | undefined;
afterEach(async () => {
  await web?.close();
  web = undefined;
});

/** A mailer whose SES is a server here that gives this answer; `bodies` are the requests it got. */
async function aMailer(answer: { status: number; body: unknown; type?: string }, region = 'eu-west-1') {
  const bodies: unknown[] = [];
  web = await serveWeb(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      ...(answer.type === undefined ? {} : { 'x-amzn-errortype': answer.type }),
    });
    response.end(JSON.stringify(answer.body));
  });
  const client = new SESv2Client({
    endpoint: web.origin,
    region,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  return {
    bodies,
    client,
    mailer: createSesMailer({ client, from: 'alerts@example.org', replyTo: 'desk@example.org' }),
  };
}

describe('mail by SES', () => {
  it('is handed over in parts, SES writes the MIME', async () => {
    const { bodies, mailer } = await aMailer({ status: 200, body: { MessageId: 'ses-1' } });

    expect(await mailer.sendMail(MAIL)).toMatchObject({ providerId: 'ses-1' });

    expect(web?.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v2/email/outbound-emails']);
    expect(bodies).toEqual([
      {
        FromEmailAddress: 'Tocsin <alerts@example.org>',
        ReplyToAddresses: ['desk@example.org'],
        Destination: { ToAddresses: ['reader@example.org'] },
        Content: {
          Simple: {
            Subject: { Data: MAIL.subject, Charset: 'UTF-8' },
            Body: { Text: { Data: MAIL.text, Charset: 'UTF-8' }, Html: { Data: MAIL.html, Charset: 'UTF-8' } },
            Headers: [
              { Name: 'List-ID', Value: '<x.tocsin.example.org>' },
              { Name: 'X-Tocsin-Delivery', Value: 'a.b' },
            ],
          },
        },
      },
    ]);
  });

  it.each([
    ['eu-west-1', 'ses-1@eu-west-1.amazonses.com'],
    ['us-east-1', 'ses-1@email.amazonses.com'],
  ])('in %s arrives under the Message-ID %s, which later mails can refer to', async (region, messageId) => {
    const { mailer } = await aMailer({ status: 200, body: { MessageId: 'ses-1' } }, region);

    expect((await mailer.sendMail(MAIL)).messageId).toBe(messageId);
  });

  it.each([
    ['MessageRejected', 400, 'Bad content', MessageRefusedError],
    ['BadRequestException', 400, 'Illegal address', MessageRefusedError],
    ['MessageRejected', 400, 'Email address is not verified: reader@example.org', SenderRefusedError],
    ['MailFromDomainNotVerifiedException', 400, 'no', SenderRefusedError],
    ['AccountSuspendedException', 400, 'no', SenderRefusedError],
    ['SendingPausedException', 400, 'no', SenderRefusedError],
    ['LimitExceededException', 400, 'no', SendLaterError],
    ['TooManyRequestsException', 429, 'slow down', SendLaterError],
    ['BadRequestException', 400, 'Configuration set <tocsin> does not exist.', SenderRefusedError],
    ['BadRequestException', 400, 'The configuration set does not exist', SenderRefusedError],
    ['NotFound', 404, 'Configuration set not found', SenderRefusedError],
    ['AccessDeniedException', 403, 'User x may not send to reader@example.org', SenderRefusedError],
    ['InternalFailure', 500, 'oops', ServiceUnavailableError],
  ])('%s (%i: %s) in our words, without the address', async (type, status, message, kind) => {
    const { mailer } = await aMailer({ status, type, body: { message } });

    const error = (await mailer.sendMail(MAIL).catch((thrown: unknown) => thrown)) as Error;

    expect(error).toBeInstanceOf(kind);
    expect(error.message).toContain(type);
    expect(`${error.message} ${(error.cause as Error).message} ${JSON.stringify(error)}`).not.toContain('reader@');
  });

  it.each([
    ['MailFromDomainNotVerifiedException', 'no', 'SES refused this sender (MailFromDomainNotVerifiedException: no)'],
    ['NotFoundException', 'no', 'SES refused this sender (NotFoundException: no)'],
    [
      'MessageRejected',
      'Not Verified: a@b.example',
      'SES refused this sender (MessageRejected: Not Verified: (address)); verify the sender, and while the account is in the SES sandbox each recipient too',
    ],
    ['MessageRejected', 'no', 'SES refused the message (MessageRejected: no)'],
    ['InternalFailure', 'no', 'SES did not accept the mail (InternalFailure: no)'],
  ])('%s ("%s") is told as: %s', async (type, message, told) => {
    const { mailer } = await aMailer({ status: 400, type, body: { message } });

    await expect(mailer.sendMail(MAIL)).rejects.toMatchObject({ message: told, cause: { name: type } });
  });

  it.each([
    ['TooManyRequestsException', 'Too many requests', 2],
    ['TooManyRequestsException', 'Maximum sending rate exceeded.', 2],
    ['ThrottlingException', 'Rate exceeded', 2],
    ['TooManyRequestsException', 'Daily message quota exceeded.', 900],
    ['LimitExceededException', 'The quota of 24 hours is used up', 900],
  ])('%s ("%s") asks to wait for %i seconds, which is no failed try', async (type, message, seconds) => {
    const { mailer } = await aMailer({ status: 429, type, body: { message } });

    await expect(mailer.sendMail(MAIL)).rejects.toMatchObject({
      code: 'send_later',
      seconds,
      message: `SES asks to wait (${type}: ${message})`,
      cause: { name: type, message },
    });
  });

  it.each([
    ['a.1.b', [{ Name: 'tocsin-delivery', Value: 'a_1_b' }]],
    // No tag can hold these; the header names the delivery.
    ['a_b', []],
    ['ä.b', []],
    ['x'.repeat(257), []],
    [undefined, []],
  ])('of the delivery %j goes out with our configuration set and the tags %j', async (delivery, tags) => {
    const { bodies, client } = await aMailer({ status: 200, body: { MessageId: 'ses-1' } });
    const mailer = createSesMailer({
      client,
      from: 'alerts@example.org',
      replyTo: null,
      configurationSet: 'tocsin-set',
    });

    await mailer.sendMail({ ...MAIL, headers: delivery === undefined ? {} : { 'X-Tocsin-Delivery': delivery } });

    expect(bodies).toEqual([expect.objectContaining({ ConfigurationSetName: 'tocsin-set', EmailTags: tags })]);
  });

  it('has no id where SES gives none, and nobody to reply to where none is set', async () => {
    const { bodies, client } = await aMailer({ status: 200, body: {} });

    expect(await createSesMailer({ client, from: 'alerts@example.org', replyTo: null }).sendMail(MAIL)).toEqual({
      providerId: '',
      messageId: '',
    });
    expect(bodies[0]).not.toHaveProperty('ReplyToAddresses');
  });

  it('is worth another try when SES cannot be reached', async () => {
    const { mailer } = await aMailer({ status: 200, body: {} });
    await web?.close();

    await expect(mailer.sendMail(MAIL)).rejects.toThrow(ServiceUnavailableError);
  });

  it('waits as long as it is told, and asks once: a mail without an answer may have been taken', async () => {
    let asked = 0;
    web = await serveWeb(() => {
      asked += 1;
    });
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_SESV2: web.origin,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
    });
    try {
      const mailer = createSesMailer({ from: 'alerts@example.org', replyTo: null, waitMs: 50 });

      await expect(mailer.sendMail(MAIL)).rejects.toThrow(/SES did not accept the mail \(TimeoutError/);
      expect(asked).toBe(1);
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    }
  });
});

describe('an error without addresses', () => {
  it.each([
    [
      'to a@b.example, <c@d.example> "e@f.example" (g@h.example);i@j.example',
      'to (address), <(address)> "(address)" ((address));(address)',
    ],
    ['no address: @ here', 'no address: @ here'],
    ['x'.repeat(501), 'x'.repeat(500)],
  ])('has the message %j as %j', (message, shown) => {
    const cause = withoutAddresses(Object.assign(new TypeError(message), { request: message }));

    expect([cause.name, cause.message, Object.keys(cause)]).toEqual(['TypeError', shown, ['name']]);
  });

  it('is made of whatever was thrown', () => {
    expect(withoutAddresses('odd a@b.example')).toMatchObject({ name: 'unknown error', message: 'odd (address)' });
  });
});
