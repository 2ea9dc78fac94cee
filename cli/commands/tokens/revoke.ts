// `tocsin tokens revoke`: a token opens nothing any more, and who signed in with it is signed out.
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';

export const usage = `tocsin tokens revoke NAME ${INSTANCE_USAGE}     signs out who used it`;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  const [name = ''] = positionals;
  return withApi(values, io, async (api) => {
    await api.call('DELETE', `/v1/tokens/${encodeURIComponent(name)}`);
    if (io.json) printJson(io, { revoked: name });
    else io.stdout(`the token of ${name} opens nothing any more\n`);
    return EXIT.done;
  });
};
