// One document by URL for the command line (an OPML list, a page to look at): a guarded fetch without a feed around it.
import { MAX_FEED_BYTES } from './feed-fetcher.ts';
import { bringsDocument, statusFailure } from './status-failures.ts';
import { openWeb } from './web.ts';

export interface FetchDocumentOptions {
  /** HOST:PORT pairs that may be private. */
  readonly allowHosts?: readonly string[];
  /** URL or mailto address of the operator. */
  readonly contact?: string;
}

/** The bytes of the document, at most 5 MB. Throws FetchFailedError, and InvalidInputError when `allowHosts` cannot be read. */
export async function fetchDocument(url: string, options: FetchDocumentOptions = {}): Promise<Uint8Array> {
  const { allowHosts = [], contact = '' } = options;
  const { fetch, clock } = openWeb({ contact, fetch: { allowHosts } });
  try {
    const answer = await fetch.get({ url, headers: { accept: '*/*' }, maxBytes: MAX_FEED_BYTES });
    if (!bringsDocument(answer)) throw statusFailure(url, answer, clock.now());
    return answer.body;
  } finally {
    fetch.close();
  }
}
