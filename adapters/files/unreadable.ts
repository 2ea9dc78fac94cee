// Why a file or folder that the user named cannot be read, in words.
import { InvalidInputError } from '../../shared/core/errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'it is a file, or lies below one; expected a folder',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  ELOOP: 'its symbolic links go round in a circle',
};

/** `cause` is what Node threw. The message names the place as it was given. */
export function unreadable(where: string, cause: unknown, hints: readonly string[] = []): InvalidInputError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return new InvalidInputError('unreadable_file', `${where} cannot be read: ${REASONS[code] ?? message}`, hints, {
    cause,
  });
}
