// The last line of `tocsin start`: what was done, and what waits for the next start.
import { counted } from '../../shared/core/counted.ts';

export interface Summary {
  readonly polled: number;
  readonly failing: number;
  readonly matched: number;
  readonly mails: number;
  /** Reports that were not mailed to someone, because nothing in them was new. */
  readonly heldBack: number;
  /** Messages in the queues. */
  readonly waiting: number;
  /** For a digest, the end of a wait, or another try. Null when the database did not answer. */
  readonly alertsWaiting: number | null;
}

export function closingLine(summary: Summary, once: boolean): string {
  const { polled, failing, matched, mails, heldBack, waiting, alertsWaiting } = summary;
  const matches = counted(matched, 'new match', 'new matches');
  return [
    `${once ? 'Done' : 'Stopped'}: ${counted(polled, 'feed')} read, ${failing} failing, ${matches}, ${counted(mails, 'mail')}`,
    heldBack > 0 ? `, ${counted(heldBack, 'more report')} of the same events held back` : '',
    waiting > 0 ? `; ${waits(waiting, 'message')} for the next start` : '',
    alertsWaiting === null ? '; the database does not answer, so waiting alerts are not counted' : '',
    alertsWaiting !== null && alertsWaiting > 0
      ? `; ${waits(alertsWaiting, 'alert')} for their time or another try`
      : '',
    '. To see the matches: tocsin matches',
    heldBack > 0 ? '; event by event: tocsin stories' : '',
  ].join('');
}

const waits = (count: number, noun: string): string => `${counted(count, noun)} ${count === 1 ? 'waits' : 'wait'}`;
