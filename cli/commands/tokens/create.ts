// `tocsin tokens create`: a token for a person or a program, with what it may do.
import { ROLES } from '../../../shared/api/access.ts';
import { InvalidInputError } from '../../../shared/core/errors.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';

export const usage = `tocsin tokens create NAME --role read|analyst|admin ${INSTANCE_USAGE}     prints the token, this once`;

export const run: Command = async (args, io) => {
  const options = { ...INSTANCE_OPTIONS, role: { type: 'string' } } as const;
  const { values, positionals } = parseArguments(args, options, usage, { min: 1, max: 1 });
  const { role } = values;
  if (role === undefined || !ROLES.some((known) => known === role))
    throw new InvalidInputError('invalid_arguments', `--role: got "${role ?? ''}"; expected ${ROLES.join(', ')}`, [
      'read: see everything; analyst: also triage, mute and subscribe; admin: everything',
    ]);
  return withApi(values, io, async (api) => {
    const made = await api.call<{ readonly name: string; readonly token: string }>('POST', '/v1/tokens', {
      body: { name: positionals[0] ?? '', role },
    });
    if (io.json) printJson(io, made);
    else {
      io.stdout(`${made.token}\n`);
      io.stderr(
        `this is the token of ${made.name}, with the role ${role}. It is shown this once; sign in with it at /login\n`,
      );
    }
    return EXIT.done;
  });
};
