// `tocsin matches`: stored matches, newest first, filtered, in the format asked for.
import { csvColumnsOf } from '../../../shared/model/csv-columns.ts';
import { type PublishedMatch, publishedMatchSchema } from '../../../shared/model/match.ts';
import { PROMINENCES, STRENGTHS } from '../../../shared/model/strength.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { oneOf, parseArguments } from '../../arguments.ts';
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
import { matchesAsText } from '../../matches/shown-match.ts';
import { showMatch } from './show.ts';

const SYNOPSIS = `tocsin matches [ID] [--strength weak|fair|strong] [--prominence headline|lead|body] ${LISTING_USAGE} ${INSTANCE_USAGE}`;

export const usage: readonly string[] = [SYNOPSIS, '', ...LISTING_HELP];

const OPTIONS = {
  ...INSTANCE_OPTIONS,
  ...LISTING_OPTIONS,
  strength: { type: 'string' },
  prominence: { type: 'string' },
} as const;

const MATCHES: Listing<PublishedMatch> = {
  path: '/v1/matches',
  filters: [...LISTING_FILTERS, 'strength', 'prominence'],
  columns: csvColumnsOf(publishedMatchSchema),
  asText: matchesAsText,
  none: 'no matches',
  isOfFeeds: true,
};

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, SYNOPSIS, { min: 0, max: 1 });
  if (values.strength !== undefined) oneOf('--strength', values.strength, STRENGTHS);
  if (values.prominence !== undefined) oneOf('--prominence', values.prominence, PROMINENCES);
  const asked = readListing(values, SYNOPSIS, io);
  return withApi(values, io, async (api) => {
    const [id] = positionals;
    if (id !== undefined) return showMatch(api, id, io);
    await printListing(api, asked, MATCHES, io);
    return EXIT.done;
  });
};
