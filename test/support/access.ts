// Who may use a server under test: the holder of its token, and whoever is let in.
import { Access } from '../../local/access/access-file.ts';
import { aClock, type SetClock } from './builders.ts';
import { aLog } from './fakes.ts';

/** Kept in memory: `text` is what the file would hold, `aside` what was set aside of it. */
export function someAccess(
  token: string,
  clock: SetClock = aClock(),
  kept: { text: string; aside?: string } = { text: '' },
) {
  const log = aLog();
  const storage = {
    read: () => kept.text,
    write: (text: string) => {
      kept.text = text;
    },
    setAside: () => {
      kept.aside = kept.text;
      return 'access.json.damaged';
    },
  };
  return { access: new Access(storage, token, clock, log), clock, log };
}
