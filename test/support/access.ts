// Who may use a server under test: the holder of its token, and whoever is let in.
import { Access } from '../../local/access/access-file.ts';
import { aClock, type SetClock } from './builders.ts';
import { aLog } from './fakes.ts';

/** Kept in memory; `kept` is what the file would hold. */
export function someAccess(token: string, clock: SetClock = aClock(), kept = { text: '' }) {
  const storage = {
    read: () => kept.text,
    write: (text: string) => {
      kept.text = text;
    },
  };
  return { access: new Access(storage, token, clock), clock, log: aLog() };
}
