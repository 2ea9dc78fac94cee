// Codes of languages, as people and programs write them.

const TAG = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
/** The code of articles whose language is not known. */
const UNDETERMINED = 'und';
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** Codes that were renamed, and the one for both forms of Norwegian. */
const CURRENT_CODES: Readonly<Record<string, string>> = { iw: 'he', in: 'id', ji: 'yi', nb: 'no', nn: 'no' };

/** The first part of a tag, by its current name, which is what articles have; empty where there is none. */
export function languageCodeOf(tag: string | null | undefined): string {
  const [code = ''] = /^[a-z]{2,3}(?![a-z])/.exec((tag ?? '').trim().toLowerCase()) ?? [];
  return CURRENT_CODES[code] ?? code;
}

/** Whether `text` is the tag of a language that exists. */
export const isLanguage = (text: string): boolean => text.toLowerCase() === UNDETERMINED || nameOf(text) !== undefined;

/** What is expected instead of `text`, with a suggestion when it is the English name of a language. */
export function languageWanted(text: string): string {
  const wanted = 'a language code such as "en" or "pt-BR"';
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  const meant = codes.find((code) => nameOf(code)?.toLowerCase() === text.trim().toLowerCase());
  return meant === undefined ? wanted : `${wanted}. Did you mean "${meant}"?`;
}

/** Made when the first code is checked: it takes longer than all else here, and most processes need the codes only. */
let names: Intl.DisplayNames | null = null;

/** Of the language alone, without script and region. */
function nameOf(tag: string): string | undefined {
  if (!TAG.test(tag)) return undefined;
  names ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  return names.of(tag.replace(/-.*/, ''));
}
