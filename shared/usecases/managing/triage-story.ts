// Somebody changes what the team has done with a story.
import { ConflictError, NotFoundError, ServiceUnavailableError } from '../../core/errors.ts';
import { type Triage, type TriageChange, triageAfter } from '../../model/triage.ts';
import type { Clock, StoryStore, TriageStore } from '../../ports.ts';

/** Someone else may change it at the same time. */
const TRIES = 4;

export interface TriagePorts {
  readonly stories: Pick<StoryStore, 'getStory'>;
  readonly triages: TriageStore;
  readonly clock: Clock;
}

/**
 * `revision`: what the caller saw, 0 for none; absent: whatever it is now. Throws NotFoundError for an unknown story, ConflictError when the
 * revision is another by now.
 */
export async function triageStory(
  storyId: string,
  change: TriageChange,
  { by, revision }: { readonly by: string; readonly revision?: number | undefined },
  { stories, triages, clock }: TriagePorts,
): Promise<Triage> {
  const story = await stories.getStory(storyId);
  if (story === null) throw new NotFoundError(`story "${storyId}"`);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const [before = null] = await triages.getTriages([storyId]);
    if (revision !== undefined && revision !== (before?.revision ?? 0))
      throw new ConflictError(`the triage of story "${storyId}" was changed meanwhile, by ${before?.by ?? 'nobody'}`);
    const after = triageAfter(before, change, { story, by, at: clock.now().toISOString() });
    if (await triages.putTriage(after)) return after;
  }
  throw new ServiceUnavailableError(`the triage of story "${storyId}" kept changing`);
}
