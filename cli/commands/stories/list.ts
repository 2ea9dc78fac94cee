// `tocsin stories`: stored stories, the one reported last first; with `--jsonl`, documents are grouped instead.
import { csvColumnsOf } from '../../../shared/model/csv-columns.ts';
import { type PublishedStory, publishedStorySchema } from '../../../shared/model/story.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { invalidArguments, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import {
  LISTING_FILTERS,
  LISTING_HELP,
  LISTING_OPTIONS,
  LISTING_USAGE,
  type Listing,
  printListing,
  readListing,
} from '../../listing.ts';
import { CLUSTER_USAGE } from '../../stories/cluster-usage.ts';
import { storiesAsTable } from '../../stories/shown-story.ts';
import { showStory } from './show.ts';

const SYNOPSIS = `tocsin stories [ID] ${LISTING_USAGE} ${INSTANCE_USAGE}`;

export const usage: readonly string[] = [
  SYNOPSIS,
  CLUSTER_USAGE,
  '',
  '--since and --until are about the last report of a story, --text about its headlines.',
  ...LISTING_HELP,
];

const OPTIONS = { ...INSTANCE_OPTIONS, ...LISTING_OPTIONS };

const STORIES: Listing<PublishedStory> = {
  path: '/v1/stories',
  filters: LISTING_FILTERS,
  columns: csvColumnsOf(publishedStorySchema),
  asText: storiesAsTable,
  none: 'no stories',
  isOfFeeds: true,
};

export const run: Command = async (args, io) => {
  if (args.includes('--jsonl')) return (await import('./cluster.ts')).run(args, io);
  const { values, positionals } = parseArguments(args, OPTIONS, SYNOPSIS, { min: 0, max: 1 });
  const asked = readListing(values, SYNOPSIS, io);
  const [id] = positionals;
  if (id !== undefined && isFile(id))
    throw invalidArguments('missing --jsonl: documents are read as JSON lines', [usageHint(CLUSTER_USAGE)]);
  return withApi(values, io, async (api) => {
    if (id !== undefined) return showStory(api, id, io);
    await printListing(api, asked, STORIES, io);
    return EXIT.done;
  });
};

/** Ids of stories are letters and digits. */
const isFile = (given: string): boolean => given === '-' || /[./\\]/.test(given);
