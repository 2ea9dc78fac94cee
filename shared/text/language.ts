const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['ko', /\p{Script=Hangul}/gu],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
];

export function detectLanguage(text: string): { language: string; second: string | null; confident: boolean } {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return { language: 'und', second: null, confident: false };
  for (const [language, script] of SCRIPTS) {
    if ((text.match(script)?.length ?? 0) / letters > 0.2) return { language, second: null, confident: true };
  }
  return { language: 'en', second: null, confident: false };
}

export const resolveLanguage = (stated: string | null | undefined, text: string): string =>
  stated?.toLowerCase().split('-')[0] || detectLanguage(text).language;
