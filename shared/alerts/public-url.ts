// The address under which readers of mails reach this Tocsin: TOCSIN_PUBLIC_URL.
import { InvalidInputError } from '../core/errors.ts';

/** Without a slash at its end, so that paths can be appended. A path is allowed: a proxy may serve Tocsin below one. Throws InvalidInputError. */
export function parsePublicUrl(given: string): string {
  const url = URL.parse(given);
  const hasLogin = url !== null && (url.username !== '' || url.password !== '');
  if (hasLogin) throw refuse('…', 'it may not hold a user name or password');
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw refuse(given, 'it does not begin with https:// or http://, or no host follows');
  }
  if (/[?#]/.test(given)) throw refuse(given, 'it may not have a query (?) or a fragment (#)');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** `/tocsin` of `https://example.org/tocsin`; empty without a path, or without an address. */
export const publicPathOf = (publicUrl: string | undefined): string =>
  publicUrl === undefined || publicUrl === '' ? '' : new URL(parsePublicUrl(publicUrl)).pathname.replace(/\/$/, '');

const refuse = (shown: string, problem: string): InvalidInputError =>
  new InvalidInputError('invalid_public_url', `TOCSIN_PUBLIC_URL "${shown.slice(0, 100)}" cannot be used`, [
    problem,
    'expected the address of your proxy, such as https://tocsin.example.org or https://example.org/tocsin',
  ]);
