// `tocsin suppressions`: addresses that get no mail, as hashes.
import type { PublishedSuppression } from '../../../shared/model/suppression.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { fetchAllPages } from '../../api/pages.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { localMinute } from '../../local-time.ts';
import { oneLine, printJson, table } from '../../output.ts';

export const usage = `tocsin suppressions list ${INSTANCE_USAGE}`;

/** Enough to tell two apart; JSON has the whole. */
const HASH_SHOWN = 12;

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, INSTANCE_OPTIONS, usage);
  return withApi(values, io, async (api) => {
    const found = await fetchAllPages<PublishedSuppression>(api, '/v1/suppressions');
    if (io.json) printJson(io, found);
    else if (found.length === 0) io.stderr('no address is suppressed\n');
    else {
      io.stdout(
        table(found, [
          { title: 'SINCE', value: ({ at }) => localMinute(at, io.zone) },
          { title: 'CAUSE', value: ({ cause }) => cause },
          { title: 'SUBSCRIPTION', value: ({ subscriptions }) => subscriptions.join(', ') || 'none' },
          { title: 'HASH', value: ({ hash }) => hash.slice(0, HASH_SHOWN) },
          { title: 'REASON', value: ({ reason }) => oneLine(reason), maxWidth: 120 },
        ]),
      );
    }
    return EXIT.done;
  });
};
