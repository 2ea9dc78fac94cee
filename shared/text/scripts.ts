// Which writing system a character belongs to, as far as cutting and comparing words needs to know.

/** No script below this code unit is written without spaces. */
const FIRST_UNSPACED = 0xe00;

/** Thai, Lao, Burmese and Khmer: words without spaces between, of several characters. Takes code points and units. */
export function isUnspaced(codePoint: number): boolean {
  if (codePoint < FIRST_UNSPACED) return false;
  return (
    codePoint <= 0xeff ||
    (codePoint >= 0x1000 && codePoint <= 0x109f) ||
    (codePoint >= 0x1780 && codePoint <= 0x17ff) ||
    (codePoint >= 0xa9e0 && codePoint <= 0xa9ff) ||
    (codePoint >= 0xaa60 && codePoint <= 0xaa7f)
  );
}

/** Of code units; half-width ones and the length mark too, not the middle dot. */
export const isKatakana = (unit: number): boolean =>
  (unit >= 0x30a1 && unit <= 0x30fa) ||
  (unit >= 0x30fc && unit <= 0x30ff) ||
  (unit >= 0x31f0 && unit <= 0x31ff) ||
  (unit >= 0xff66 && unit <= 0xff9f);

/** Han, kana and their repetition and length marks: scripts without spaces, where every character is a token. */
export function isHanOrKana(codePoint: number): boolean {
  if (codePoint < 0x2e80) return false;
  if (codePoint >= 0x4e00 && codePoint <= 0x9fff) return true;
  if (codePoint >= 0x3041 && codePoint <= 0x30ff) return codePoint !== 0x30a0 && codePoint !== 0x30fb;
  if (codePoint <= 0x2fd5) return codePoint !== 0x2e9a && !(codePoint > 0x2ef3 && codePoint < 0x2f00);
  return (
    (codePoint >= 0x3005 && codePoint <= 0x3007) ||
    (codePoint >= 0x3021 && codePoint <= 0x3029) ||
    (codePoint >= 0x3031 && codePoint <= 0x3035) ||
    (codePoint >= 0x3038 && codePoint <= 0x303b) ||
    (codePoint >= 0x31f0 && codePoint <= 0x31ff) ||
    (codePoint >= 0x3400 && codePoint <= 0x4dbf) ||
    (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
    (codePoint >= 0xff66 && codePoint <= 0xff9d) ||
    (codePoint >= 0x1b000 && codePoint <= 0x1b16f) ||
    (codePoint >= 0x20000 && codePoint <= 0x323af)
  );
}

/** Syllables and jamo. */
export function isHangul(codePoint: number): boolean {
  if (codePoint < 0x1100) return false;
  return (
    (codePoint >= 0xac00 && codePoint <= 0xd7ff) ||
    codePoint <= 0x11ff ||
    (codePoint >= 0x3131 && codePoint <= 0x318e) ||
    (codePoint >= 0xa960 && codePoint <= 0xa97c) ||
    (codePoint >= 0xffa0 && codePoint <= 0xffdc)
  );
}
