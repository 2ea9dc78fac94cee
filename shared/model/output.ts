// An output: stored matches as a feed that other programs read, under a secret address of its own.
import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { described, feedId, type Immutable, instant, named, nullableText, pick, stored } from './schema.ts';

/** Topics are read one by one, so this bounds what one reading costs. */
export const MOST_TOPICS_OF_OUTPUT = 20;
/** Of one Tocsin. */
export const MOST_OUTPUTS = 500;
export const LONGEST_OUTPUT_TITLE = 200;

const publicShape = {
  id: z.string(),
  title: stored(described(z.string(), 'What feed readers call it'), { cutTo: 4 * LONGEST_OUTPUT_TITLE }),
  topics: described(z.array(z.string()), 'Topic ids; `*` stands for every topic. Sorted, without duplicates'),
  feed: described(z.nullable(feedId()), 'Only articles of this feed; null for all'),
  source: described(nullableText(), 'Only sources with this host, or with this in their title; null for all'),
  lang: described(nullableText(), 'Only articles in this language; null for all'),
  text: described(nullableText(), 'Only matches with this in the headline or a passage; null for all'),
  createdAt: instant(),
  updatedAt: described(instant(), 'When its settings or its address last changed'),
};

/** What is stored of it. */
export const outputSchema = z.strictObject({
  ...publicShape,
  // Internal: it never leaves.
  /** SHA-256 of the secret part of its address, in base64url. The secret itself is shown once and not kept. */
  secretHash: z.string(),
});

const lastReadShape = {
  lastReadOn: described(nullableText(), 'Day in UTC on which it was last read, such as 2026-11-23; null: never yet'),
};

export type OutputFeed = Immutable<z.infer<typeof outputSchema>> & { readonly lastReadOn: string | null };

/** What may be changed of it. */
export type OutputChange = Partial<Omit<OutputFeed, 'id' | 'createdAt' | 'updatedAt' | 'lastReadOn'>>;

/** What API and commands show of an output. */
export const publishedOutputSchema = named('Output', z.strictObject({ ...publicShape, ...lastReadShape }));

export type PublishedOutput = Immutable<z.infer<typeof publishedOutputSchema>>;

export const publishedOutput = (output: OutputFeed): PublishedOutput => pick(publishedOutputSchema, output);

// ---------------------------------------------------------------- its address

/** In which form it is read: the ending of its address. */
export type OutputForm = 'atom' | 'json';

const OUTPUT_PATH = /^\/f\/([a-z2-7]{26})-([A-Za-z0-9_-]{43})\.(atom|json)$/;

/** The id finds the output, the secret opens it. */
export const outputPath = (id: string, secret: string, form: OutputForm): string => `/f/${id}-${secret}.${form}`;

/** What a path of `outputPath` was made of; null for any other path. */
export function readOutputPath(
  path: string,
): { readonly id: string; readonly secret: string; readonly form: OutputForm } | null {
  const [, id, secret, form] = OUTPUT_PATH.exec(path) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret, form: form as OutputForm };
}

export const secretHashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Takes as long for a wrong secret as for the right one. */
export const opensOutput = ({ secretHash }: Pick<OutputFeed, 'secretHash'>, secret: string): boolean => {
  const [wanted, given] = [Buffer.from(secretHash), Buffer.from(secretHashOf(secret))];
  return wanted.length === given.length && timingSafeEqual(wanted, given);
};
