// How subscribers are reached.

/** Reached by a request over HTTP. The address, or what goes with it, is a secret. */
const WEB_CHANNELS = ['webhook', 'slack', 'teams', 'discord', 'telegram', 'ntfy'] as const;
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
