// `tocsin feeds check`: what would be read from a feed and why, in words or as data. It is fetched exactly as polls fetch it; nothing is
// stored.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSettings } from '../../../adapters/files/read-configuration.ts';
import { unreadable } from '../../../adapters/files/unreadable.ts';
import { findFeeds } from '../../../adapters/http/feed-discovery.ts';
import { createFeedFetcher } from '../../../adapters/http/feed-fetcher.ts';
import { hostsFileOf } from '../../../adapters/http/hosts-file.ts';
import { openWeb } from '../../../adapters/http/web.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import { withoutFeedScheme } from '../../../shared/net/feed-scheme.ts';
import {
  type AddressContent,
  type AnsweredDocument,
  type FindFeeds,
  readAddress,
  readDocument,
} from '../../../shared/usecases/managing/read-address.ts';
import { invalidArguments, parseArguments } from '../../arguments.ts';
import { type Command, type CommandIo, configFolder, EXIT } from '../../command.ts';
import { describeFeed, describePage, type ResponseFacts } from '../../feeds/describe-feed.ts';
import { factsOf } from '../../feeds/feed-facts.ts';
import { printJson } from '../../output.ts';

export const usage = 'tocsin feeds check URL|FILE         what would be read, and why; nothing is stored';

/**
 * A web page gives the feeds it links to, which counts as success; a page without feeds does not. Throws FetchFailedError, and
 * InvalidInputError for what is neither an address nor a file.
 */
export const run: Command = async (args, io) => {
  const { positionals } = parseArguments(args, {}, usage, { min: 1, max: 1 });
  const [where = ''] = positionals;
  const settings = await readSettings(configFolder(io), io.env);
  const url = addressOf(where);
  const web = openWeb(settings, { hostsFile: hostsFileOf(process.platform, io.env) });
  const findOnWeb: FindFeeds = (page) => findFeeds(page, web, { tryCommonAddresses: true });
  try {
    const content =
      url === null
        ? await readDocument(await fromFile(where, io), async () => [])
        : await readAddress(url, createFeedFetcher(web), findOnWeb);
    return explain(url ?? content.answer.finalUrl, content, url !== null, io, { settings, now: web.clock.now() });
  } finally {
    web.fetch.close();
  }
};

function explain(
  url: string,
  content: AddressContent,
  isOnWeb: boolean,
  io: CommandIo,
  { settings, now }: { readonly settings: Settings; readonly now: Date },
): number {
  const response = isOnWeb ? responseFacts(url, content.answer) : null;
  if (content.kind === 'page') {
    const { feeds } = content;
    if (io.json) printJson(io, { kind: 'page', url, answer: response, feeds });
    else io.stdout(describePage(url, feeds));
    return EXIT.done;
  }
  const facts = factsOf(url, content.answer, content.document, now, settings);
  if (io.json) printJson(io, { kind: 'feed', url, answer: response, ...facts });
  else io.stdout(describeFeed(url, response, facts, settings, io.zone));
  return EXIT.done;
}

/** Null when it can only be a file. */
function addressOf(where: string): string | null {
  const url = withoutFeedScheme(where);
  if (!/^[a-z][a-z\d+.-]+:/i.test(url)) return null;
  if (/^https?:/i.test(url) && URL.canParse(url)) return url;
  throw invalidArguments(`"${where}" is neither an http or https address nor a file`);
}

async function fromFile(where: string, io: CommandIo): Promise<AnsweredDocument> {
  const path = resolve(io.cwd, where);
  const body = await readFile(path).catch((cause: unknown) => {
    const hint = /^[\w-]+(\.[\w-]+)+(\/|$)/.test(where) ? [`for an address, write https://${where}`] : [];
    throw unreadable(where, cause, hint);
  });
  return {
    kind: 'changed',
    body,
    contentType: undefined,
    finalUrl: pathToFileURL(path).href,
    movedTo: null,
    etag: null,
    lastModified: null,
    freshSeconds: null,
  };
}

const responseFacts = (url: string, answer: AnsweredDocument): ResponseFacts => ({
  finalUrl: answer.finalUrl,
  moved: answer.movedTo !== null ? 'for_good' : new URL(url).href === answer.finalUrl ? 'no' : 'for_now',
  bytes: answer.body.length,
  contentType: answer.contentType ?? null,
  etag: answer.etag,
  lastModified: answer.lastModified,
  freshSeconds: answer.freshSeconds,
});
