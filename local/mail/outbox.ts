// Mails of one machine: each kept as a file that any mail program opens, with an index for the outbox page.
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { senderDomain } from '../../shared/alerts/mail-headers.ts';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import type { Clock, Mailer } from '../../shared/ports.ts';
import { storageErrorOf } from '../files/storage-problems.ts';
import { systemClock } from '../system/instance-clock.ts';
import { OUTBOX_ADDRESS, type ReceivedMail } from './received-mail.ts';

export interface OutboxEntry {
  /** Number of the mail, from 1; its files are `<number>.eml` and `<number>.html`. */
  readonly number: number;
  readonly at: string;
  readonly to: string;
  readonly subject: string;
  /** `outbox`: kept here only; `smtp`: handed to the SMTP server too. */
  readonly via: 'outbox' | 'smtp';
  readonly messageId: string;
}

/** Newest mails that are kept; the oldest go some hundreds at a time. */
const MOST_MAILS = 5_000;
const MAILS_AT_ONCE = 500;

export class Outbox {
  readonly #folder: string;
  readonly #smtp: Mailer | null;
  readonly #clock: Clock;
  readonly #listeners = new Set<(entry: OutboxEntry) => void>();
  /** By delivery and recipient: mails on their way to the mail server. */
  readonly #taking = new Map<string, Promise<string>>();
  #entries: OutboxEntry[];

  /** With `smtp` mails go out for real and a copy stays here. */
  constructor(folder: string, smtp: Mailer | null, clock: Clock = systemClock) {
    this.#folder = folder;
    this.#smtp = smtp;
    this.#clock = clock;
    mkdirSync(folder, { recursive: true });
    this.#entries = readIndex(join(folder, 'index.jsonl'));
  }

  /** Newest first. */
  list(): readonly OutboxEntry[] {
    return [...this.#entries].reverse();
  }

  onMail(listener: (entry: OutboxEntry) => void): void {
    this.#listeners.add(listener);
  }

  /** Throws what the SMTP server's refusal became; nothing is kept then, and the alert is tried again. */
  take(mail: ReceivedMail): Promise<string> {
    const id = mail.headers['X-Tocsin-Delivery'] ?? `${this.#clock.now().getTime()}.${this.#entries.length}`;
    const key = `${id} ${mail.to}`;
    // A repeat of a mail that the mail server has not answered yet: the sender gave up waiting.
    const underWay = this.#taking.get(key);
    if (underWay !== undefined) return underWay;
    // Or of one that is here already: the sender died before it could write down that it was sent.
    const known = this.#entries.find((entry) => entry.to === mail.to && entry.messageId.startsWith(`${id}@`));
    if (known !== undefined) return Promise.resolve(known.messageId);
    const taking = this.#send(mail, id).finally(() => this.#taking.delete(key));
    this.#taking.set(key, taking);
    return taking;
  }

  async #send(mail: ReceivedMail, id: string): Promise<string> {
    const messageId = `${id}@${senderDomain(mail.from)}`;
    const { html, ...rest } = mail;
    const goesOut = this.#smtp !== null && mail.to !== OUTBOX_ADDRESS;
    if (goesOut) await this.#smtp?.sendMail({ ...rest, html: html ?? '', messageId });
    const entry: OutboxEntry = {
      number: (this.#entries.at(-1)?.number ?? 0) + 1,
      at: this.#clock.now().toISOString(),
      to: mail.to,
      subject: mail.subject,
      via: goesOut ? 'smtp' : 'outbox',
      messageId,
    };
    this.#entries.push(entry);
    try {
      this.#keep(entry, mail, await compose(mail, messageId));
    } catch (error) {
      // A mail that was sent must not be sent again because its copy could not be kept.
      if (!goesOut) {
        this.#entries.splice(this.#entries.indexOf(entry), 1);
        const problem = storageErrorOf(error, join(this.#folder, 'index.jsonl')) ?? (error as Error);
        throw new ServiceUnavailableError(`the outbox could not keep a mail: ${problem.message}`, { cause: error });
      }
    }
    if (this.#entries.length >= MOST_MAILS + MAILS_AT_ONCE) this.#forgetOldest();
    for (const listener of this.#listeners) listener(entry);
    return messageId;
  }

  #keep(entry: OutboxEntry, { html, text }: ReceivedMail, composed: Buffer): void {
    writeFileSync(join(this.#folder, `${entry.number}.eml`), composed);
    if (html !== null) writeFileSync(join(this.#folder, `${entry.number}.html`), html);
    writeFileSync(join(this.#folder, `${entry.number}.txt`), text);
    appendFileSync(join(this.#folder, 'index.jsonl'), `${JSON.stringify(entry)}\n`);
  }

  /** Removes the mails to an address, in any case of letters; how many. */
  forget(address: string): number {
    const isTo = ({ to }: OutboxEntry): boolean => to.toLowerCase() === address.toLowerCase();
    const found = this.#entries.filter(isTo);
    if (found.length > 0)
      this.#remove(
        found,
        this.#entries.filter((entry) => !isTo(entry)),
      );
    return found.length;
  }

  #forgetOldest(): void {
    this.#remove(this.#entries.slice(0, -MOST_MAILS), this.#entries.slice(-MOST_MAILS));
  }

  #remove(gone: readonly OutboxEntry[], left: OutboxEntry[]): void {
    for (const { number } of gone) {
      for (const form of ['eml', 'html', 'txt']) rmSync(join(this.#folder, `${number}.${form}`), { force: true });
    }
    this.#entries = left;
    const index = join(this.#folder, 'index.jsonl');
    writeFileSync(`${index}.new`, this.#entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    renameSync(`${index}.new`, index);
  }

  /** A mail's body in a form, null when there is none. */
  read(number: number, form: 'eml' | 'html' | 'txt'): string | null {
    const file = join(this.#folder, `${Math.trunc(number)}.${form}`);
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  }
}

/** A last line that a crash cut off is left out; the mail is composed again. */
function readIndex(file: string): OutboxEntry[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as OutboxEntry];
      } catch {
        return [];
      }
    });
}

function compose(mail: ReceivedMail, messageId: string): Promise<Buffer> {
  const composer = new MailComposer({
    from: mail.from,
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    messageId: `<${messageId}>`,
    headers: { ...mail.headers },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return new Promise((resolve, reject) =>
    composer.compile().build((error, message) => (error ? reject(error) : resolve(message))),
  );
}
