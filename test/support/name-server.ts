// A name server on 127.0.0.1 whose answers a test writes: over UDP, and over TCP what did not fit.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { listenOnLoopback } from './loopback.ts';

/** What is known of a name. Without a record of the type asked for, the answer is empty. */
export interface Zone {
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
  readonly CNAME?: string;
  /** This answer code for both types, or for the type named. */
  readonly code?: 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | { readonly A?: Code; readonly AAAA?: Code };
  /** Never answers, or not to this type. */
  readonly silent?: true | 'A' | 'AAAA';
  /** The answer over UDP says that it was cut, and has no records. */
  readonly truncated?: true;
}

type Code = keyof typeof CODES;
type Type = 'A' | 'AAAA';

export interface NameServer {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** `TYPE NAME` for each question, in the order they came; repeated ones too. */
  readonly questions: readonly string[];
  close(): Promise<void>;
}

const CODES = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5 } as const;
const TYPES: Readonly<Record<number, Type>> = { 1: 'A', 28: 'AAAA' };
const NUMBERS = { A: 1, CNAME: 5, AAAA: 28 } as const;

/** Names that are not in it do not exist. */
export async function serveNames(zoneOf: (name: string) => Zone | undefined): Promise<NameServer> {
  const questions: string[] = [];
  const reply = (query: Buffer, isUdp: boolean): Buffer | null => {
    const question = readQuestion(query);
    questions.push(`${question.type} ${question.name}`);
    return answerTo(query, question, zoneOf, isUdp);
  };
  const tcp = await listenOnLoopback(
    createServer((socket) => {
      socket.on('data', (data) => {
        const answer = reply((data as Buffer).subarray(2), false);
        if (answer !== null) socket.write(Buffer.concat([uint16(answer.length), answer]));
      });
    }),
  );
  const udp = createSocket('udp4');
  udp.on('message', (query, { port, address }) => {
    const answer = reply(query, true);
    if (answer !== null) udp.send(answer, port, address);
  });
  await new Promise<void>((resolve, reject) => {
    udp.once('error', reject);
    udp.bind(tcp.port, '127.0.0.1', resolve);
  });
  return {
    address: tcp.pair,
    questions,
    close: async () => {
      await new Promise<void>((resolve) => udp.close(() => resolve()));
      await tcp.close();
    },
  };
}

interface Question {
  readonly name: string;
  readonly type: Type;
  /** Where the question ends. */
  readonly end: number;
}

function readQuestion(query: Buffer): Question {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: TYPES[query.readUInt16BE(at + 1)] ?? 'A', end: at + 5 };
}

function answerTo(query: Buffer, question: Question, zoneOf: (name: string) => Zone | undefined, isUdp: boolean) {
  const { name, type, end } = question;
  const zone = zoneOf(name) ?? { code: 'NXDOMAIN' };
  if (zone.silent === true || zone.silent === type) return null;
  const code = typeof zone.code === 'string' ? zone.code : zone.code?.[type];
  const isCut = isUdp && zone.truncated === true;
  const records = code !== undefined || isCut ? [] : recordsOf(name, type, zoneOf);
  const flags = 0x8180 | (isCut ? 0x0200 : 0) | (code === undefined ? 0 : CODES[code]);
  const header = Buffer.concat([query.subarray(0, 2), ...[flags, 1, records.length, 0, 0].map(uint16)]);
  return Buffer.concat([header, query.subarray(12, end), ...records]);
}

function recordsOf(name: string, type: Type, zoneOf: (name: string) => Zone | undefined): readonly Buffer[] {
  const zone = zoneOf(name);
  if (zone?.CNAME !== undefined) {
    return [record(name, 'CNAME', encodeName(zone.CNAME)), ...recordsOf(zone.CNAME, type, zoneOf)];
  }
  return (zone?.[type] ?? []).map((address) => record(name, type, encodeAddress(address)));
}

const record = (name: string, type: keyof typeof NUMBERS, content: Buffer): Buffer =>
  Buffer.concat([
    encodeName(name),
    uint16(NUMBERS[type]),
    uint16(1),
    uint16(0),
    uint16(60),
    uint16(content.length),
    content,
  ]);

const encodeName = (name: string): Buffer =>
  Buffer.concat([...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])), Buffer.of(0)]);

/** IPv6 addresses written in full or with one `::`. */
function encodeAddress(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [before = '', after = ''] = address.split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [left, right] = [groups(before), groups(after)];
  const zeros = new Array<number>(8 - left.length - right.length).fill(0);
  return Buffer.concat([...left, ...zeros, ...right].map(uint16));
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
