// `tocsin feeds remove`: no longer follows a feed; its matches stay.
import { INSTANCE_OPTIONS, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT, shownConfig } from '../../command.ts';
import { WHERE } from '../../feeds/feed-usage.ts';
import { feedIdFor } from '../../feeds/followed-feeds.ts';
import { printJson } from '../../output.ts';

export const usage = ['tocsin feeds remove ID|URL [WHERE]', WHERE];

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  return withApi(values, io, async (api) => {
    const id = await feedIdFor(api, positionals[0] ?? '');
    await api.call('DELETE', `/v1/feeds/${encodeURIComponent(id)}`);
    if (io.json) printJson(io, { removed: id });
    else {
      io.stdout(`${id} is no longer followed; its matches stay\n`);
      io.stdout(
        `if it is in ${shownConfig(io, 'feeds.opml')}, remove it there too: the next start or deploy would add it again\n`,
      );
    }
    return EXIT.done;
  });
};
