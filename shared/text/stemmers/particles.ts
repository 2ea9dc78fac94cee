// Particles that Hebrew and Arabic write together with the word after them: and, the, in, to, from, that. They are taken
// off words of a text only, never off the word of a topic, so only that very word is found behind them.
import { foldWord } from '../fold.ts';

/** What is left of a word when its particles are taken off one by one; nothing where the word is one of its own. */
export function withoutParticles(surface: string, language: string): string[] {
  const code = surface.charCodeAt(0);
  if (code >= 0x5d0 && code <= 0x5ea) return withoutHebrew(foldWord(surface), AND, []);
  if (language === 'ar' && code === FA) return withoutArabicFa(foldWord(surface));
  return [];
}

/** The order in which they may follow each other: and, that, in or to or like or from, the. */
const AND = 0;
const THAT = 1;
const THE = 3;
const ORDER: Readonly<Record<string, number>> = { ו: AND, ש: THAT, ב: 2, כ: 2, ל: 2, מ: 2, ה: THE };

/**
 * Letters that must be left. "That" stands before verbs mostly, and "from" is also the first letter of very many nouns
 * (מספר, number, is not from a ספר, book), so these two ask for more.
 */
const SHORTEST_REST: Readonly<Record<string, number>> = { ו: 3, ש: 4, ב: 3, כ: 3, ל: 3, מ: 5, ה: 3 };

/**
 * Frequent words, or beginnings of them, whose first letter is not a particle though another word is left without it.
 * Gathered from the 20,000 most frequent words of Hebrew (wordfreq 3.1.1) that are more frequent than what is left.
 */
const OWN_WORDS = new RegExp(
  `^(?:${[
    'ועד[הת]|ותיק|ורוד|ואילו|ויזה',
    'באמת|בדיוק|בשביל|בכלל|בעלי|בלבד|בסדר|בקרב|בקש[הת]|בעצם|בוקר|בריא|בחור|בחיר|ברכ[הת]|ברכות|בגרות|בצורת|בשור[הת]|בחינ|בקר[הת]|בעקבות|בגיד|בירה',
    'כאשר|כאילו|כמעט|כלומר|כמובן|כגון|כדאי|כולנו|כולה|כדור|כיוון|כיון|כמות|כתוצאה|כאמור|כלכל|כחול|כניס|כפול|כתיב|כומר|כושר',
    'לפני$|לאחר$|לעולם$|לפחות$|למשל$|למעשה$|לקראת|לשון|לקוח|לבנון|לבנות$|לבנים$|לעמוד$|לירות$|לשנות$|לשעבר',
    'מבקש|משותפ|מכתב|מחבל|מנהל|מורד|משחק|מבחינ|מערכ|מחלוק|מסיב|מדינ|ממשל|ממשק',
    'שבועות|שעבר|שקלים|שחור|שלמים|שמאל|שיקום|שערים|שכנים|שישים|שנערכ',
    'הרבה|המון|החלה|הולך|הסכם|הסכמי|הפסק|הפר[הת]$|התקפ|הוראה',
  ].join('|')})`,
);

function withoutHebrew(word: string, from: number, found: string[]): string[] {
  const letter = word[0] ?? '';
  const place = ORDER[letter];
  if (place === undefined || place < from || OWN_WORDS.test(word)) return found;
  const rest = word.slice(1);
  if (rest.length < 3) return found;
  if (rest.length >= SHORTEST_REST[letter]!) found.push(rest);
  // When: כש is one particle of two letters.
  if (letter === 'כ' && rest.startsWith('ש')) return withoutHebrew(rest, THAT, found);
  return withoutHebrew(rest, place + 1, found);
}

const FA = 0x641;
const SHORTEST_BEHIND_FA = 4;
/** Words whose first ف belongs to them, and that are another word without it. */
const BEGINS_WITH_FA =
  /^ف(?:عال|علي|علا|اعل|قراء|قاع|ستان|ساتين|طائر|صائل|ضائل|ائد|وائد|واصل|واكه|لسط|رنس|ريق|رسان|نان|يضان|يرو)/;

/** "And so". Before the article the stemmer takes it off (light10). */
function withoutArabicFa(word: string): string[] {
  return word.length > SHORTEST_BEHIND_FA && !BEGINS_WITH_FA.test(word) ? [word.slice(1)] : [];
}
