// Channels that take every message, and secrets in memory.
import type { ChannelMessage, Mail } from '../../shared/model/alert.ts';
import type { ChannelSecret, WebChannel } from '../../shared/model/channels.ts';
import type { SubscriptionId } from '../../shared/model/ids.ts';
import type { ChannelSecrets, ChannelSender, Receipt } from '../../shared/ports.ts';

export interface PostedMessage {
  readonly channel: WebChannel;
  readonly secret: ChannelSecret;
  readonly message: ChannelMessage;
}

export interface TestChannels {
  readonly channelSender: ChannelSender;
  readonly channelSecrets: ChannelSecrets;
  readonly posted: PostedMessage[];
}

/** `answer`: what the service says of each message; it may throw. */
export function testChannels(answer: () => Receipt = () => ({ state: 'sent', providerId: 'receipt-1' })): TestChannels {
  const posted: PostedMessage[] = [];
  const secrets = new Map<SubscriptionId, ChannelSecret>();
  return {
    posted,
    channelSender: {
      send: async (channel, secret, message) => {
        const receipt = answer();
        posted.push({ channel, secret, message });
        return receipt;
      },
    },
    channelSecrets: {
      getSecret: async (id) => secrets.get(id) ?? null,
      putSecret: async (id, secret) => void secrets.set(id, secret),
      removeSecret: async (id) => void secrets.delete(id),
    },
  };
}

/** What the API sends tests with; `mails` is what its mailer took. */
export function apiSenders() {
  const { posted, ...channels } = testChannels();
  const mails: Mail[] = [];
  const sendMail = async (mail: Mail) => {
    mails.push(mail);
    return { providerId: `mail-${mails.length}`, messageId: mail.messageId };
  };
  return { posted, mails, ports: { ...channels, mailer: { sendMail }, alertLinks: {} } };
}
