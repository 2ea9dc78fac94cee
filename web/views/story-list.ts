// What a list of stories knows: which story it is at, which are selected, and how triage is changed and undone.
import { ApiError, get, put } from '../api.ts';
import { TEXTS } from '../texts.ts';
import type { Shell } from '../view.ts';

export type TriageState = 'unread' | 'read' | 'kept' | 'dismissed';
export type DismissedAs = 'not_relevant' | 'duplicate' | null;

export interface Triage {
  readonly state: TriageState;
  readonly dismissedAs: DismissedAs;
  readonly note: string | null;
  readonly by: string;
  readonly at: string;
  readonly revision: number;
}

export interface Triaged {
  readonly id: string;
  readonly triage: Triage | null;
}

export const stateOf = ({ triage }: Triaged): TriageState => triage?.state ?? 'unread';

export interface TriageChange {
  readonly state: TriageState;
  readonly dismissedAs?: DismissedAs;
  readonly note?: string | null;
}

/** Changes the triage of stories and offers to take it back. `replace` puts what the server answered in place of a story's triage. */
export async function changeTriage(
  stories: readonly Triaged[],
  change: TriageChange,
  shell: Shell,
  replace: (id: string, triage: Triage) => void,
): Promise<void> {
  const before = stories.map(({ id, triage }) => ({ id, triage }));
  const after = new Map<string, Triage>();
  const noted = (id: string, triage: Triage): void => {
    after.set(id, triage);
    replace(id, triage);
  };
  const changed = await putEach(before, ({ triage }) => ({ ...change, revision: triage?.revision ?? 0 }), shell, noted);
  if (changed.length === 0) return;
  const undo = (): void => {
    void putEach(
      changed,
      ({ id, triage }) => ({
        revision: after.get(id)?.revision ?? 0,
        state: triage?.state ?? 'unread',
        dismissedAs: triage?.dismissedAs ?? null,
        ...(change.note === undefined ? {} : { note: triage?.note ?? null }),
      }),
      shell,
      replace,
    );
  };
  shell.say(change.note === undefined ? TEXTS.triage.done(change.state, changed.length) : TEXTS.triage.noteSaved, undo);
}

async function putEach(
  stories: readonly Triaged[],
  changeOf: (story: Triaged) => TriageChange & { readonly revision: number },
  shell: Shell,
  replace: (id: string, triage: Triage) => void,
): Promise<readonly Triaged[]> {
  const changed: Triaged[] = [];
  for (const story of stories) {
    try {
      const triage = await put<Triage>(`/v1/stories/${story.id}/triage`, changeOf(story));
      replace(story.id, triage);
      changed.push(story);
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'conflict')) shell.fail(error);
      else {
        const { triage } = await get<Triaged>(`/v1/stories/${story.id}`, { with: 'triage', limit: 1 });
        if (triage !== null) replace(story.id, triage);
        shell.say(TEXTS.triage.conflict);
      }
    }
  }
  shell.draw();
  return changed;
}
