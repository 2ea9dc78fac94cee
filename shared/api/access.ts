// Who may do what. `read` sees everything; `analyst` also says what became of stories, mutes, and keeps subscriptions; `admin` does everything.
import { RequestError } from './problem.ts';

export const ROLES = ['read', 'analyst', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Set by the server of one machine, never by a client. On AWS it is absent: whom IAM lets in is an admin. */
export const ROLE_HEADER = 'x-tocsin-role';

export function roleOf({ headers }: Request): Role {
  const given = headers.get(ROLE_HEADER);
  if (given === null) return 'admin';
  return ROLES.find((role) => role === given) ?? 'read';
}

const includes = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** Throws RequestError('forbidden'). */
export function mustHaveRole(request: Request, needed: Role): void {
  const role = roleOf(request);
  if (!includes(role, needed))
    throw new RequestError('forbidden', `this needs the role ${needed}; your token has the role ${role}`);
}
