// A batch of deliveries is mostly of one hit: its hit, story and matches are read once for all of them.
import type { ArticleId, MatchId } from '../../model/ids.ts';
import type { AlertPorts } from './alert-ports.ts';

/** For the few seconds of one batch: all of its deliveries see what the first one read. */
export function readingOnce({ hits, stories, matches, ...others }: AlertPorts): AlertPorts {
  const getMatches = remembered((ids: string) => matches.getMatches(ids.split(' ') as MatchId[]));
  return {
    ...others,
    hits: {
      getHit: remembered((id: ArticleId) => hits.getHit(id)),
      getHits: (ids) => hits.getHits(ids),
      markAlerted: (...about) => hits.markAlerted(...about),
      noteChecked: (...about) => hits.noteChecked(...about),
      noteExpanded: (...about) => hits.noteExpanded(...about),
    },
    stories: {
      getStory: remembered((id: string) => stories.getStory(id)),
      getStories: (ids) => stories.getStories(ids),
    },
    matches: {
      getMatch: remembered((id: MatchId) => matches.getMatch(id)),
      getMatches: async (ids) => (ids.length === 0 ? [] : getMatches([...ids].sort().join(' '))),
      markAlerted: (...about) => matches.markAlerted(...about),
    },
  };
}

/** A call that fails is not remembered. */
function remembered<Id, T>(read: (id: Id) => Promise<T>): (id: Id) => Promise<T> {
  const known = new Map<Id, Promise<T>>();
  return (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const reading = read(id);
    known.set(id, reading);
    reading.catch(() => known.delete(id));
    return reading;
  };
}
