// The tag by which SES names the delivery in its events. A tag may hold ASCII letters, digits, `_` and `-`, at most 256 of them; ids of
// deliveries and digests hold dots besides, and no `_`. Source: Amazon SES API Reference, MessageTag.

export const TAG = 'tocsin-delivery';

/** Null for an id that no tag can hold; its event is then recognised by the mail's header. */
export function tagOf(mailId: string): string | null {
  const value = mailId.replaceAll('.', '_');
  return !mailId.includes('_') && /^[A-Za-z0-9_-]{1,256}$/.test(value) ? value : null;
}

export const mailIdOfTag = (value: string): string => value.replaceAll('_', '.');
