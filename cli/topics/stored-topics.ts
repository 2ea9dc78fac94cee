// The topics in force in an instance, as its API shows them.
import { InvalidInputError } from '../../shared/core/errors.ts';
import { nearestNames } from '../../shared/core/nearest-names.ts';
import type { ApiClient } from '../api/client.ts';
import { fetchAllPages } from '../api/pages.ts';

/** Topics that one command can name. */
export const MOST_NAMED = 1000;

export interface ShownTopic {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly severity: string;
  readonly pack: string;
  readonly languages: readonly string[];
  readonly state: 'active' | 'disabled';
  readonly disabledAt: string | null;
  /** Still in force, although the file of its pack is gone. */
  readonly isMissing: boolean;
}

/** `all`: with those that were removed. */
export const fetchTopics = (api: ApiClient, which: 'active' | 'all' = 'active'): Promise<readonly ShownTopic[]> =>
  fetchAllPages<ShownTopic>(api, '/v1/topics', which === 'all' ? { state: 'all' } : {});

/** Each id once. Throws InvalidInputError with the nearest names when one is unknown, before anything is changed. */
export async function knownTopics(api: ApiClient, ids: readonly string[]): Promise<readonly string[]> {
  const known = (await fetchTopics(api, 'all')).map(({ id }) => id);
  const problems = ids
    .filter((id) => !known.includes(id))
    .map((id) => {
      const near = nearestNames(id, known);
      const hint = near.length === 0 ? 'see tocsin topics list --all' : `did you mean ${near.join(' or ')}?`;
      return `unknown topic "${id}"; ${hint}`;
    });
  if (problems.length > 0) throw new InvalidInputError('unknown_topic', 'nothing was changed', problems);
  return [...new Set(ids)];
}

export const topicPath = (id: string): string => `/v1/topics/${encodeURIComponent(id)}`;
