// The Korean encoding as the web means it: EUC-KR with the syllables that Microsoft added (code page 949). The platform's own
// decoder knows the 2,350 syllables of the standard only. The added ones are in the order of Unicode in the space left over.

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const LEAD_START = 0x81;
const TRAIL_START = 0x41;
const TRAILS = 0xff - TRAIL_START;
/** Added to the standard after the platform's table. */
const LATER_SIGNS: readonly (readonly [lead: number, trail: number, sign: number])[] = [
  [0xa2, 0xe6, 0x20ac],
  [0xa2, 0xe7, 0xae],
];
const REPLACEMENT = 0xfffd;
const LINE_FEED = 10;
const ROW_TRAILS = Array.from({ length: 94 }, (_, index) => 0xa1 + index);

let table: Uint16Array | null = null;

/** Never throws: what cannot be decoded becomes U+FFFD. */
export function decodeKorean(body: Uint8Array): string {
  table ??= buildTable();
  const units = new Uint16Array(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] as number;
    let unit = byte;
    if (byte >= 0x80) {
      const trail = body[at + 1] ?? 0;
      unit = byte < LEAD_START || trail < TRAIL_START ? 0 : (table[indexOf(byte, trail)] ?? 0);
      // A broken pair of two high bytes is one mistake; an ASCII byte after a lead stands for itself.
      if (unit !== 0 || trail >= 0x80) at += 1;
      if (unit === 0) unit = REPLACEMENT;
    }
    units[length] = unit;
    length += 1;
  }
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(units.subarray(0, length));
}

const indexOf = (lead: number, trail: number): number => (lead - LEAD_START) * TRAILS + (trail - TRAIL_START);

function buildTable(): Uint16Array {
  const built = new Uint16Array((0xff - LEAD_START) * TRAILS);
  const decoder = new TextDecoder('euc-kr');
  const standard = new Set<number>();
  for (let lead = 0xa1; lead <= 0xfd; lead += 1) {
    const row = Uint8Array.from(ROW_TRAILS.flatMap((trail) => [lead, trail, LINE_FEED]));
    for (const [index, text] of decoder.decode(row).split('\n').entries()) {
      const unit = text.length === 1 ? text.charCodeAt(0) : REPLACEMENT;
      if (unit === REPLACEMENT || unit < 0xa0) continue;
      built[indexOf(lead, 0xa1 + index)] = unit;
      standard.add(unit);
    }
  }
  for (const [lead, trail, sign] of LATER_SIGNS) built[indexOf(lead, trail)] = sign;
  let syllable = FIRST_SYLLABLE;
  for (let lead = LEAD_START; lead <= 0xc6; lead += 1) {
    for (let trail = TRAIL_START; trail <= (lead <= 0xa0 ? 0xfe : 0xa0); trail += 1) {
      if ((trail > 0x5a && trail < 0x61) || (trail > 0x7a && trail < 0x81)) continue;
      while (standard.has(syllable)) syllable += 1;
      if (syllable > LAST_SYLLABLE) return built;
      built[indexOf(lead, trail)] = syllable;
      syllable += 1;
    }
  }
  return built;
}
