// The time of day in a date, as many languages write it, with the zone after it.

export interface TimeOfDay {
  readonly hour?: number;
  readonly minute?: number;
  /** With fractions. */
  readonly second?: number;
  /** As written; undefined where none is. */
  readonly zone?: string;
}

/** Names of halves of the day that have no other meaning. */
const MORNING = String.raw`a\. ?m\.?|am|오전|午前|上午|凌晨|早上|清晨|صباحا|पूर्वाह्न`;
const AFTERNOON = String.raw`p\. ?m\.?|pm|오후|午後|下午|晚上|中午|مساء|अपराह्न`;
/** Names of halves of the day that can mean something else when no minutes are next to them. */
const LOOSE_MORNING = String.raw`ص|ق\.? ?ظ|قبل ?از ?ظهر|قبل الظهر|قبل دوپہر|π\. ?μ\.?|πμ|öö|de\.|пр\. ?об\.?|dop\.|f\. ?h\.`;
const LOOSE_AFTERNOON = String.raw`م|ب\.? ?ظ|بعد ?از ?ظهر|بعد الظهر|بعد دوپہر|μ\. ?μ\.?|μμ|ös|du\.|ptg|сл\. ?об\.?|odp\.|e\. ?h\.`;
/** Names of halves of the day in one language that are ordinary words in another. */
const LOCAL_HALVES: Readonly<Record<string, readonly [morning: RegExp, afternoon: RegExp]>> = {
  vi: [/(?<=[0-9] ?)(?:sa|sáng)\b/i, /(?<=[0-9] ?)(?:ch|chiều|tối)(?!\p{L})/iu],
  sv: [/\bfm\b\.?/i, /\bem\b\.?/i],
  fi: [/\bap\b\.?/i, /\bip\b\.?/i],
  sq: [/\bp\.? ?d\b\.?/i, /\bm\.? ?d\b\.?/i],
  ms: [/\bpg\b/i, /\bptg\b/i],
  uz: [/\bto\b/i, /\btk\b/i],
};

/** Some languages put an ending of their own on the Latin letters of "PM". */
const SURE = String.raw`(?:(?<!\p{L})(${MORNING}|${AFTERNOON})(?!\p{Script=Latin}))`;
const ANY = String.raw`(?:(?<!\p{L})((?:${MORNING}|${AFTERNOON})(?!\p{Script=Latin})|(?:${LOOSE_MORNING}|${LOOSE_AFTERNOON})(?!\p{L})))`;
const IS_AFTERNOON = new RegExp(`^(?:${AFTERNOON}|${LOOSE_AFTERNOON})$`, 'iu');

/** Half, hour, minute, second, half: the least ambiguous form first, since "30. 08" may be a day and an hour. */
const FORMS: readonly RegExp[] = [
  // 8:30, 08:30:15.5, 8:30 pm
  `${ANY}? ?(?<![0-9:])([0-9]{1,2})(?::| : )([0-9]{2})(?:(?::| : )([0-9]{2}(?:[.,][0-9]{1,9})?))? ?${ANY}?`,
  // 14時05分, 8시 30분, 8h30, 8 óra 30 perc, 14 h
  `${ANY}? ?(?<![0-9]|[0-9]\\.)([0-9]{1,2}) ?(?:h|시|時|时|点|點|óra|ч)(?!\\p{L})\\.?(?: ?([0-9]{1,2})(?![0-9]) ?(?:min|분|分|perc|мин)?(?!\\p{L}))?(?: ?([0-9]{1,2}) ?(?:s|초|秒|сек)(?!\\p{L}))?()`,
  // 오전 8
  `${SURE} ?([0-9]{1,2})(?![0-9.:])()()()`,
  // 8 pm, and 8 Uhr
  `()(?<![0-9.:])([0-9]{1,2})()() ?(?:${SURE}|Uhr)`,
  // 8.30, 08.30.15
  `${ANY}? ?(?<![0-9.])([01]?[0-9]|2[0-4])\\.([0-5][0-9])(?:\\.([0-5][0-9]))?(?![0-9]|\\.[0-9]) ?${ANY}?`,
].map((form) => new RegExp(form, 'iu'));

/** The first time of day in a text, and the text without it and its zone. `isDateKnown`: nothing in the text belongs to the date. */
export function timeIn(
  written: string,
  language: string,
  isDateKnown: boolean,
): { readonly time: TimeOfDay; readonly rest: string } {
  const text = withUsualHalves(written, language);
  const found = FORMS.map((form) => form.exec(text)).find((match) => match !== null);
  if (found === undefined) return { time: {}, rest: text };
  const [whole, before, hour, minute, second, after] = found;
  const halfOfDay = before || after;
  const ahead = text.slice(0, found.index);
  const behind = text.slice(found.index + whole.length).trim();
  const { zone, rest } = zoneIn(behind, isDateKnown || /[0-9]{4}/.test(ahead), /[0-9]/.test(ahead));
  return {
    time: {
      hour: halfOfDay ? halfDay(Number(hour), halfOfDay) : Number(hour),
      minute: Number(minute || 0),
      second: Number((second || '0').replace(',', '.')),
      ...(zone === '' ? {} : { zone }),
    },
    rest: `${ahead} ${rest}`,
  };
}

function withUsualHalves(text: string, language: string): string {
  const [morning, afternoon] = LOCAL_HALVES[language.slice(0, 2)] ?? [];
  if (morning === undefined || afternoon === undefined) return text;
  return text.replace(morning, 'am').replace(afternoon, 'pm');
}

/** After a time and before its zone: "14:05 hrs IST", "14.05h"; or nothing but the comma before the date. */
const NO_ZONE = /^(?:(?:hrs?|hours|h|uhr)\b\.? *|[\s,;|·-]+$)/i;
/** What may be a zone before a date: a name in capitals, an offset, or both. */
const ZONE_AHEAD =
  /^[,\s]*(?:\((?:GMT|UTC)?[+-][0-9:]{1,5}\)|(?:GMT|UTC|[CEW]E?S?T|MSK|EST|EDT|PST|PDT)?(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?(?=[\s,]))/;

/**
 * "EST", "+0200", "GMT+2", "Eastern Standard Time", with a year after it as in "GMT 2004"; comments in brackets have the lowest priority.
 * If nothing comes before the time, the date follows it.
 */
function zoneIn(
  behind: string,
  hasYear: boolean,
  hasNumbers: boolean,
): { readonly zone: string; readonly rest: string } {
  if (hasYear) return { zone: behind.replace(NO_ZONE, ''), rest: '' };
  if (!hasNumbers) {
    const zone = ZONE_AHEAD.exec(behind)?.[0] ?? '';
    return { zone: zone.replace(/^[,\s]+/, ''), rest: behind.slice(zone.length) };
  }
  const year = /(?:^|\s)([12][0-9]{3})\.?$/.exec(behind);
  return { zone: (year === null ? behind : behind.slice(0, year.index)).trim(), rest: year?.[1] ?? '' };
}

/** Twelve in the morning is midnight. */
function halfDay(hour: number, word: string): number {
  if (IS_AFTERNOON.test(word)) return hour < 12 ? hour + 12 : hour;
  return hour === 12 ? 0 : hour;
}
