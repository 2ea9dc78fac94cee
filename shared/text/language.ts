// Tells the language of a text: by its script, and where several languages share one, by its words and letters. A wrong
// answer costs inflected forms only: expressions of every language run on every text.
import { languageCodeOf } from './language-codes.ts';
import { bestByWords, type DetectedLanguage, overrulingLanguage, UNDETERMINED } from './language-evidence.ts';
import type { SharedScript } from './language-profiles.ts';
import {
  countScripts,
  LANGUAGE_OF_SCRIPT,
  leadingScript,
  type Script,
  type ScriptCounts,
  scriptsOf,
} from './script-counts.ts';

/** Longer texts are judged by their beginning. In UTF-16 units. */
const SAMPLE_LENGTH = 6_000;
/** Share of kana among kana and Han from which on a text is Japanese. */
const JAPANESE_KANA_SHARE = 0.04;

/** Forms of Han characters that only Japanese has. */
const JAPANESE_ONLY = /[発対戦実単関変労県図団囲圧処経営権検拡撃総続読売駅鉄済験伝転働込広払価歩毎気帰両覚収択齢録]/;
/** Forms that only Chinese has, simplified and traditional. */
const CHINESE_ONLY = /[这這们們个为对發发國會军议员经戰战爭时间关长门问说說还沒没實实總总區變单醫药當从给让]/;
/** No Japanese text goes on for this many characters without kana. */
const LONGEST_WITHOUT_KANA = 25;

/** Works on titles too, though less well than on a title with its lead. */
export function detectLanguage(text: string): DetectedLanguage {
  const sample = text.slice(0, SAMPLE_LENGTH).normalize('NFC');
  const counts = countScripts(sample);
  const script = leadingScript(counts);
  if (script === null) return UNDETERMINED;
  if (script === 'Han') return chineseOrJapanese(sample, counts);
  if (isShared(script)) return bestByWords(sample, script);
  const language = LANGUAGE_OF_SCRIPT.get(script);
  return language === undefined ? UNDETERMINED : { language, second: null, confident: true };
}

/** Languages that words alone cannot distinguish, and the code used for them here. */
const SISTERS: Readonly<Record<string, string>> = {
  hr: 'sh',
  bs: 'sh',
  sr: 'sh',
  cnr: 'sh',
  tl: 'fil',
  mo: 'ro',
};

/** What others say in a text says nothing about its own language: German magazines quote Americans at length. */
const QUOTES = /“[^“”]{1,500}”|„[^„“”]{1,500}[“”]|«[^«»]{1,500}»|»[^«»]{1,500}«|"[^"\n]{1,500}"/g;

/**
 * The language a source states, as a two- or three-letter code, unless the text, quotes apart, is in another script, or clearly in another
 * language of the same script; then the detected one, or `und` where that is none that we know.
 */
export function resolveLanguage(stated: string | null | undefined, text: string): string {
  const own = text.slice(0, SAMPLE_LENGTH).replace(QUOTES, ' ');
  const language = languageInScript(stated, /\p{L}/u.test(own) ? own : text);
  const sample = own.normalize('NFC');
  const script = languageCodeOf(stated) === language ? leadingScript(countScripts(sample)) : null;
  if (script === null || !isShared(script)) return language;
  const known = script === 'Cyrillic' ? language : (SISTERS[language] ?? language);
  return overrulingLanguage(sample, script, known) ?? language;
}

/** As `resolveLanguage`, but whatever is stated stands when the text is in a script of that language: for what was resolved before. */
export function languageInScript(stated: string | null | undefined, text: string): string {
  const language = languageCodeOf(stated);
  if (language === '' || language === 'und' || language === 'mul') return detectLanguage(text).language;
  const script = leadingScript(countScripts(text.slice(0, SAMPLE_LENGTH)));
  if (script === null) return language;
  if (script === 'Han' && language === 'zh') return detectLanguage(text).language;
  return scriptsOf(language).includes(script) ? language : detectLanguage(text).language;
}

const isShared = (script: Script): script is SharedScript =>
  script === 'Latin' || script === 'Cyrillic' || script === 'Arabic';

function chineseOrJapanese(sample: string, { han, kana }: ScriptCounts): DetectedLanguage {
  if (kana >= JAPANESE_KANA_SHARE * (han + kana)) return { language: 'ja', second: null, confident: true };
  if (han > LONGEST_WITHOUT_KANA || CHINESE_ONLY.test(sample)) return { language: 'zh', second: null, confident: true };
  if (JAPANESE_ONLY.test(sample)) return { language: 'ja', second: 'zh', confident: true };
  return { language: 'zh', second: 'ja', confident: false };
}
