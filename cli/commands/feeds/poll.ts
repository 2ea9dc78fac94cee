// `tocsin feeds poll`: polls a feed now, whatever its schedule says. A pause that its host asked for is still respected.
import { INSTANCE_OPTIONS, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { WHERE } from '../../feeds/feed-usage.ts';
import { feedIdFor } from '../../feeds/followed-feeds.ts';
import { printJson } from '../../output.ts';

export const usage = ['tocsin feeds poll ID|URL [WHERE]    now, whatever the schedule says', WHERE];

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  return withApi(values, io, async (api) => {
    const id = await feedIdFor(api, positionals[0] ?? '');
    await api.call('POST', `/v1/feeds/${encodeURIComponent(id)}/poll`);
    if (io.json) printJson(io, { queued: id });
    else io.stdout(`a poll of ${id} is queued\n`);
    return EXIT.done;
  });
};
