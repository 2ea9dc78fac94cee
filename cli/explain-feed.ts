// `tocsin feeds check`: what would be read of a feed and why, in words or as data. The web is asked as polls ask it; nothing is stored.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSettings } from '../adapters/files/read-configuration.ts';
import { unreadable } from '../adapters/files/unreadable.ts';
import { findFeeds } from '../adapters/http/feed-discovery.ts';
import { createFeedFetcher } from '../adapters/http/feed-fetcher.ts';
import { openWeb } from '../adapters/http/web.ts';
import { InvalidInputError } from '../shared/core/errors.ts';
import type { Settings } from '../shared/model/settings.ts';
import { withoutFeedScheme } from '../shared/net/feed-scheme.ts';
import {
  type AddressContent,
  type AnsweredDocument,
  type FindFeeds,
  readAddress,
  readDocument,
} from '../shared/usecases/managing/read-address.ts';
import { type CommandIo, configFolder, EXIT } from './command.ts';
import { type AnswerFacts, describeFeed, describePage } from './describe-feed.ts';
import { factsOf } from './feed-facts.ts';
import { printJson } from './output.ts';

/**
 * `where` is an http(s) address or a file. A web page gives the feeds it tells of, which is no failure; a page without any is.
 * Throws FetchFailedError, and InvalidInputError for what is neither an address nor a file.
 */
export async function explainFeed(where: string, io: CommandIo): Promise<number> {
  const settings = await readSettings(configFolder(io), io.env);
  const url = addressOf(where);
  const web = openWeb(settings);
  const findOnWeb: FindFeeds = (page) => findFeeds(page, settings, { tryCommonAddresses: true }, web);
  try {
    const content =
      url === null
        ? await readDocument(await fromFile(where, io), async () => [])
        : await readAddress(url, createFeedFetcher(settings, web), findOnWeb);
    return explain(url ?? content.answer.finalUrl, content, url !== null, io, { settings, now: web.clock.now() });
  } finally {
    web.fetch.close();
  }
}

function explain(
  url: string,
  content: AddressContent,
  isOnWeb: boolean,
  io: CommandIo,
  { settings, now }: { readonly settings: Settings; readonly now: Date },
): number {
  const asked = isOnWeb ? answerFacts(url, content.answer) : null;
  if (content.kind === 'page') {
    const { feeds } = content;
    if (io.json) printJson(io, { kind: 'page', url, answer: asked, feeds });
    else io.stdout(describePage(url, feeds));
    return EXIT.done;
  }
  const facts = factsOf(url, content.answer, content.document, now, settings);
  if (io.json) printJson(io, { kind: 'feed', url, answer: asked, ...facts });
  else io.stdout(describeFeed(url, asked, facts, settings, io.zone));
  return EXIT.done;
}

/** Null for what can only be a file. */
function addressOf(where: string): string | null {
  const url = withoutFeedScheme(where);
  if (!/^[a-z][a-z\d+.-]+:/i.test(url)) return null;
  if (/^https?:/i.test(url) && URL.canParse(url)) return url;
  throw new InvalidInputError('invalid_arguments', `"${where}" is no http or https address, and no file`);
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

const answerFacts = (url: string, answer: AnsweredDocument): AnswerFacts => ({
  finalUrl: answer.finalUrl,
  moved: answer.movedTo !== null ? 'for_good' : new URL(url).href === answer.finalUrl ? 'no' : 'for_now',
  bytes: answer.body.length,
  contentType: answer.contentType ?? null,
  etag: answer.etag,
  lastModified: answer.lastModified,
  freshSeconds: answer.freshSeconds,
});
