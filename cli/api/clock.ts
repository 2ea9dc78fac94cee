// The instance's clock, because this machine's may be wrong.
import type { ApiClient } from './client.ts';

export async function clockOf(api: ApiClient): Promise<Date> {
  const { time } = await api.call<{ readonly time: string }>('GET', '/v1/status');
  return new Date(time);
}
