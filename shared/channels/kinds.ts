// The channels reached over HTTP, by name.
import type { WebChannel } from '../model/channels.ts';
import type { ChannelKind } from './channel-kind.ts';
import { discord } from './discord.ts';
import { ntfy } from './ntfy.ts';
import { slack } from './slack.ts';
import { teams } from './teams.ts';
import { telegram } from './telegram.ts';
import { webhook } from './webhook.ts';

export const WEB_CHANNEL_KINDS: Readonly<Record<WebChannel, ChannelKind>> = {
  webhook,
  slack,
  teams,
  discord,
  telegram,
  ntfy,
};
