// Names of time zones in dates, as minutes east of Greenwich. RFC 822 knows ten; publishers write many more, in words too.

import { HOUR_MINUTES, HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { zoneNamed } from '../../text/zoned-time.ts';

/**
 * Hours by name. UTC first: what is meant by military letters has never been agreed on (RFC 2822, 4.3), except Z. Where a name has
 * several meanings (CST, IST, BST) it is the one most feeds have.
 */
const HOURS: ReadonlyMap<string, number> = new Map(
  [
    'z 0 ut 0 utc 0 gmt 0 wet 0 west 1',
    'nst -3.5 ndt -2.5 ast -4 adt -3 est -5 edt -4 cst -6 cdt -5 mst -7 mdt -6 pst -8 pdt -7 akst -9 akdt -8 hst -10 hast -10',
    'bst 1 cet 1 cest 2 met 1 mest 2 mez 1 mesz 2 eet 2 eest 3 msk 3 msd 4 trt 3 wat 1 cat 2 sast 2 eat 3',
    'idt 3 gst 4 irst 3.5 pkt 5 ist 5.5 npt 5.75 bdt 6 ict 7 wib 7 wita 8 wit 9 hkt 8 sgt 8 pht 8 awst 8 jst 9 kst 9',
    'acst 9.5 acdt 10.5 aest 10 aedt 11 nzst 12 nzdt 13',
    'myt 8 mmt 6.5 aft 4.5 irdt 4.5 uzt 5 azt 4 get 4',
    'brt -3 brst -2 art -3 clt -4 clst -3 cot -5 pet -5 vet -4',
  ].flatMap((names) =>
    [...names.matchAll(/(\w+) (\S+)/g)].map(([, name = '', hours]) => [name, Number(hours)] as const),
  ),
);
/** Standard time where summer time is observed by the rule of the United States; the letter alone leaves it open. */
const AMERICAN: Readonly<Record<string, number>> = { at: -4, et: -5, ct: -6, mt: -7, pt: -8 };
const WORDS: readonly (readonly [words: RegExp, hours: number])[] = [
  [/\bcentral european\b.*\bsummer\b/, 2],
  [/\bcentral european\b/, 1],
  [/\beastern european\b.*\bsummer\b/, 3],
  [/\beastern european\b/, 2],
  [/\bbritish summer\b|\birish (?:standard|summer)\b/, 1],
  [/\bgreenwich\b|\bcoordinated universal\b/, 0],
  [/\beastern\b.*\b(?:daylight|summer)\b/, -4],
  [/\beastern\b/, -5],
  [/\bcentral\b.*\bdaylight\b/, -5],
  [/\bcentral\b/, -6],
  [/\bmountain\b.*\bdaylight\b/, -6],
  [/\bmountain\b/, -7],
  [/\bpacific\b.*\bdaylight\b/, -7],
  [/\bpacific\b/, -8],
  [/\bindia\b/, 5.5],
  [/\bjapan\b|\btokyo\b/, 9],
  [/\bmoscow\b|^мск|московск/, 3],
];
/** A country keeps its own time where no zone is written, by the words that it alone uses in dates. */
const SCRIPTS: readonly (readonly [words: RegExp, zone: string])[] = [
  [/[년월일시분초전후]/, '+09:00'],
  [/午前|午後/, '+09:00'],
  [/上午|下午/, '+08:00'],
];
const PLACE = /^[A-Z][a-z]+(?:\/[A-Z][A-Za-z]+(?:[_-][A-Za-z]+){0,4}){1,2}/;
const OFFSET = /^(?:[a-z]{0,4} ?)?([+\-\u2212\u2013])(\d{1,2})(?::?(\d{2}))?(?![\d:])/;
/** The plus sign of an offset was lost where the feed was taken for the text of an address. After a time, nothing else looks like it. */
const LOST_PLUS = /^(?:(?:gmt|utc|ut|z)? ?)(0\d|1[0-4]):?(00|15|30|45)(?![\d:])/;

/** 0 for what is not known: a date that is a few hours off is better than none. `local` is the date as written, as if in UTC. */
export function zoneMinutes(zone: string, local: number): number {
  const place = PLACE.exec(zone)?.[0];
  if (place !== undefined) return placeMinutes(place, local);
  const name = zone
    .toLowerCase()
    .replace(/^[\s([]+/, '')
    .trim();
  const offset = OFFSET.exec(name);
  if (offset !== null) {
    const minutes = Number(offset[2]) * HOUR_MINUTES + Number(offset[3] ?? 0);
    return minutes > 18 * HOUR_MINUTES ? 0 : offset[1] === '+' ? minutes : -minutes;
  }
  const unsigned = LOST_PLUS.exec(name);
  if (unsigned !== null) return Number(unsigned[1]) * HOUR_MINUTES + Number(unsigned[2]);
  const word = /^[a-z]+/.exec(name)?.[0] ?? '';
  const hours = HOURS.get(word);
  if (hours !== undefined) return hours * HOUR_MINUTES;
  const american = AMERICAN[word];
  if (american !== undefined) return (american + (isAmericanSummer(local - american * HOUR_MS) ? 1 : 0)) * HOUR_MINUTES;
  return (WORDS.find(([words]) => words.test(name))?.[1] ?? 0) * HOUR_MINUTES;
}

export const zoneOfScript = (text: string): string | undefined => SCRIPTS.find(([words]) => words.test(text))?.[1];

/** As the platform's table of zones has it ("Europe/Brussels"). */
function placeMinutes(place: string, local: number): number {
  known ??= new Set([...Intl.supportedValuesOf('timeZone'), ...NEWER_NAMES.split(' ')]);
  if (!known.has(place)) return 0;
  const minutesAt = zoneNamed(place);
  // The first guess may stand on the other side of a change to summer time.
  return minutesAt(local - minutesAt(local) * MINUTE_MS);
}

/** Names of places in use that the platform reads, and lists under others. */
const NEWER_NAMES =
  'Asia/Kolkata Asia/Kathmandu Asia/Yangon Asia/Ho_Chi_Minh Europe/Kyiv America/Argentina/Buenos_Aires America/Nuuk Atlantic/Faroe ' +
  'America/Indiana/Indianapolis US/Eastern US/Central US/Mountain US/Pacific Canada/Eastern Canada/Pacific Australia/ACT Australia/NSW';
/** Listed when the first place is asked for. */
let known: ReadonlySet<string> | null = null;

/** From the second Sunday of March to the first of November, at two in the morning; within an hour of it the guess may be wrong. */
function isAmericanSummer(instant: number): boolean {
  const year = new Date(instant).getUTCFullYear();
  const sunday = (month: number, count: number): number => {
    const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
    return Date.UTC(year, month, 1 + ((7 - first) % 7) + 7 * (count - 1), 7);
  };
  return instant >= sunday(2, 2) && instant < sunday(10, 1);
}
