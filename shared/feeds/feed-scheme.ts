// The `feed:` scheme, with which browsers open an address in a feed reader.

/** `feed://host/path` becomes http, `feed:https://…` the address inside; any other text is unchanged. */
export const withoutFeedScheme = (address: string): string =>
  address.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://');
