// The texts of `tocsin help` and `tocsin COMMAND --help`.
import { VERSION } from '../shared/core/version.ts';
import type { Usage } from './command.ts';
import { COMMANDS, type CommandEntry, type NounEntry } from './commands.ts';

export function overview(): string {
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(14)} ${summary}`);
  return `Tocsin ${VERSION}: watches news feeds for topics and sends alerts with the passage that matched.

usage: tocsin COMMAND [options]     details: tocsin help COMMAND

${rows.join('\n')}

Every command takes --json. Environment variables: docs/environment.md. Exit codes: 0 done, 1 failed, 2 wrong input.
`;
}

/** Of one verb where `verb` is one, otherwise of all verbs of the command. */
export async function helpOf(entry: CommandEntry | NounEntry, verb = ''): Promise<string> {
  const usage = 'load' in entry ? (await entry.load()).usage : await usageOfVerbs(entry, verb);
  return help(usage, entry.summary);
}

/** Lines that several verbs share, such as the meaning of WHERE, come once, at the end. */
export async function usageOfVerbs({ verbs }: NounEntry, verb = ''): Promise<readonly string[]> {
  const load = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  const modules = await Promise.all((load === undefined ? Object.values(verbs) : [load]).map((each) => each()));
  const lines = [...new Set(modules.flatMap(({ usage }) => usage))];
  return [...lines.filter(isSynopsis), ...lines.filter((line) => !isSynopsis(line))];
}

const isSynopsis = (line: string): boolean => line.startsWith('tocsin ');

/** Options of several commands. */
const SHARED_OPTIONS = [
  ['--data', 'DIR       the data folder on this machine. Default: the folder in TOCSIN_DATA, or .tocsin'],
  ['--stack', 'NAME     a deployment on AWS, in --region R or the region of the environment'],
  ['--json', '          machine-readable output'],
  ['--no-color', '      no colours; NO_COLOR=1 does the same'],
] as const;

function help(usage: Usage, summary: string): string {
  const text = [usage].flat().join('\n');
  const options = SHARED_OPTIONS.filter(([name]) => !['--data', '--stack'].includes(name) || text.includes(name));
  const aligned = text.replace(/\n(?=.)/g, '\n       ');
  return `usage: ${aligned}\n\n${summary}\n\n${options.map(([name, meaning]) => `  ${name} ${meaning}\n`).join('')}`;
}
