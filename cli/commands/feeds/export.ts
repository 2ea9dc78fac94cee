// `tocsin feeds export`: the feeds as OPML on standard output.
import { writeOpml } from '../../../shared/feeds/opml.ts';
import { displayUrl } from '../../../shared/net/display-url.ts';
import { INSTANCE_OPTIONS, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { WHERE } from '../../feeds/feed-usage.ts';
import { fetchFeeds } from '../../feeds/followed-feeds.ts';

export const usage = ['tocsin feeds export [WHERE]         OPML on standard output', WHERE];

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, INSTANCE_OPTIONS, usage);
  return withApi(values, io, async (api) => {
    const feeds = await fetchFeeds(api);
    // A feed without a title is shown by its address, which must not become its title.
    const rows = feeds.map((feed) => ({ ...feed, title: feed.title === displayUrl(feed.url) ? '' : feed.title }));
    io.stdout(writeOpml(rows));
    return EXIT.done;
  });
};
