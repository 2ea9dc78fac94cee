// `tocsin feeds check`: what would be read of a feed and why, in words or as data. The web is asked as polls ask it; nothing is stored.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSettings } from '../adapters/files/read-configuration.ts';
import { findFeeds } from '../adapters/http/feed-discovery.ts';
import { createFeedFetcher } from '../adapters/http/feed-fetcher.ts';
import { openWeb, type Web } from '../adapters/http/web.ts';
import { decodePage } from '../shared/articles/decode-page.ts';
import { FetchFailedError, InvalidInputError } from '../shared/errors.ts';
import { type DiscoveredFeed, discoverFeeds } from '../shared/feeds/discovery.ts';
import { withoutFeedScheme } from '../shared/feeds/feed-scheme.ts';
import { readFeed } from '../shared/feeds/read-feed.ts';
import type { FetchedFeed } from '../shared/model/feed.ts';
import type { Settings } from '../shared/settings.ts';
import { type CommandIo, configFolder, EXIT } from './command.ts';
import { type AnswerFacts, describeFeed, describePage } from './describe-feed.ts';
import { factsOf } from './feed-facts.ts';
import { printJson } from './output.ts';

type Changed = Extract<FetchedFeed, { kind: 'changed' }>;

/**
 * `where` is an http(s) address or a file. A web page gives the feeds it tells of, which is no failure; a page without any is.
 * Throws FetchFailedError, and InvalidInputError for what is neither an address nor a file.
 */
export async function explainFeed(where: string, io: CommandIo): Promise<number> {
  const settings = await readSettings(configFolder(io), io.env);
  const url = addressOf(where);
  const web = openWeb(settings);
  try {
    const answer = url === null ? await fromFile(where, io) : await fromWeb(url, settings, web);
    return await explain(url ?? answer.finalUrl, answer, url === null ? null : answerFacts(url, answer), io, {
      settings,
      web,
    });
  } finally {
    web.fetch.close();
  }
}

async function explain(
  url: string,
  answer: Changed,
  asked: AnswerFacts | null,
  io: CommandIo,
  { settings, web }: { readonly settings: Settings; readonly web: Web },
): Promise<number> {
  const { body, contentType, finalUrl } = answer;
  try {
    const document = await readFeed({ body, contentType, url: finalUrl });
    const facts = factsOf(url, answer, document, web.clock.now(), settings);
    if (io.json) printJson(io, { kind: 'feed', url, answer: asked, ...facts });
    else io.stdout(describeFeed(url, asked, facts, settings, io.zone));
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof FetchFailedError) || error.kind !== 'not_a_feed') throw error;
    const feeds = await feedsOfPage(answer, asked !== null, settings, web);
    if (feeds.length === 0) throw error;
    if (io.json) printJson(io, { kind: 'page', url, answer: asked, feeds });
    else io.stdout(describePage(url, feeds));
    return EXIT.done;
  }
}

/** Those the page tells of; where it tells of none, what answers at the usual addresses. */
async function feedsOfPage(
  { body, contentType, finalUrl }: Changed,
  isOnWeb: boolean,
  settings: Settings,
  web: Web,
): Promise<readonly DiscoveredFeed[]> {
  const told = discoverFeeds(decodePage(body, contentType), finalUrl);
  return told.length > 0 || !isOnWeb ? told : findFeeds(finalUrl, settings, { tryCommonAddresses: true }, web);
}

/** Null for what can only be a file. */
function addressOf(where: string): string | null {
  const url = withoutFeedScheme(where);
  if (!/^[a-z][a-z\d+.-]+:/i.test(url)) return null;
  if (/^https?:/i.test(url) && URL.canParse(url)) return url;
  throw new InvalidInputError('invalid_arguments', `"${where}" is no http or https address, and no file`);
}

async function fromWeb(url: string, settings: Settings, web: Web): Promise<Changed> {
  const answer = await createFeedFetcher(settings, web).fetchFeed({ url, validators: null });
  // Nothing was sent by which a server could tell that nothing has changed; the fetcher takes a 304 then for a failure.
  if (answer.kind === 'unchanged') throw new Error('unreachable: no validators were sent');
  return answer;
}

async function fromFile(where: string, io: CommandIo): Promise<Changed> {
  const path = resolve(io.cwd, where);
  const body = await readFile(path).catch((cause: Error) => {
    const hint = /^[\w-]+(\.[\w-]+)+(\/|$)/.test(where) ? [`for an address, write https://${where}`] : [];
    throw new InvalidInputError('unreadable_file', `${where} cannot be read: ${cause.message}`, hint, { cause });
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

const answerFacts = (url: string, answer: Changed): AnswerFacts => ({
  finalUrl: answer.finalUrl,
  moved: answer.movedTo !== null ? 'for_good' : new URL(url).href === answer.finalUrl ? 'no' : 'for_now',
  bytes: answer.body.length,
  contentType: answer.contentType ?? null,
  etag: answer.etag,
  lastModified: answer.lastModified,
  freshSeconds: answer.freshSeconds,
});
