// The frames in which the AWS SDKs upload to S3. S3 removes them; other stores leave them in the object and serve them.

/** Size in hexadecimal digits, with a signature or (where a checksum follows at the end) without. */
const FRAME = /^([0-9a-f]{1,8})(?:;chunk-signature=[0-9a-f]{64})?\r\n/i;
const LONGEST_FRAME = 128;

/**
 * The content of `aws-chunked` frames; the bytes as they came where they are not framed from beginning to end.
 * Source: Amazon S3 API Reference, "Signature calculations: transferring payload in multiple chunks", with and without trailers.
 */
export function withoutAwsChunks(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const frame = FRAME.exec(bytes.toString('latin1', at, at + LONGEST_FRAME));
    if (frame === null) return body;
    const size = Number.parseInt(frame[1] ?? '', 16);
    at += frame[0].length;
    if (size === 0) return Buffer.concat(parts); // what follows are checksums
    if (bytes.toString('latin1', at + size, at + size + 2) !== '\r\n') return body;
    parts.push(bytes.subarray(at, at + size));
    at += size + 2;
  }
}
