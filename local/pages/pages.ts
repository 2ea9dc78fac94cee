// Pages of one machine, in plain HTML without a script: what runs, events with several reports, the newest matches with their passages, the outbox.

import { escapeHtml } from '../../shared/alerts/html.ts';
import { markPassage } from '../../shared/alerts/passage-parts.ts';
import { originInWords } from '../../shared/alerts/wording.ts';
import type { Finding } from '../../shared/health/finding.ts';
import { instanceFindings } from '../../shared/health/instance-findings.ts';
import type { InstanceStatus } from '../../shared/health/instance-status.ts';
import { machineFindings } from '../../shared/health/machine-findings.ts';
import type { MachineStatus } from '../../shared/health/machine-status.ts';
import type { Match, Passage } from '../../shared/model/match.ts';
import { reportsInWords, type Story } from '../../shared/model/story.ts';
import { timeInWords, UTC } from '../../shared/text/zoned-time.ts';
import type { Outbox, OutboxEntry } from '../mail/outbox.ts';

export interface PageParts {
  readonly outbox: Outbox;
  readonly matches: () => Promise<readonly Match[]>;
  /** The newest. */
  readonly stories: () => Promise<readonly Story[]>;
  readonly status: () => Promise<InstanceStatus>;
  readonly machineStatus: () => MachineStatus;
}

/** A mail may bring its own inline style and nothing else; it is shown in a frame that runs no script. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'";

const STYLE = `:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent);--soft:color-mix(in srgb,currentColor 62%,transparent)}
*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
nav{display:flex;gap:1.25rem;align-items:baseline;border-bottom:1px solid var(--line);padding-bottom:.75rem;margin-bottom:1.5rem}nav strong{font-size:1.15rem;margin-right:auto}
h1{font-size:1.35rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}a{color:inherit}ul{list-style:none;padding:0;margin:0}li{padding:.85rem 0;border-bottom:1px solid var(--line)}
mark{background:#ffe58a;color:#1a1a1a;padding:0 .1em;border-radius:2px}.meta{color:var(--soft);font-size:.9rem}.chip{border:1px solid var(--line);border-radius:1rem;padding:.05rem .6rem;font-size:.82rem}
.head{font-weight:600;text-decoration:none}.figures{display:flex;flex-wrap:wrap;gap:.75rem;padding:0}.figures div{border:1px solid var(--line);border-radius:.6rem;padding:.6rem 1rem;min-width:8rem}.figures b{display:block;font-size:1.4rem}
iframe{flex:1;width:100%;min-height:12rem;border:1px solid var(--line);border-radius:.6rem;background:#fff}.framed{display:flex;flex-direction:column;height:100vh;height:100dvh;padding-bottom:1rem}.framed main{flex:1;display:flex;flex-direction:column;min-height:0}.framed nav{margin-bottom:.75rem}.framed h1,.framed p{margin:0 0 .5rem;overflow-wrap:anywhere}pre{white-space:pre-wrap;border:1px solid var(--line);border-radius:.6rem;padding:1rem}p.passage{margin:.35rem 0}`;

export async function handlePage(request: Request, parts: PageParts): Promise<Response | null> {
  const { pathname } = new URL(request.url);
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  if (pathname === '/') return page('Tocsin', await overview(parts));
  if (pathname === '/outbox') return page('Outbox', outboxList(parts.outbox.list()));
  const mail = /^\/outbox\/(\d+)(?:\/(html|txt|eml))?$/.exec(pathname);
  if (mail === null) return null;
  const [, number = '', form] = mail;
  if (form === undefined) return mailPage(Number(number), parts.outbox);
  const body = parts.outbox.read(Number(number), form as 'html' | 'txt' | 'eml');
  if (body === null) return null;
  // Otherwise a link would open inside the frame, which shows only this server's pages.
  const shown = form === 'html' ? body.replace('<head>', '<head><base target="_blank">') : body;
  const type = { html: 'text/html', txt: 'text/plain', eml: 'message/rfc822' }[form as 'html' | 'txt' | 'eml'];
  return new Response(shown, {
    headers: { ...SAFE, 'content-type': `${type}; charset=utf-8`, 'content-security-policy': MAIL_POLICY },
  });
}

const MOST_EVENTS = 5;
const SAFE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

/** `isFramed`: the page is as high as the window, and what is in its frame is scrolled there. */
function page(title: string, body: string, isFramed = false): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} – Tocsin</title><style>${STYLE}</style></head><body${isFramed ? ' class="framed"' : ''}><nav><strong>Tocsin</strong><a href="/">Matches</a><a href="/outbox">Outbox</a></nav><main>${body}</main></body></html>`;
  return new Response(html, {
    headers: { ...SAFE, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY },
  });
}

async function overview({ matches, stories, status, machineStatus, outbox }: PageParts): Promise<string> {
  const [found, events, instance] = await Promise.all([matches(), stories(), status()]);
  const { feeds, topics, due } = instance;
  const figure = (value: number, words: string): string => `<div><b>${value}</b>${escapeHtml(words)}</div>`;
  const figures = [
    figure(feeds.total, 'feeds followed'),
    figure(feeds.failing, 'failing'),
    figure(topics, 'topics'),
    figure(outbox.list().length, 'mails'),
    figure(due, 'alerts waiting'),
  ].join('');
  const list =
    found.length === 0
      ? `<p>No matches yet; ${feeds.total - feeds.neverPolled} of ${feeds.total} feeds were polled.</p>`
      : `<ul>${found.map(matchRow).join('')}</ul>`;
  const health = findingList([...instanceFindings(instance), ...machineFindings(machineStatus())]);
  return `<h1>What was found</h1><div class="figures">${figures}</div>${health}${storyList(events)}<h2>Newest matches</h2>${list}`;
}

/** As `doctor` puts it; what is well is not listed. */
function findingList(findings: readonly Finding[]): string {
  const found = findings.filter(({ well }) => !well);
  if (found.length === 0) return '<p>All is well.</p>';
  const rows = found.map(({ what, says }) => `<li><b>${escapeHtml(what)}</b> ${escapeHtml(says)}</li>`);
  return `<h2>Needs a look</h2><ul>${rows.join('')}</ul>`;
}

/** Only events that several reports are about: there the mails are fewer than the matches. */
function storyList(stories: readonly Story[]): string {
  const several = stories.filter(({ hits }) => hits > 1).slice(0, MOST_EVENTS);
  if (several.length === 0) return '';
  return `<h2>Events with several reports</h2><p class="meta">Each event sends one alert, and an update when a report brings something new. Its other reports are kept with it.</p><ul>${several.map(storyRow).join('')}</ul>`;
}

function storyRow(story: Story): string {
  const { title, sources, lastSeenAt, id } = story;
  const meta = [
    reportsInWords(story),
    sources.map((source) => source.title).join(', '),
    `last ${timeInWords(lastSeenAt, UTC)}`,
    `tocsin stories ${id}`,
  ];
  return `<li><span class="head" dir="auto">${escapeHtml(title)}</span><br><span class="meta">${meta.map(escapeHtml).join(' · ')}</span></li>`;
}

function matchRow(match: Match): string {
  const url = /^https?:/.test(match.article.url)
    ? `href="${escapeHtml(match.article.url)}" rel="noopener noreferrer nofollow"`
    : '';
  const meta = [
    match.sources.map(({ title }) => title).join(', '),
    match.article.language,
    timeInWords(match.article.firstSeenAt, UTC),
    `matched in ${originInWords(match)}`,
    ...(match.strength === 'weak' ? ['mentioned in passing'] : []),
  ];
  return `<li><span class="chip">${escapeHtml(match.topic.title)}</span> <a class="head" dir="auto" ${url}>${escapeHtml(match.article.title)}</a>${match.passages.map((passage) => `<p class="passage" dir="auto">${marked(passage)}</p>`).join('')}<span class="meta">${meta.map(escapeHtml).join(' · ')}</span></li>`;
}

const marked = (passage: Passage): string =>
  markPassage(passage, escapeHtml, (text) => `<mark>${escapeHtml(text)}</mark>`);

function outboxList(entries: readonly OutboxEntry[]): string {
  if (entries.length === 0) return '<h1>Outbox</h1><p>No mail yet.</p>';
  const row = ({ number, subject, to, at, via }: OutboxEntry): string =>
    `<li><a class="head" dir="auto" href="/outbox/${number}">${escapeHtml(subject)}</a><br><span class="meta">to ${escapeHtml(to)} · ${timeInWords(at, UTC)} · ${via === 'smtp' ? 'sent by SMTP' : 'kept here'}</span></li>`;
  return `<h1>Outbox</h1><ul>${entries.map(row).join('')}</ul>`;
}

function mailPage(number: number, outbox: Outbox): Response | null {
  const entry = outbox.list().find((each) => each.number === number);
  if (entry === undefined) return null;
  const html = outbox.read(number, 'html');
  const body =
    html === null
      ? `<pre dir="auto">${escapeHtml(outbox.read(number, 'txt') ?? '')}</pre>`
      : `<iframe title="The mail" src="/outbox/${number}/html"></iframe>`;
  return page(
    entry.subject,
    `<h1 dir="auto">${escapeHtml(entry.subject)}</h1><p class="meta">to ${escapeHtml(entry.to)} · ${timeInWords(entry.at, UTC)} · <a href="/outbox/${number}/txt">as text</a> · <a href="/outbox/${number}/eml">as file</a></p>${body}`,
    html !== null,
  );
}
