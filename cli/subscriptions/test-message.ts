// A message that only shows that messages arrive, and what the service said of it.
import type { Receipt } from '../../shared/ports.ts';
import type { ApiClient } from '../api/client.ts';
import { subscriptionPath } from './known-subscriptions.ts';

export const sendTest = (api: ApiClient, id: string): Promise<Receipt> =>
  api.call<Receipt>('POST', `${subscriptionPath(id)}/test`);

const STATES: Readonly<Record<Receipt['state'], string>> = {
  sent: 'the provider took it',
  accepted: 'the service took it; it does not say whether it arrives, so look there',
  delivered: 'the service confirmed it',
};

export const testInWords = ({ state, providerId }: Receipt): string =>
  `test sent: ${STATES[state]}${providerId === '' ? '' : ` (${providerId})`}`;
