// Decompression within bounds: at most one content-coding, a cap on the result, and an end to anything that swells like a bomb.
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { quoteForeign } from '../../shared/fetching/display-url.ts';
import type { FetchTarget } from '../../shared/fetching/target-rules.ts';
import { fetchFailure } from './failures.ts';

/** What we ask for; deflate is read where a server sends it unasked, because its two dialects make it a poor thing to ask for. */
export const ACCEPT_ENCODING = 'gzip, br';

/** Text shrinks to a tenth, an XML list of near-equal items to a fiftieth; what swells more than this is not a feed. */
const MAX_RATIO = 100;
/** Below this a high ratio does no harm: a small feed of blanks may well have it. */
const RATIO_FREE_BYTES = 1_000_000;

type Decompress = (wire: Uint8Array, options: { maxOutputLength: number; chunkSize: number }) => Promise<Uint8Array>;

const CODINGS: Readonly<Record<string, (wire: Uint8Array) => Decompress>> = {
  gzip: () => promisify(gunzip) as Decompress,
  'x-gzip': () => promisify(gunzip) as Decompress,
  br: () => promisify(brotliDecompress) as Decompress,
  deflate: (wire) => promisify(hasZlibHeader(wire) ? inflate : inflateRaw) as Decompress,
};

const CHUNK_BYTES = 64 * 1024;

/** Throws FetchFailedError: `decode` for a coding that is unknown, repeated or broken, `too_large` for a bomb. */
export async function decodeBody(
  wire: Uint8Array,
  contentEncoding: string | undefined,
  { target, maxBytes }: { readonly target: FetchTarget; readonly maxBytes: number },
): Promise<Uint8Array> {
  const names = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const codings = names.filter((name) => name !== '' && name !== 'identity');
  const [coding, second] = codings;
  if (coding === undefined || wire.length === 0) return wire;
  if (second !== undefined) throw fetchFailure('decode', target.url, 'the answer is compressed more than once');
  const decompress = Object.hasOwn(CODINGS, coding) ? CODINGS[coding]?.(wire) : undefined;
  if (decompress === undefined) {
    throw fetchFailure(
      'decode',
      target.url,
      `the answer has a content-coding that was not asked for: ${quoteForeign(coding, 40)}`,
    );
  }
  const allowedBytes = Math.min(maxBytes, Math.max(RATIO_FREE_BYTES, wire.length * MAX_RATIO));
  return decompress(wire, { maxOutputLength: allowedBytes, chunkSize: CHUNK_BYTES }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_BUFFER_TOO_LARGE') {
        throw fetchFailure(
          'decode',
          target.url,
          `the ${coding} compression is broken (${error.code ?? error.message})`,
          { cause: error },
        );
      }
      const limit = `${maxBytes / 1_000_000} MB`;
      const happened =
        allowedBytes < maxBytes
          ? `the answer swells more than ${MAX_RATIO} times when decompressed`
          : `the answer is longer than ${limit} when decompressed`;
      throw fetchFailure('too_large', target.url, happened, { cause: error });
    },
  );
}

/** "deflate" means the zlib format (RFC 9110, 8.4.1.2), but some servers send it bare. */
const hasZlibHeader = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
