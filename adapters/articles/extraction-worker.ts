// The inside of the extraction worker: one page in, one extraction out. Bundled as an entry of its own, `extraction-worker.mjs`,
// beside the bundle of whoever uses extractor.ts.

import { parentPort } from 'node:worker_threads';
import { extractText } from '../../shared/articles/extract-text.ts';
import type { Extraction } from '../../shared/model/article.ts';

function extract({ html, url }: { readonly html: string; readonly url: string }): Extraction {
  try {
    return extractText(html, url);
  } catch (error) {
    return {
      ok: false,
      reason: `the page could not be read (${error instanceof Error ? error.message : String(error)})`.slice(0, 200),
    };
  }
}

parentPort?.on('message', (page: { html: string; url: string }) => parentPort?.postMessage(extract(page)));
parentPort?.postMessage('ready');
