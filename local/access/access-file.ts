// Who may use this machine's console and API besides the holder of the master token: named tokens with roles, and the sessions of browsers.
// One file that only its owner may read; of tokens and sessions it has hashes only.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { ROLES, type Role } from '../../shared/api/access.ts';
import { ConflictError, NotFoundError } from '../../shared/core/errors.ts';
import { DAY_MS, HOUR_MS } from '../../shared/core/time.ts';
import type { Clock, Log } from '../../shared/ports.ts';
import { ACCESS_FILE } from '../files/file-names.ts';
import { onDisk } from '../files/storage-problems.ts';
import { writeWhole } from '../files/whole-file.ts';

/** Who is asking. */
export interface Identity {
  readonly name: string;
  readonly role: Role;
}

/** The holder of the master token. */
export const OWNER: Identity = { name: 'owner', role: 'admin' };

export interface NamedToken extends Identity {
  readonly createdAt: string;
}

/** A browser that was not used for so long is signed out. */
const SESSION_LASTS_MS = 30 * DAY_MS;
/** When a session was last used is written no more often. */
const NOTED_EVERY_MS = HOUR_MS;
/** Of one name: the one used longest ago makes room, so that nobody can sign others out. */
const MOST_SESSIONS = 10;
const MOST_TOKENS = 200;

const fileSchema = z.strictObject({
  v: z.literal(1),
  /** Hash of the master token that the owner's sessions were begun with. */
  master: z.optional(z.string()),
  tokens: z.array(
    z.strictObject({ name: z.string(), role: z.enum(ROLES), hash: z.string(), createdAt: z.iso.datetime() }),
  ),
  sessions: z.array(z.strictObject({ hash: z.string(), name: z.string(), usedAt: z.iso.datetime() })),
});
type Stored = z.infer<typeof fileSchema>;

/** What names in the log and beside changes stand for. */
const RESERVED = new Set([OWNER.name, 'api', 'start']);

/** Where it is kept, as one text; empty at first. */
export interface AccessStorage {
  read(): string;
  write(text: string): void;
  /** Keeps what cannot be read for inspection; returns where. */
  setAside(): string;
}

export function accessFileIn(folder: string): AccessStorage {
  const file = join(folder, ACCESS_FILE);
  return {
    read: () => onDisk(file, () => (existsSync(file) ? readFileSync(file, 'utf8') : '')),
    write: (text) => writeWhole(file, text),
    setAside: () => {
      const aside = `${file}.damaged`;
      onDisk(file, () => renameSync(file, aside));
      return aside;
    },
  };
}

export class Access {
  readonly #kept: AccessStorage;
  readonly #master: string;
  readonly #clock: Clock;
  #stored: Stored;

  /**
   * A file that cannot be read is set aside: everybody signs in again, and an admin makes the tokens again. `master`: the token that opens everything. If it
   * has changed, the owner's sessions end.
   */
  constructor(kept: AccessStorage, master: string, clock: Clock, log: Pick<Log, 'error'>) {
    this.#kept = kept;
    this.#master = hashOfSecret(master);
    this.#clock = clock;
    const text = kept.read();
    const stored = parsed(text);
    if (stored === null && text !== '')
      log.error(
        'tokens and sessions cannot be read, so nobody but the holder of the file `token` gets in; make the tokens again, or restore a backup',
        {
          setAside: kept.setAside(),
        },
      );
    this.#stored = ofMaster(this.#master, stored ?? { v: 1, tokens: [], sessions: [] });
  }

  /** The holder of a token; null if there is no such token. */
  ofToken(token: string): Identity | null {
    const hash = hashOfSecret(token);
    if (isSame(hash, this.#master)) return OWNER;
    const found = this.#stored.tokens.find((each) => isSame(each.hash, hash));
    return found === undefined ? null : { name: found.name, role: found.role };
  }

  /** The person signed in with this session; null if there is none, or it has ended. */
  ofSession(id: string): Identity | null {
    const hash = hashOfSecret(id);
    const session = this.#stored.sessions.find((each) => isSame(each.hash, hash));
    if (session === undefined || this.#age(session.usedAt) > SESSION_LASTS_MS) return null;
    const identity = this.#named(session.name);
    if (identity !== null && this.#age(session.usedAt) > NOTED_EVERY_MS) {
      const usedAt = this.#now();
      const sessions = this.#stored.sessions.map((each) => (each === session ? { ...each, usedAt } : each));
      try {
        this.#write({ sessions });
      } catch {
        // The disk is full, which is said elsewhere. Reading goes on; the next use tries again.
      }
    }
    return identity;
  }

  /** A new session; its id is for the browser alone. */
  signIn({ name }: Identity): string {
    const id = secret();
    const open = this.#stored.sessions.filter(({ usedAt }) => this.#age(usedAt) <= SESSION_LASTS_MS);
    const own = open.filter((each) => each.name === name).toSorted((a, b) => (a.usedAt < b.usedAt ? -1 : 1));
    const added = { hash: hashOfSecret(id), name, usedAt: this.#now() };
    this.#write({ sessions: [...open.filter((each) => each.name !== name), ...own.slice(1 - MOST_SESSIONS), added] });
    return id;
  }

  signOut(id: string): void {
    const hash = hashOfSecret(id);
    const sessions = this.#stored.sessions.filter((each) => !isSame(each.hash, hash));
    if (sessions.length < this.#stored.sessions.length) this.#write({ sessions });
  }

  listTokens(): readonly NamedToken[] {
    return this.#stored.tokens.map(({ name, role, createdAt }) => ({ name, role, createdAt }));
  }

  /** Returns the token, which is shown once. Throws ConflictError for a name that is taken, or when there are too many. */
  createToken(name: string, role: Role): string {
    const isNamed = (each: { readonly name: string }): boolean => each.name.toLowerCase() === name.toLowerCase();
    if (RESERVED.has(name.toLowerCase()) || this.#stored.tokens.some(isNamed))
      throw new ConflictError(`there is a token "${name}" already`);
    if (this.#stored.tokens.length >= MOST_TOKENS) throw new ConflictError(`there are ${MOST_TOKENS} tokens already`);
    const token = secret();
    const added = { name, role, hash: hashOfSecret(token), createdAt: this.#now() };
    this.#write({ tokens: [...this.#stored.tokens, added] });
    return token;
  }

  /** Ends the sessions that were begun with it, too. Throws NotFoundError. */
  revokeToken(name: string): void {
    const { tokens, sessions } = this.#stored;
    if (!tokens.some((each) => each.name === name)) throw new NotFoundError(`token "${name}"`);
    this.#write({
      tokens: tokens.filter((each) => each.name !== name),
      sessions: sessions.filter((each) => each.name !== name),
    });
  }

  #named(name: string): Identity | null {
    if (name === OWNER.name) return OWNER;
    const found = this.#stored.tokens.find((each) => each.name === name);
    return found === undefined ? null : { name, role: found.role };
  }

  #write(change: Partial<Stored>): void {
    const after = { ...this.#stored, ...change };
    this.#kept.write(`${JSON.stringify(after)}\n`);
    this.#stored = after;
  }

  #now = (): string => this.#clock.now().toISOString();
  #age = (instant: string): number => this.#clock.now().getTime() - Date.parse(instant);
}

function parsed(text: string): Stored | null {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const ofMaster = (master: string, { master: before = '', ...stored }: Stored): Stored => ({
  ...stored,
  master,
  sessions: isSame(before, master) ? stored.sessions : stored.sessions.filter(({ name }) => name !== OWNER.name),
});

/** 256 bits. */
const secret = (): string => randomBytes(32).toString('base64url');
export const hashOfSecret = (text: string): string => createHash('sha256').update(text).digest('base64url');

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
