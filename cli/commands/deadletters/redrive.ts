// `tocsin deadletters redrive`: gives messages that were set aside back to their queues.
import type { Command } from '../../command.ts';
import { resolveDeadLetters } from '../../dead-letters.ts';

export const usage = 'tocsin deadletters redrive (ID... | --all) [--data DIR]     try them again';

export const run: Command = (args, io) => resolveDeadLetters('redrive', args, usage, io);
