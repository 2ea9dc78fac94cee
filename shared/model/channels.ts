// How subscribers are reached.
import * as z from 'zod/mini';
import { DamagedRecordError } from '../core/errors.ts';
import { type Immutable, instant } from './schema.ts';

/** Reached by a request over HTTP. The address, or what goes with it, is a secret. */
export const WEB_CHANNELS = ['webhook', 'slack', 'teams', 'discord', 'telegram', 'ntfy'] as const;
export type WebChannel = (typeof WEB_CHANNELS)[number];

/** `email`: mails composed by us. `sns-email`: an e-mail subscription of the deployment's SNS topic, which SNS itself confirms, sends and ends. */
export const CHANNELS = ['email', 'sns-email', ...WEB_CHANNELS] as const;
export type Channel = (typeof CHANNELS)[number];

/** How one alert travels. `sns`: a publication on the deployment's SNS topic. */
export const DELIVERY_CHANNELS = ['email', 'sns', ...WEB_CHANNELS] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

/** What one delivery is called. */
export const CHANNEL_NAMES: Readonly<Record<DeliveryChannel, string>> = {
  email: 'mail',
  sns: 'SNS publication',
  webhook: 'webhook call',
  slack: 'Slack message',
  teams: 'Teams message',
  discord: 'Discord message',
  telegram: 'Telegram message',
  ntfy: 'ntfy notification',
};

export const isWebChannel = (channel: Channel | DeliveryChannel): channel is WebChannel =>
  (WEB_CHANNELS as readonly string[]).includes(channel);

// ---------------------------------------------------------------- what is needed to reach one

const channelSecretSchema = z.strictObject({
  /** Where messages are posted. */
  url: z.string(),
  /** Keys that sign webhook calls (`whsec_…`), the newest first. One that was replaced signs along until its time is over. */
  signingKeys: z.optional(z.array(z.strictObject({ key: z.string(), until: z.nullable(instant()) }))),
  /** Of an ntfy server. */
  token: z.optional(z.string()),
  /** Of Telegram: the chat; of ntfy: the topic. */
  room: z.optional(z.string()),
});

/** What is needed to reach a subscriber over HTTP. It is stored apart from the subscription, and never logged, listed or exported. */
export type ChannelSecret = Immutable<z.infer<typeof channelSecretSchema>>;

/** A stored secret. Throws DamagedRecordError, which quotes nothing of it. `name`: of the record. */
export function readChannelSecret(value: unknown, name: string): ChannelSecret {
  const read = channelSecretSchema.safeParse(value);
  if (read.success) return read.data;
  throw new DamagedRecordError(name, 'it does not have the fields of a channel');
}
