// Which writing system a character belongs to, as far as cutting and comparing words needs to know.

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
