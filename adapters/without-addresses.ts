// Vendors' errors about mail quote addresses; records and logs hold none.

const ADDRESS = /[^\s<>"',;:()]+@[^\s<>"',;:()]+/g;

/** `(address)` in place of each address. */
export const addressless = (text: string): string => text.replace(ADDRESS, '(address)');

/** Name and message of what was thrown, to keep as a cause. Its other fields, which may quote the request, are left behind. */
export function withoutAddresses(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  const cause = new Error(addressless(message).slice(0, 500));
  cause.name = errorName(error);
  return cause;
}

export const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown error');
