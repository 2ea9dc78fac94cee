// Decompression within bounds: a cap on the result, and protection against decompression bombs. Labels are not trusted: servers put
// character sets and leftovers of an upload into Content-Encoding, or keep the label after they have decompressed the body.
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { FetchFailedError, NoTurnError } from '../../shared/core/errors.ts';
import { quoteForeign } from '../../shared/net/display-url.ts';
import type { FetchTarget } from '../../shared/net/target-rules.ts';
import type { DocumentTurn } from '../../shared/ports.ts';
import { withoutAwsChunks } from './aws-chunks.ts';
import { gunzipDamaged } from './damaged-gzip.ts';
import { fetchFailure, noTurnForLarge } from './failures.ts';
import { hasZlibHeader, isGzip, isZstd, looksLikeText } from './sniff-body.ts';

/** What we ask for; deflate is read where a server sends it unasked, because its two dialects make it a poor thing to ask for. */
export const ACCEPT_ENCODING = 'gzip, br';

/** Text shrinks to a tenth, an XML list of near-equal items to a fiftieth; what swells more than this is not a feed. */
const MAX_RATIO = 100;
/** Below this a high ratio does no harm: a small feed of blanks may well have it. */
const RATIO_FREE_BYTES = 1_000_000;
/** Proxies that compress what the origin has already compressed exist; three layers do not occur. */
const MAX_LAYERS = 2;
const CHUNK_BYTES = 64 * 1024;
const ZLIB_HEADER_BYTES = 2;

interface Bounds {
  readonly maxOutputLength: number;
  readonly chunkSize: number;
}
/** `bytesWritten`: how much of the input was read. */
type WithInfo = (
  bytes: Uint8Array,
  bounds: Bounds & { readonly info: true },
) => Promise<{ readonly buffer: Uint8Array; readonly engine: { readonly bytesWritten: number } }>;
type Decompress = (bytes: Uint8Array, bounds: Bounds) => Promise<Uint8Array>;

const gunzipStrictly = promisify(zlib.gunzip) as Decompress;
const inflate = promisify(zlib.inflate) as Decompress;
const inflateRaw = promisify(zlib.inflateRaw) as Decompress;
const inflateRawWithInfo = promisify(zlib.inflateRaw) as unknown as WithInfo;
const unbrotliWithInfo = promisify(zlib.brotliDecompress) as unknown as WithInfo;
const unbrotli = promisify(zlib.brotliDecompress) as Decompress;
/** Missing from Node before 22.15. */
const unzstd = zlib.zstdDecompress === undefined ? null : (promisify(zlib.zstdDecompress) as Decompress);

/**
 * How to read the bytes under each label. Where the label is wrong, the bytes themselves decide: text that was already decompressed, or
 * another compression.
 */
const CODINGS: Readonly<Record<string, Decompress>> = {
  gzip: byItsBytes,
  deflate: (bytes, bounds) => (hasZlibHeader(bytes) ? inflateAny : byItsBytes)(bytes, bounds),
  br: (bytes, bounds) => unbrotli(bytes, bounds).catch(orElse(bytes, bounds)),
  zstd: byItsBytes,
};

/**
 * The body without its compression, whatever its label says: labels that name no compression are ignored, and so is one that the bytes
 * disprove. What grows large waits for its turn.
 * Throws FetchFailedError: `decode` for a broken or unsupported compression, `too_large` for a bomb; NoTurnError.
 */
export async function decodeBody(
  wire: Uint8Array,
  contentEncoding: string | undefined,
  { target, maxBytes, turn }: { readonly target: FetchTarget; readonly maxBytes: number; readonly turn: DocumentTurn },
): Promise<Uint8Array> {
  const labels = labelsOf(contentEncoding);
  const known = labels.filter((label) => Object.hasOwn(CODINGS, label));
  if (known.length > MAX_LAYERS)
    throw fetchFailure('decode', target.url, `the answer is compressed more than ${MAX_LAYERS} times`);
  let body = labels.includes('aws-chunked') ? withoutAwsChunks(wire) : wire;
  // Compressed without saying so: a file whose name ends in .gz, or a label lost on the way.
  const codings = known.length === 0 && hasMagic(body) ? ['gzip'] : known.toReversed();
  // Relative to the bytes received, not to the result of a first layer.
  const allowedBytes = Math.min(maxBytes, Math.max(RATIO_FREE_BYTES, wire.length * MAX_RATIO));
  const decompressed = async (coding: string): Promise<Uint8Array> => {
    const decompress = CODINGS[coding];
    if (body.length === 0 || decompress === undefined) return body;
    const upTo = (bytes: number) => decompress(body, { maxOutputLength: bytes, chunkSize: CHUNK_BYTES });
    return upTo(Math.min(allowedBytes, turn.smallBytes))
      .catch(async (error: unknown) => {
        if (!isTooLarge(error) || allowedBytes <= turn.smallBytes) throw error;
        if (!(await turn.take())) throw noTurnForLarge(target.url);
        return upTo(allowedBytes);
      })
      .catch((error: unknown) => {
        if (error instanceof FetchFailedError) throw error;
        throw toFailure(error, coding, target, allowedBytes < maxBytes ? null : maxBytes);
      });
  };
  for (const coding of codings) body = await decompressed(coding);
  // Compressed twice under one label, by an origin and its proxy. If this fails (a bomb, for example), the body stays as it is.
  if (codings.length === 1 && hasMagic(body)) {
    body = await decompressed('gzip').catch((error: unknown) => {
      if (error instanceof NoTurnError) throw error;
      return body;
    });
  }
  const [unknown] = labels.filter((label) => !known.includes(label));
  if (unknown === undefined || codings.length > 0 || looksLikeText(body)) return body;
  const happened = `the answer has a content-coding that was not asked for: ${quoteForeign(unknown, 40)}`;
  throw fetchFailure('decode', target.url, happened);
}

/** In lower case, in the order of the header, without quotes, parameters and labels without meaning. */
function labelsOf(contentEncoding = ''): readonly string[] {
  const labels = contentEncoding
    .toLowerCase()
    .split(',')
    .map((label) => label.replace(/;.*$/s, '').replace(/["']/g, '').trim());
  return labels
    .filter((label) => label !== '' && label !== 'identity')
    .map((label) => label.replace(/^x-(?=(?:gzip|deflate|br|zstd)$)/, ''));
}

/** For bytes that are not what their label says. Brotli has no mark of its own and is tried last. */
async function byItsBytes(bytes: Uint8Array, bounds: Bounds): Promise<Uint8Array> {
  if (isGzip(bytes)) return gunzip(bytes, bounds);
  if (isZstd(bytes) && unzstd !== null) return unzstd(bytes, bounds);
  if (looksLikeText(bytes)) return bytes;
  const behind = behindBlanks(bytes);
  if (isGzip(behind)) return gunzip(behind, bounds);
  if (hasZlibHeader(bytes)) return inflateAny(bytes, bounds);
  return whole(inflateRawWithInfo, bytes, bounds).catch((error: unknown) => {
    if (isTooLarge(error)) throw error;
    return whole(unbrotliWithInfo, bytes, bounds).catch((second: unknown) => {
      throw isTooLarge(second) ? second : error;
    });
  });
}

/** Any bytes may begin like raw deflate or Brotli. Few also end exactly where it ends and yield text or an archive. */
async function whole(decompress: WithInfo, bytes: Uint8Array, bounds: Bounds): Promise<Uint8Array> {
  const { buffer, engine } = await decompress(bytes, { ...bounds, info: true });
  const isPlausible = engine.bytesWritten === bytes.length && (looksLikeText(buffer) || hasMagic(buffer));
  if (isPlausible) return buffer;
  throw Object.assign(new Error('not what its label says'), { code: 'ERR_CODING' });
}

/** For bytes that could not be read as labelled. If they are nothing else either, the first error is thrown. */
const orElse =
  (bytes: Uint8Array, bounds: Bounds) =>
  (error: unknown): Promise<Uint8Array> => {
    if (isTooLarge(error)) throw error;
    return byItsBytes(bytes, bounds).catch((second: unknown) => {
      throw isTooLarge(second) ? second : error;
    });
  };

/** A script that compresses its own output may have printed line ends or a UTF-8 mark before it. */
function behindBlanks(bytes: Uint8Array): Uint8Array {
  const length = bytes.subarray(0, MOST_BLANKS).findIndex((byte) => !BLANKS.includes(byte));
  return bytes.subarray(Math.max(length, 0));
}

const MOST_BLANKS = 100;
const BLANKS: readonly number[] = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf];

const hasMagic = (bytes: Uint8Array): boolean => isGzip(bytes) || (isZstd(bytes) && unzstd !== null);

async function gunzip(bytes: Uint8Array, bounds: Bounds): Promise<Uint8Array> {
  return gunzipStrictly(bytes, bounds).catch(async (error: unknown) => {
    const data = isTooLarge(error) ? null : await gunzipDamaged(bytes, bounds);
    if (data === null) throw error;
    return data;
  });
}

/** "deflate" means the zlib format (RFC 9110, 8.4.1.2), but some servers send it raw (byItsBytes), and some without the checksum at its end. */
async function inflateAny(bytes: Uint8Array, bounds: Bounds): Promise<Uint8Array> {
  return inflate(bytes, bounds).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'Z_BUF_ERROR') throw error;
    return inflateRaw(bytes.subarray(ZLIB_HEADER_BYTES), bounds);
  });
}

const isTooLarge = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';

/** `limitBytes`: the cap that was reached; null where the ratio was exceeded. */
function toFailure(error: unknown, coding: string, { url }: FetchTarget, limitBytes: number | null): FetchFailedError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!isTooLarge(error))
    return fetchFailure('decode', url, `the ${coding} compression is broken (${code ?? message})`, { cause: error });
  const happened =
    limitBytes === null
      ? `the answer grows more than ${MAX_RATIO} times when decompressed`
      : `the answer is longer than ${limitBytes / 1_000_000} MB when decompressed`;
  return fetchFailure('too_large', url, happened, { cause: error });
}
