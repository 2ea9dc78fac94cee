// Who sent a request: kept with what a person may later ask about, such as who subscribed them.
import { cutText, oneLine } from '../alerts/plain-text.ts';
import { LONGEST_CALLER } from '../model/consent.ts';

/** On AWS the name that IAM knows, set by the function; on one machine what the holder of the token says. */
export const CALLER_HEADER = 'x-tocsin-caller';

export const callerOf = ({ headers }: Request): string =>
  cutText(oneLine(headers.get(CALLER_HEADER) ?? ''), LONGEST_CALLER) || 'API';
