// An alert or a digest for the channels that have a markup of their own: the same content as in the mail, as text.
import type { ChannelMessage } from '../model/alert.ts';
import type { AlertMailInput } from './alert-mail.ts';
import type { DigestMailInput } from './digest-mail.ts';

export type ChannelAlertInput = AlertMailInput;
export type ChannelDigestInput = DigestMailInput;

export function composeChannelAlert(_input: ChannelAlertInput): ChannelMessage {
  throw new Error('not built yet');
}

export function composeChannelDigest(_input: ChannelDigestInput): ChannelMessage {
  throw new Error('not built yet');
}
