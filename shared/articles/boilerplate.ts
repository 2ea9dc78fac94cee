// Lines that publishing systems put around a text: "The post … appeared first on …", "Read also: …", newsletters, notices of
// copyright. Words in them are not news: the headline repeated, another story's headline. Removed before matching.
// A line goes only where all of it is such; prose that merely begins or ends like one stays, and so does whatever is longer.
// Linear: each pattern is tried once per sentence, from its start, over at most MAX_CHARS.
import { AGENCIES, BARE_LABELS, COUNTED, LABELS, WHOLE_LINES } from './boilerplate-phrases.ts';
import {
  APPEARED_FIRST,
  NAMES_CHANNEL,
  NOTICES,
  OPENS_REQUEST,
  REPORTED,
  REQUESTS,
  SPEAKS_OF_US,
} from './boilerplate-sentences.ts';

/** The longest sentence that can be boilerplate, in UTF-16 units; only the last such sentences of a text are looked at, and no more than four. */
const MAX_CHARS = 240;
const MAX_SENTENCES = 4;
const LONGEST_REQUEST_CHARS = 140;
/** "The post … appeared first on …" holds a whole headline. */
const MAX_HEADLINE_CHARS = 300;

const FILLER = '(?:[^.!?。！？;\\n]|[.!?](?=\\S)){0,90}?';

const phrasesOf = (table: Readonly<Record<string, string>>): readonly string[] =>
  Object.values(table).flatMap((phrases) => phrases.split('|'));
const patternOf = (patterns: readonly string[]): RegExp =>
  new RegExp(
    `^(?:${patterns.join('|').replaceAll('~', FILLER).replaceAll('#', `[^\\n]{1,${MAX_HEADLINE_CHARS}}?`)})$`,
    'iu',
  );
const escaped = (phrase: string): string => phrase.replace(/[.?*+()[\]{}\\]/g, '\\$&');
/** Longer ones first: one may be the beginning of another. */
const anyOf = (table: Readonly<Record<string, string>>): string =>
  phrasesOf(table)
    .toSorted((one, other) => other.length - one.length)
    .map(escaped)
    .join('|');

const WHOLE: ReadonlySet<string> = new Set(phrasesOf(WHOLE_LINES));
/** Patterns that begin with filler are slow, and of languages that put the verb last: kept for texts that look like these. */
const floats = (pattern: string): boolean => /^\(?[~#]/.test(pattern);
const bound = (pattern: string): boolean => !floats(pattern);
const LOOKS_VERB_LAST = /[ğışİ\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\b(?:bizi|abone|takip|haber|bülten)/iu;
const allOf = (table: Readonly<Record<string, readonly string[]>>): readonly string[] => Object.values(table).flat();
const REQUEST = patternOf(allOf(REQUESTS).filter(bound));
const NOTICE = patternOf(allOf(NOTICES).filter(bound));
const VERB_LAST_REQUEST = patternOf(allOf(REQUESTS).filter(floats));
const VERB_LAST_NOTICE = patternOf(allOf(NOTICES).filter(floats));
const FIRST = APPEARED_FIRST.map((pattern) => pattern.replace('#', '(#)').replace(/ ~$/, ' (~)'));
const FIRST_ON = patternOf(FIRST.filter(bound));
/** A headline that nothing stands before ends where a sentence ends: else it would be the whole summary. */
const VERB_LAST_FIRST_ON = patternOf(FIRST.filter(floats).map((pattern) => pattern.replace('#', FILLER)));
const OPENS = new RegExp(`^(?:[^:.]{1,40}: )?(?:${OPENS_REQUEST})(?!\\p{L})`, 'iu');
const wordOf = (words: string): RegExp => new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'iu');
const OF_US = wordOf(SPEAKS_OF_US);
const CHANNEL = wordOf(NAMES_CHANNEL);
const SAID = new RegExp(REPORTED, 'iu');
const LABELLED = new RegExp(`^(?:${anyOf(LABELS)}) ?(?:[:：|»›>▶►】）)\\]]| [-–—]) ?[^\\n]{1,200}$`, 'iu');
const BARE = new RegExp(`^(?:${anyOf(BARE_LABELS)})[ \\u3000]?`, 'iu');
/** What begins like a headline and does not end like a sentence. */
const HEADLINE = /^(?=[\p{Lu}\p{Lo}\p{Nd}"'«“„‘「『])[^\n.。!！]{10,160}$/u;
const COUNT = new RegExp(
  `^(?:(?:${COUNTED})\\s?[:：]?\\s?\\(?\\d[\\d.,]*\\)?|\\(?\\d[\\d.,]*\\)?\\s?(?:${COUNTED}))$`,
  'iu',
);
const CREDIT = new RegExp(
  `^(?:(?:photo|image|picture|photo credit|foto|fotos|bild|bilder|fotoğraf|zdjęcie|imagem|imagen|immagine|фото|صورة|الصورة|사진|写真|写真提供|图|圖|图片|圖片)\\s?(?:by|credit|courtesy of|de|di|von)?\\s?[:：=＝/]\\s?)[^\\n.。]{0,50}(?<![\\p{L}\\p{N}])(?:${AGENCIES})(?![\\p{L}\\p{N}])[^\\n.。]{0,30}$`,
  'iu',
);
/** What stands around such lines: arrows, bullets, brackets. */
const BEFORE = /^(?:[\s•·*►▶▷▼▽◆◇■□●○◎☞➤→»›>\-–—|[(（【<\u{2600}-\u{27bf}\u{1f300}-\u{1faff}]|\ufe0f)+/u;
const AFTER: ReadonlySet<string> = new Set(' \t»›→>▶►…])）】|<:：');
const STOPS: ReadonlySet<string> = new Set('.!?。！？');
const SENTENCE_END = /[.!?…。！？]["”’»」』)）\]]*\s+|[。！？]["”’»」』)）\]]*|…\s*|\]\s*/u;
const SENTENCE_ENDS = new RegExp(SENTENCE_END, 'gu');

/** The text without such lines, and without such sentences at its end. The same string where there are none. */
export function withoutBoilerplate(text: string): string {
  const lines = text.split('\n');
  const kept = lines.slice(0, startOfLinks(lines)).filter((line) => !isBoilerplateLine(line));
  const last = kept.findLastIndex((line) => line.trim() !== '');
  const end = kept[last] ?? '';
  const shorter = withoutTail(end);
  if (kept.length === lines.length && shorter === end) return text;
  if (last >= 0) kept[last] = shorter;
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/**
 * Where a list of links to other stories begins that ends the text: a line that says so ("Related articles"), with nothing but headlines
 * behind it. The number of lines where there is none: one sentence of prose among them, and all stay; so do they where the prose before them
 * has no full stops either, as some Arabic has.
 */
function startOfLinks(lines: readonly string[]): number {
  let start = lines.length;
  let headlines = 0;
  for (let at = lines.length - 1; at >= 0 && headlines <= MOST_LINKS; at -= 1) {
    const line = lines[at]!.trim();
    if (headlines > 0 && line.length <= LONGEST_LABEL && LABEL_ALONE.test(line)) start = at;
    else if (line !== '' && !isHeadline(line) && !isBoilerplateLine(line)) break;
    if (line !== '') headlines += 1;
  }
  const before = lines.slice(0, start).findLast((line) => line.trim() !== '');
  return before === undefined || /[.!?。！？…]["”’»」』)）\]]*\s*$/u.test(before) ? start : lines.length;
}

/** Sites show four to ten. */
const MOST_LINKS = 15;
const LONGEST_LABEL = 60;
const LABEL_ALONE = new RegExp(`^(?:${anyOf(LABELS)}) ?[:：]?$`, 'iu');
const isHeadline = (line: string): boolean => HEADLINE.test(coreOf(line)) && !ENDS.test(line);

/** Whether all of a line is boilerplate: one such sentence, or several. */
export function isBoilerplateLine(line: string): boolean {
  if (line.length > MAX_CHARS + MAX_HEADLINE_CHARS) return false;
  const text = line.trim();
  if (text === '') return false;
  if (isBoilerplate(text)) return true;
  const end = SENTENCE_END.exec(text);
  if (end === null || !isBoilerplate(text.slice(0, end.index + end[0].length))) return false;
  return withoutTail(text) === '';
}

/** A line without the boilerplate sentences at its end. */
function withoutTail(line: string): string {
  let text = line.trimEnd();
  for (let count = 0; count < MAX_SENTENCES; count += 1) {
    const start = startOfTail(text);
    if (start === null) break;
    text = text.slice(0, start).trimEnd();
  }
  return text.length === line.trimEnd().length ? line : text;
}

/** Where the last sentence begins, or the last but one and so on, if all from there on is boilerplate. */
function startOfTail(text: string): number | null {
  const from = Math.max(0, text.length - MAX_CHARS - MAX_HEADLINE_CHARS);
  const window = text.slice(from);
  const starts = [...window.matchAll(SENTENCE_ENDS)].map(({ index, 0: end }) => index + end.length);
  const inside = starts.filter((start) => start < window.length).slice(-MAX_SENTENCES);
  for (const start of inside.toReversed()) if (isTail(window.slice(start))) return from + start;
  return from === 0 && isTail(window) ? 0 : null;
}

/** A button of one word may be the author's last: "He wants more. More." So may a phrase that people use. */
function isTail(sentence: string): boolean {
  if (!isBoilerplate(sentence)) return false;
  const phrase = phraseOf(coreOf(sentence));
  if (!WHOLE.has(phrase)) return true;
  const isStopped = /(?<!\.)[.!?。！？]\s*$/u.test(sentence);
  return phrase.includes(' ') ? !(isStopped && SPOKEN.test(phrase)) : !isStopped && !/^[a-z]{1,9}$/.test(phrase);
}

const SPOKEN = /^(?:no comments?|like this|find out more|learn more|see more|sign up|sign in|back to top)$/;

function isBoilerplate(sentence: string): boolean {
  const core = coreOf(sentence);
  if (core === '' || core.length > MAX_CHARS + MAX_HEADLINE_CHARS) return false;
  const phrase = phraseOf(core);
  const isVerbLast = LOOKS_VERB_LAST.test(sentence);
  if (WHOLE.has(phrase) || isFirstOn(FIRST_ON, core) || (isVerbLast && isFirstOn(VERB_LAST_FIRST_ON, core)))
    return true;
  if (phrase.length > MAX_CHARS) return false;
  return (
    NOTICE.test(phrase) ||
    (isVerbLast && VERB_LAST_NOTICE.test(phrase)) ||
    COUNT.test(phrase) ||
    (LABELLED.test(phrase) && !(ENDS.test(sentence) && SAID.test(phrase))) ||
    CREDIT.test(phrase) ||
    isBareLabel(core, sentence) ||
    isContinued(phrase, sentence) ||
    (isRequest(phrase) && !SAID.test(phrase)) ||
    ((REQUEST.test(phrase) || (isVerbLast && VERB_LAST_REQUEST.test(phrase))) && !SAID.test(phrase))
  );
}

/** Quotations speak of us too, but seldom of channels, and open otherwise. */
const isRequest = (phrase: string): boolean =>
  phrase.length <= LONGEST_REQUEST_CHARS && OPENS.test(phrase) && OF_US.test(phrase) && CHANNEL.test(phrase);

/**
 * The site is a name, and the headline begins like one: "The post office appeared first on the list" is prose, and so is
 * "The story of the spy first appeared in The Times".
 */
function isFirstOn(pattern: RegExp, core: string): boolean {
  const found = pattern.exec(core);
  if (found === null) return false;
  const [headline = '', site] = found.slice(1).filter((group) => group !== undefined);
  if (/^\p{Ll}(?!\p{Lu})/u.test(headline)) return false;
  return site === undefined || (/\p{L}/u.test(site) && /^[^\p{Ll}]|\S\.\S/u.test(site));
}

function isBareLabel(core: string, sentence: string): boolean {
  const [label] = BARE.exec(core) ?? [];
  return (
    label !== undefined && /^[^\p{Ll}]/u.test(core) && !ENDS.test(sentence) && HEADLINE.test(core.slice(label.length))
  );
}

/** "Continue reading HEADLINE →": WordPress again. */
const isContinued = (phrase: string, sentence: string): boolean =>
  CONTINUED.test(phrase) && !ENDS.test(sentence) && !SAID.test(phrase);

const CONTINUED =
  /^(?:continue reading|lire la suite de|continuar leyendo|continuar a ler|continua a leggere|czytaj dalej|читать далее) ./;
const ENDS = /[.!?。！？]\s*$/u;

/** Without what decorates it and without the last full stop. */
function coreOf(sentence: string): string {
  let end = endWithout(sentence, sentence.length, AFTER);
  end = endWithout(sentence, end, STOPS);
  end = endWithout(sentence, end, AFTER);
  const core = sentence.slice(0, end).replace(BEFORE, '');
  return core.includes('\n') || core.includes('  ') ? core.replace(/\s+/g, ' ') : core;
}

function endWithout(text: string, end: number, marks: ReadonlySet<string>): number {
  let at = end;
  while (at > 0 && marks.has(text.charAt(at - 1))) at -= 1;
  return at;
}

/** As it stands in the tables. A capital İ becomes two characters otherwise. */
const phraseOf = (core: string): string => core.replaceAll('İ', 'i').replaceAll('’', "'").toLowerCase();
