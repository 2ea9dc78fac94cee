// Outputs as the command line names, asks for and shows them.
import type { PublishedOutput } from '../../shared/model/output.ts';
import type { ApiClient } from '../api/client.ts';
import { fetchAllPages } from '../api/pages.ts';
import { feedIdFor } from '../feeds/followed-feeds.ts';
import { localMinute, type ZoneOffset } from '../local-time.ts';
import { oneLine } from '../output.ts';

export interface OpenedOutput extends PublishedOutput {
  readonly addresses: { readonly atom: string; readonly json: string };
}

export const fetchOutputs = (api: ApiClient): Promise<readonly PublishedOutput[]> =>
  fetchAllPages<PublishedOutput>(api, '/v1/outputs');

export const outputPath = (id: string): string => `/v1/outputs/${encodeURIComponent(id)}`;

export const OUTPUT_OPTIONS = {
  title: { type: 'string' },
  topic: { type: 'string', multiple: true },
  feed: { type: 'string' },
  source: { type: 'string' },
  lang: { type: 'string' },
  text: { type: 'string' },
} as const;

export const OUTPUT_USAGE = '[--topic T …] [--title TITLE] [--source S] [--lang L] [--feed ID|URL] [--text …]';

interface OutputValues {
  readonly title?: string | undefined;
  readonly topic?: readonly string[] | undefined;
  readonly feed?: string | undefined;
  readonly source?: string | undefined;
  readonly lang?: string | undefined;
  readonly text?: string | undefined;
}

/** The body of a request: what was given. An empty value ends a filter. */
export async function requestIn(api: ApiClient, values: OutputValues): Promise<Readonly<Record<string, unknown>>> {
  const { topic: topics, feed, ...texts } = values;
  const given = Object.entries({ ...texts, feed: feed ? await feedIdFor(api, feed) : feed });
  const wanted = given.filter(([name, value]) => name in OUTPUT_OPTIONS && value !== undefined);
  return {
    ...(topics === undefined ? {} : { topics }),
    ...Object.fromEntries(wanted.map(([name, value]) => [name, value === '' ? null : value])),
  };
}

/** `troop-deployment, sanctions; from reuters.com; in de` */
export function filterInWords({ topics, feed, source, lang, text }: PublishedOutput): string {
  const parts = [
    topics.includes('*') ? 'every topic' : topics.join(', '),
    feed === null ? '' : `feed ${feed}`,
    source === null ? '' : `source ${source}`,
    lang === null ? '' : `language ${lang}`,
    text === null ? '' : `text "${text}"`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

export function outputAsText(output: PublishedOutput, zone: ZoneOffset): string {
  const { id, title, lastReadOn, createdAt } = output;
  const lines = [
    `${title}: ${filterInWords(output)}`,
    `  Made ${localMinute(createdAt, zone)}; ${lastReadOn === null ? 'never read yet' : `last read on ${lastReadOn}`}`,
    `  Output ${id}`,
  ];
  return lines.map((line) => `${oneLine(line)}\n`).join('');
}

/** Shown once: they are not kept anywhere. */
export function addressesAsText({ id, addresses }: OpenedOutput): string {
  const isWhole = !addresses.atom.startsWith('/');
  return [
    `  Atom:      ${addresses.atom}`,
    `  JSON Feed: ${addresses.json}`,
    ...(isWhole
      ? []
      : ['  Tocsin is not running here, so the beginning is missing: that of its page, or of TOCSIN_PUBLIC_URL']),
    '  Whoever has an address can read this output. It is shown only now, so keep it like a password.',
    `  Another one instead: tocsin outputs renew ${id}`,
  ]
    .map((line) => `${oneLine(line)}\n`)
    .join('');
}
