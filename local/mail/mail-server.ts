// The user's mail server as one machine sees it: does it accept mails, and if not, why and since when. The listener is called for each
// kind of problem once, and again after an hour if it lasts: a backlog of mails fails by the hundred.

import { scopeOf } from '../../adapters/smtp/failures.ts';
import type { SmtpMailer } from '../../adapters/smtp/mailer.ts';
import { mayRetry, TocsinError } from '../../shared/core/errors.ts';
import { HOUR_MS } from '../../shared/core/time.ts';
import type { Mail } from '../../shared/model/alert.ts';
import type { AcceptedMail, Clock, Mailer } from '../../shared/ports.ts';
import { QUESTION_PREFIX } from '../../shared/usecases/alerting/subscription-step.ts';

export interface MailServerState {
  /** `mail.example.org:587`. */
  readonly server: string;
  /** `unknown` until it was asked for the first time. A refused recipient or message is no failure of the server. */
  readonly state: 'unknown' | 'ok' | 'failing';
  /** When it came into this state, null while unknown. */
  readonly since: string | null;
  /** What happened last and what to do, null unless failing. Holds no address and no password. */
  readonly problem: string | null;
}

export type MailServerNews =
  | MailProblem
  /** It takes mails: for the first time, or again after `failures` tries that failed. */
  | { readonly kind: 'works'; readonly failures: number };

export interface MailProblem {
  readonly kind: 'problem';
  readonly message: string;
  /** Only the mail to this address was not taken, others may pass; null: no mail is taken. */
  readonly to: string | null;
  readonly isTriedAgain: boolean;
  /** False for others, such as a mail that asks an address to confirm its subscription; also when no mail was sent. */
  readonly isAlert: boolean;
  /** How often the same kind happened since it was last reported. */
  readonly more: number;
}

const REPORT_AGAIN_MS = HOUR_MS;
/** Kinds remembered; a server invents its texts, and they are not worth more memory. */
const MOST_KINDS = 200;

export class MailServer implements Mailer {
  readonly #smtp: SmtpMailer;
  readonly #clock: Clock;
  readonly #listeners = new Set<(news: MailServerNews) => void>();
  readonly #reported = new Map<string, { reportedAt: number; more: number }>();
  #state: Omit<MailServerState, 'server'> = { state: 'unknown', since: null, problem: null };
  #failures = 0;
  /** The last failure was the answer to a mail: only a mail that is taken shows that it is over. */
  #needsMail = false;

  constructor(smtp: SmtpMailer, clock: Clock) {
    this.#smtp = smtp;
    this.#clock = clock;
  }

  state(): MailServerState {
    return { server: this.#smtp.server, ...this.#state };
  }

  onNews(listener: (news: MailServerNews) => void): void {
    this.#listeners.add(listener);
  }

  async sendMail(mail: Mail): Promise<AcceptedMail> {
    try {
      const answer = await this.#smtp.sendMail(mail);
      this.#works();
      return answer;
    } catch (error) {
      this.#fails(error, mail);
      throw error;
    }
  }

  /** Connects and logs in, sends nothing, throws nothing: see the state. */
  async check(): Promise<void> {
    try {
      await this.#smtp.check();
      if (!this.#needsMail) this.#works();
    } catch (error) {
      this.#fails(error, null);
    }
  }

  #works(): void {
    if (this.#state.state === 'ok') return;
    this.#state = { state: 'ok', since: this.#clock.now().toISOString(), problem: null };
    this.#needsMail = false;
    this.#reported.clear();
    this.#notify({ kind: 'works', failures: this.#failures });
    this.#failures = 0;
  }

  #fails(error: unknown, mail: Mail | null): void {
    const message = error instanceof Error ? error.message : String(error);
    const scope = error instanceof TocsinError ? scopeOf(error) : 'server';
    if (scope !== 'mail') {
      this.#failures += 1;
      this.#needsMail = scope === 'sender';
      const since = this.#state.state === 'failing' ? this.#state.since : this.#clock.now().toISOString();
      this.#state = { state: 'failing', since, problem: message };
    }
    const id = mail?.headers['X-Tocsin-Delivery'];
    const isAlert = id !== undefined && !id.startsWith(QUESTION_PREFIX);
    this.#reportOnce({
      kind: 'problem',
      message,
      to: scope === 'mail' ? (mail?.to ?? null) : null,
      isTriedAgain: mayRetry(error),
      isAlert,
    });
  }

  #reportOnce(problem: Omit<MailProblem, 'more'>): void {
    const now = this.#clock.now().getTime();
    const kind = kindOf(problem.message);
    const known = this.#reported.get(kind);
    // A time later than now is from before the clock was set back.
    if (known !== undefined && Math.abs(now - known.reportedAt) < REPORT_AGAIN_MS) {
      known.more += 1;
      return;
    }
    if (this.#reported.size >= MOST_KINDS) this.#reported.clear();
    this.#reported.set(kind, { reportedAt: now, more: 0 });
    this.#notify({ ...problem, more: known?.more ?? 0 });
  }

  #notify(news: MailServerNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}

/** The message with the server's codes alone in place of its text, which may name a queue id or a time. */
const kindOf = (message: string): string => message.replace(/"(\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?)[^"]*"/, '$1');
