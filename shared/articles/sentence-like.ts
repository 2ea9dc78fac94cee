// Whether a line of a page reads like a sentence, in any language. Menus, labels and headlines do not end like one.

/** Shorter lines are buttons and labels even with a full stop. As charsOf counts. */
const LEAST_CHARS = 12;
/** Lines of scripts that write no full stop (Thai, Lao, Khmer), and leads without one, are sentences from this length on. */
const LONG_CHARS = 140;

/** Characters that stand for a syllable or a word. */
const WIDE =
  /[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]/g;

/** The end of a sentence, with what may close after it. */
const END = /[.!?…。！？؟।॥۔։።၊။។:;][\s"'”’»›“「」』）)\]}*]*$/u;
/** A sentence that ends within the line: its mark, a blank, and more. */
const END_INSIDE = /\p{L}[.!?؟।۔]["”’»)]? +\S|[。！？]\S/u;
const LABEL_END = /[:：;]\s*$/u;

/** The length of a text in letters of an alphabet: signs for syllables and words count two and a half. Long texts are long anyway. */
export const charsOf = (text: string): number =>
  text.length + (text.length > LONG_ANYWAY || ALPHABETS.test(text) ? 0 : countWide(text) * 1.5);

const LONG_ANYWAY = 2_000;

const ALPHABETS = /^[\0-\u0dff\u1e00-\u2fff]*$/;
const countWide = (text: string): number => text.match(WIDE)?.length ?? 0;

export function isSentenceLike(text: string): boolean {
  const chars = charsOf(text);
  if (chars < LEAST_CHARS) return false;
  if (chars >= LONG_CHARS) return true;
  return END.test(text.slice(-8)) ? !LABEL_END.test(text) || chars > 60 : END_INSIDE.test(text);
}

/** Ends like a statement: headlines may end with a question or exclamation mark, but seldom with a full stop. */
export const isStatement = (text: string): boolean => charsOf(text) >= LEAST_CHARS && STATED.test(text.slice(-8));

/** Not the ellipsis of a text that was cut. */
const STATED = /(?:[^.][.]|[。।۔։။።])[\s"'”’»›“「」』）)\]]*$/u;
