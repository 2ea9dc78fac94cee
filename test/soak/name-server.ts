// A name server for `*.test`: each name leads to the address that the soak gave it. Switched off, it hears questions and never answers.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export interface NameServer {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  answering: boolean;
  close(): void;
}

/** DNS messages: RFC 1035, section 4. */
const HEADER_BYTES = 12;
const TYPE_A = 1;
const ANSWER_FLAGS = 0x8180;
const TTL_SECONDS = 1;

/** `addressOf` gives null for a name that does not exist. */
export async function startNameServer(addressOf: (name: string) => string | null): Promise<NameServer> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const server: NameServer = {
    address: `127.0.0.1:${socket.address().port}`,
    answering: true,
    close: () => void socket.close(),
  };
  socket.on('message', (question, from) => {
    if (server.answering) socket.send(answerTo(question, addressOf), from.port, from.address);
  });
  return server;
}

function answerTo(question: Buffer, addressOf: (name: string) => string | null): Buffer {
  const { name, end } = readName(question);
  const address = addressOf(name);
  const isKnown = address !== null;
  const hasAnswer = isKnown && question.readUInt16BE(end) === TYPE_A;
  const header = Buffer.from(question.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(ANSWER_FLAGS | (isKnown ? 0 : 3), 2);
  header.writeUInt16BE(hasAnswer ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  const asked = question.subarray(HEADER_BYTES, end + 4);
  if (!hasAnswer) return Buffer.concat([header, asked]);
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  record.writeUInt16BE(TYPE_A, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(TTL_SECONDS, 6);
  record.writeUInt16BE(4, 10);
  return Buffer.concat([header, asked, record, Buffer.from(address.split('.').map(Number))]);
}

function readName(message: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}
