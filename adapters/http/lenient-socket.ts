// A connection for one request to a server whose answers are readable but badly framed. It sits between the socket and Node's parser, repairs
// the head and reads the body to its real end.
import { Duplex } from 'node:stream';
import { endOfHead, repairHead } from './repair-head.ts';

/** A longer head goes to the parser unchanged, which refuses it. */
const LONGEST_HEAD_BYTES = 64 * 1024;
/** Servers are asked to close. If one has sent everything it announced and does not close, this is how long we wait for more. */
const MORE_MS = 1000;
/** The start of a second answer after the first, which was not requested. */
const NEXT_ANSWER = /^\s*HTTP\/1\./;

export class LenientSocket extends Duplex {
  readonly #socket: Duplex;
  /** Until the head is over. */
  #head: Buffer | null = Buffer.alloc(0);
  #declaredBytes: number | null = null;
  #bodyBytes = 0;
  readonly #moreMs: number;
  #more: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(socket: Duplex, moreMs: number = MORE_MS) {
    super();
    this.#socket = socket;
    this.#moreMs = moreMs;
    socket
      .on('data', (chunk: Buffer) => this.#receive(chunk))
      .on('end', () => this.#end())
      .on('error', (error) => this.destroy(error))
      .on('close', () => {
        if (!this.#ended) this.destroy();
      });
  }

  #receive(chunk: Buffer): void {
    if (this.#head === null) {
      this.#body(chunk);
      return;
    }
    const head = Buffer.concat([this.#head, chunk]);
    this.#head = head;
    const length = endOfHead(head);
    if (length !== null) this.#begin(head.subarray(0, length), head.subarray(length));
    else if (head.length > LONGEST_HEAD_BYTES) this.#passOn();
  }

  #begin(head: Buffer, rest: Buffer): void {
    const repaired = repairHead(head);
    if (repaired === null) {
      this.#passOn();
      return;
    }
    this.push(repaired.bytes);
    this.#head = repaired.interim ? Buffer.alloc(0) : null;
    this.#declaredBytes = repaired.declaredBytes;
    if (rest.length > 0 || repaired.declaredBytes === 0) this.#receive(rest);
  }

  #body(chunk: Buffer): void {
    const missing = this.#declaredBytes === null ? null : Math.max(this.#declaredBytes - this.#bodyBytes, 0);
    const isFollowed = missing !== null && NEXT_ANSWER.test(chunk.toString('latin1', missing, missing + 20));
    const own = isFollowed ? chunk.subarray(0, missing) : chunk;
    this.#bodyBytes += own.length;
    if (!this.push(own)) this.#socket.pause();
    if (this.#declaredBytes === null || this.#bodyBytes < this.#declaredBytes) return;
    clearTimeout(this.#more);
    if (isFollowed) this.#end();
    else this.#more = setTimeout(() => this.#end(), this.#moreMs);
  }

  #passOn(): void {
    const head = this.#head;
    this.#head = null;
    this.push(head);
  }

  /** Half an answer is never used: fewer bytes than announced means that the connection was cut. */
  #end(): void {
    if (this.#ended || this.destroyed) return;
    this.#ended = true;
    clearTimeout(this.#more);
    this.#socket.removeAllListeners('data').resume();
    if (this.#declaredBytes !== null && this.#bodyBytes < this.#declaredBytes) {
      this.destroy(Object.assign(new Error('connection closed'), { code: 'ECONNRESET' }));
      return;
    }
    if (this.#head !== null && this.#head.length > 0) this.#passOn();
    this.push(null);
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Uint8Array, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, encoding, done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#more);
    this.#socket.destroy();
    done(error);
  }
}
