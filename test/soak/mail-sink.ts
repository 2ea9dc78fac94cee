// The mail server that the product sends to: it keeps every mail it accepted, and can be told to behave badly.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** `greylist`: refused for now. `away`: connections are cut. `forgetful`: accepted, and the connection is cut before it says so. */
export type MailMode = 'up' | 'greylist' | 'away' | 'forgetful';

export interface ReceivedMail {
  readonly to: string;
  readonly messageId: string;
  /** Id of the delivery or digest. */
  readonly deliveryId: string;
  /** Ids of the items that it links to. */
  readonly items: ReadonlySet<string>;
}

export interface MailSink {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  mode: MailMode;
  /** How often a sender was refused or cut off because of the mode. */
  readonly failures: number;
  close(): Promise<void>;
}

export async function startMailSink(): Promise<MailSink> {
  const mails: ReceivedMail[] = [];
  let failures = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: (_address, _session, done) => {
      if (sink.mode !== 'greylist') return done();
      failures += 1;
      done(tryLater());
    },
    onData: (stream, session, done) => {
      // A sender that dies within a mail has not sent it.
      receive(stream, session).then((mail) => {
        mails.push(mail);
        if (sink.mode !== 'forgetful') return done();
        failures += 1;
        cutConnections();
      }, done);
    },
  });
  const sockets = new Set<import('node:net').Socket>();
  const cutConnections = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  server.server.on('connection', (socket) => {
    if (sink.mode === 'away') {
      failures += 1;
      return void socket.destroy();
    }
    sockets.add(socket.on('close', () => sockets.delete(socket)));
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const sink: MailSink = {
    port: (server.server.address() as AddressInfo).port,
    mails,
    mode: 'up',
    get failures() {
      return failures;
    },
    close: () => {
      cutConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return sink;
}

const tryLater = (): Error => Object.assign(new Error('greylisted, please try again later'), { responseCode: 451 });

async function receive(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<ReceivedMail> {
  let raw = '';
  for await (const chunk of stream) raw += (chunk as Buffer).toString('latin1');
  return { to: envelope.rcptTo[0]?.address ?? '', ...parseMail(raw) };
}

/** Headers of ours are ASCII on one line, and so are the texts of the soak, in quoted-printable at most. */
export function parseMail(raw: string): Omit<ReceivedMail, 'to'> {
  const text = raw
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  const header = (name: string): string => new RegExp(`^${name}:[ \\t\\r\\n]*(\\S+)`, 'im').exec(raw)?.[1] ?? '';
  return {
    messageId: header('Message-ID'),
    deliveryId: header('X-Tocsin-Delivery'),
    items: new Set([...text.matchAll(/\/items\/(\d+-\d+)/g)].map(([, id]) => id ?? '')),
  };
}
