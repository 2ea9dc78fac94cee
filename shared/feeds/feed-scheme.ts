// The `feed:` scheme by which browsers hand an address to a reader of feeds.

/** `feed://host/path` as http, `feed:https://…` as what it holds; any other text as it is. */
export const withoutFeedScheme = (address: string): string =>
  address.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://');
