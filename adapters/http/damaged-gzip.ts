// Gzip files that were damaged after their data: a trailer cut off, or something appended. The data itself must be complete.
import { promisify } from 'node:util';
import { crc32, inflateRaw, type ZlibOptions } from 'node:zlib';
import { isGzip } from './sniff-body.ts';

const HEADER_BYTES = 10;
/** CRC-32 and length of the data, four bytes each. */
const TRAILER_BYTES = 8;
const FLAG = { headerChecksum: 2, extra: 4, name: 8, comment: 16 } as const;

interface Inflated {
  readonly buffer: Uint8Array;
  /** Its `bytesWritten` counts the input bytes that were read. */
  readonly engine: { readonly bytesWritten: number };
}

const inflateRawWithInfo = promisify(inflateRaw) as unknown as (
  bytes: Uint8Array,
  options: ZlibOptions & { info: true },
) => Promise<Inflated>;

/**
 * The data of all members, or null where the data of one is incomplete or contradicts its trailer.
 * Throws ERR_BUFFER_TOO_LARGE when the data is longer than `maxOutputLength`.
 * Browsers read such answers; caches that append a comment to whatever they store produce them. Format: RFC 1952.
 */
export async function gunzipDamaged(
  file: Uint8Array,
  options: { maxOutputLength: number },
): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let left = options.maxOutputLength;
  let rest = file;
  while (isGzip(rest)) {
    const data = rest.subarray(headerLength(rest));
    const inflated = await inflateRawWithInfo(data, { maxOutputLength: Math.max(left, 1), info: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ERR_BUFFER_TOO_LARGE') throw error;
        return null;
      },
    );
    if (inflated === null) return null;
    const trailer = data.subarray(inflated.engine.bytesWritten);
    if (trailer.length >= TRAILER_BYTES && !agrees(trailer, inflated.buffer)) return null;
    parts.push(inflated.buffer);
    left -= inflated.buffer.length;
    rest = trailer.subarray(TRAILER_BYTES);
  }
  return Buffer.concat(parts);
}

function headerLength(member: Uint8Array): number {
  const flags = member[3] ?? 0;
  let at = HEADER_BYTES;
  if (flags & FLAG.extra) at += 2 + (member[at] ?? 0) + 256 * (member[at + 1] ?? 0);
  for (const text of [FLAG.name, FLAG.comment]) {
    if (flags & text) at = Math.max(member.indexOf(0, at), at) + 1;
  }
  return flags & FLAG.headerChecksum ? at + 2 : at;
}

function agrees(trailer: Uint8Array, data: Uint8Array): boolean {
  const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER_BYTES);
  return view.getUint32(0, true) === crc32(data) && view.getUint32(4, true) === data.length;
}
