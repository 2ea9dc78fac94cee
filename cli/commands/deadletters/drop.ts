// `tocsin deadletters drop`: deletes messages that were set aside.
import type { Command } from '../../command.ts';
import { resolveDeadLetters } from '../../dead-letters.ts';

export const usage = 'tocsin deadletters drop (ID... | --all) [--data DIR]        delete them permanently';

export const run: Command = (args, io) => resolveDeadLetters('drop', args, usage, io);
