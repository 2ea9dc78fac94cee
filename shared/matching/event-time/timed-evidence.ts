// Evidence with the time of what it says. History is put aside: it shows that something happened once.
import type { Evidence } from '../evaluate/evidence.ts';
import type { EventTimes } from './event-times.ts';

export interface TimedEvidence extends Evidence {
  readonly time: 'now' | 'background';
}

/** Evidence that does not count, and why. */
export interface PastEvidence extends Evidence {
  readonly reason: string;
}

/** Evidence that is partly of the past counts only where there is no other: it would show a sentence of the past. */
export function partByTime(
  evidence: readonly Evidence[],
  times: EventTimes,
): { readonly kept: readonly TimedEvidence[]; readonly past: readonly PastEvidence[] } {
  const whole: TimedEvidence[] = [];
  const mixed: TimedEvidence[] = [];
  const past: PastEvidence[] = [];
  for (const each of evidence) {
    const { time, reason, isMixed } = times.of(each);
    if (time === 'history') past.push({ ...each, reason });
    else (isMixed === true ? mixed : whole).push({ ...each, time });
  }
  return { kept: whole.length > 0 ? whole : mixed, past };
}

/** The best that evidence says of when: news as soon as one piece is. */
export const bestTimeOf = (evidence: readonly TimedEvidence[]): TimedEvidence['time'] =>
  evidence.length > 0 && evidence.every(({ time }) => time === 'background') ? 'background' : 'now';
