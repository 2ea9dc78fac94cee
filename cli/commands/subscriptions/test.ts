// `tocsin subscriptions test`: sends a message marked as a test.
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { oneLine, printJson } from '../../output.ts';
import { subscriptionIdFor } from '../../subscriptions/known-subscriptions.ts';
import { sendTest, testInWords } from '../../subscriptions/test-message.ts';

export const usage = `tocsin subscriptions test ID|ADDRESS ${INSTANCE_USAGE}`;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  return withApi(values, io, async (api) => {
    const sent = await sendTest(api, await subscriptionIdFor(api, positionals[0] ?? ''));
    if (io.json) printJson(io, sent);
    else io.stdout(`${oneLine(testInWords(sent))}\n`);
    return EXIT.done;
  });
};
