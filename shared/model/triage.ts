// What a team has done with a story: read, kept, or dismissed, with a note. One record for all, so that nobody reads what another has dealt with.
import * as z from 'zod/mini';
import { DAY_SECONDS } from '../core/time.ts';
import { described, expiry, type Immutable, instant, named, nullableText, pick } from './schema.ts';
import type { Story } from './story.ts';

export const TRIAGE_STATES = ['unread', 'read', 'kept', 'dismissed'] as const;
export type TriageState = (typeof TRIAGE_STATES)[number];

/** Why a story was dismissed. */
export const DISMISSALS = ['not_relevant', 'duplicate'] as const;

/** UTF-16 code units. */
export const LONGEST_NOTE = 2_000;
/** A story that is reported again lasts longer than was known when it was triaged. */
const KEPT_BEYOND_STORY_SECONDS = 60 * DAY_SECONDS;

const publicShape = {
  state: z.enum(TRIAGE_STATES),
  dismissedAs: described(z.nullable(z.enum(DISMISSALS)), 'Why it was dismissed; null in every other state'),
  note: described(nullableText(), 'For colleagues'),
  by: described(z.string(), 'Who changed it last'),
  at: described(instant(), 'When it was changed last'),
  revision: described(z.int(), 'One more with each change'),
};

export const triageSchema = z.strictObject({
  story: z.string(),
  ...publicShape,
  // Internal: it never leaves.
  expiresAt: expiry(),
});

export type Triage = Immutable<z.infer<typeof triageSchema>>;

/** What API and commands show of it. */
export const publishedTriageSchema = named('Triage', z.strictObject(publicShape));
export const publishedTriage = (triage: Triage) => pick(publishedTriageSchema, triage);

export interface TriageChange {
  readonly state: TriageState;
  readonly dismissedAs?: Triage['dismissedAs'];
  /** Null removes it; absent leaves it. */
  readonly note?: string | null;
}

/** A story that nobody has looked at has no triage. */
export const stateOfTriage = (triage: Pick<Triage, 'state'> | null): TriageState => triage?.state ?? 'unread';

/** The triage after a change. */
export const triageAfter = (
  before: Triage | null,
  change: TriageChange,
  { story, by, at }: { readonly story: Pick<Story, 'id' | 'expiresAt'>; readonly by: string; readonly at: string },
): Triage => ({
  story: story.id,
  state: change.state,
  dismissedAs: change.state === 'dismissed' ? (change.dismissedAs ?? null) : null,
  note: change.note === undefined ? (before?.note ?? null) : change.note,
  by,
  at,
  revision: (before?.revision ?? 0) + 1,
  expiresAt: story.expiresAt + KEPT_BEYOND_STORY_SECONDS,
});
