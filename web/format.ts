// Dates, numbers and relative times in the language and the zone of the viewer.

const LANGUAGE = document.documentElement.lang || 'en';
const DAY_MS = 86_400_000;

const dateAndTime = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeStyle: 'short' });
const timeOnly = new Intl.DateTimeFormat(LANGUAGE, { timeStyle: 'short' });
const dayOnly = new Intl.DateTimeFormat(LANGUAGE, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const relative = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'auto', style: 'short' });
const plain = new Intl.NumberFormat(LANGUAGE);
const languageNames = new Intl.DisplayNames(LANGUAGE, { type: 'language', fallback: 'code' });

export const number = (value: number): string => plain.format(value);

/** An instant with its day; today without it. */
export function moment(instant: string): string {
  const at = new Date(instant);
  return at.toDateString() === new Date().toDateString() ? timeOnly.format(at) : dateAndTime.format(at);
}

export const fullMoment = (instant: string): string => dateAndTime.format(new Date(instant));

/** `day`: `2026-12-01`, in UTC. */
export const dayName = (day: string): string => dayOnly.format(new Date(`${day}T00:00:00Z`));

/** `3 min. ago`. */
export function ago(instant: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(instant) - now) / 1_000);
  const size = Math.abs(seconds);
  if (size < 60) return relative.format(seconds, 'second');
  if (size < 3_600) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < DAY_MS / 1_000) return relative.format(Math.round(seconds / 3_600), 'hour');
  return relative.format(Math.round(seconds / (DAY_MS / 1_000)), 'day');
}

export function languageName(code: string): string {
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
}
