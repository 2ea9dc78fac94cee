import { counted } from '../../shared/core/counted.ts';
// The last line of `tocsin start`: what was done, and what waits for the next start.

export interface Summary {
  readonly polled: number;
  readonly failing: number;
  readonly matched: number;
  readonly mails: number;
  /** Messages in the queues. */
  readonly waiting: number;
  /** For a digest or another try. Null when the database did not answer. */
  readonly alertsWaiting: number | null;
}

export function closingLine(summary: Summary, once: boolean): string {
  const { polled, failing, matched, mails, waiting, alertsWaiting } = summary;
  const matches = `${matched} new ${matched === 1 ? 'match' : 'matches'}`;
  return [
    `${once ? 'Done' : 'Stopped'}: ${counted(polled, 'feed')} read, ${failing} failing, ${matches}, ${counted(mails, 'mail')}`,
    waiting > 0 ? `; ${waits(waiting, 'message')} for the next start` : '',
    alertsWaiting === null ? '; the database does not answer, so waiting alerts are not counted' : '',
    alertsWaiting !== null && alertsWaiting > 0 ? `; ${waits(alertsWaiting, 'alert')} for a digest or another try` : '',
    '. To see the matches: tocsin matches',
  ].join('');
}

const waits = (count: number, noun: string): string => `${counted(count, noun)} ${count === 1 ? 'waits' : 'wait'}`;
