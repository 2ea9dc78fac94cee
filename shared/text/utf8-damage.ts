// How much of a text that is not valid UTF-8 is UTF-8 all the same.

export interface Utf8Damage {
  /** Characters of several bytes that are whole. */
  readonly whole: number;
  /** Characters that end too early: a first byte and at least one more, as cutting a text at a byte count leaves them. */
  readonly cut: number;
  /** Bytes beyond ASCII that are neither: as other encodings write them. */
  readonly stray: number;
}

/** One pass over the bytes. */
export function utf8Damage(body: Uint8Array): Utf8Damage {
  let whole = 0;
  let cut = 0;
  let stray = 0;
  for (let at = 0; at < body.length; ) {
    const first = body[at] as number;
    at += 1;
    if (first < 0x80) continue;
    const expected = followingBytes(first);
    let found = 0;
    while (found < expected && ((body[at] as number) & 0xc0) === 0x80) {
      found += 1;
      at += 1;
    }
    if (found === 0) stray += 1;
    else if (found === expected) whole += 1;
    else cut += 1;
  }
  return { whole, cut, stray };
}

function followingBytes(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
}
