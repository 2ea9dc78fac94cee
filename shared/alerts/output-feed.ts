// An output as a document: Atom 1.0 (RFC 4287) and JSON Feed 1.1 (jsonfeed.org). Everything in it follows from what is stored, so that the same
// content is the same bytes.
import type { Match } from '../model/match.ts';
import type { OutputFeed, OutputForm } from '../model/output.ts';
import type { PassagePart } from '../model/passage-cuts.ts';
import { escapeHtml, html, type Markup } from './html.ts';
import { linkOf } from './match-link.ts';
import { passageParts } from './passage-parts.ts';
import { cutText, oneLine } from './plain-text.ts';
import { shownPassages } from './shown-passages.ts';
import { whyInWords } from './why-in-words.ts';
import {
  alsoIn,
  headline,
  instantInWords,
  languageName,
  otherOutlets,
  sourceName,
  topicTitle,
  topicWithSeverity,
} from './wording.ts';

// Of one entry: a hundred entries must fit into one answer of a function.
const MOST_PASSAGES = 3;
const MOST_REASONS = 5;
const MOST_TOPICS = 20;

const GENERATOR = 'Tocsin';
const TYPES: Readonly<Record<OutputForm, string>> = {
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

export interface OutputDocument {
  readonly type: string;
  readonly text: string;
  /** When anything in it last changed. */
  readonly changedAt: string;
}

export interface OutputContent {
  readonly output: OutputFeed;
  /** The matches of one article each, the gravest first; the newest article first. */
  readonly entries: readonly (readonly [Match, ...Match[]])[];
  /** Its own address. */
  readonly address: string;
}

export function composeOutput(content: OutputContent, form: OutputForm): OutputDocument {
  const entries = content.entries.map(entryOf);
  const changedAt = latest([content.output.updatedAt, ...entries.map((entry) => entry.changedAt)]);
  const text = form === 'atom' ? asAtom(content, entries, changedAt) : asJson(content, entries);
  return { type: TYPES[form], text, changedAt };
}

/** What both forms say of an article. */
interface Entry {
  readonly id: string;
  readonly title: string;
  readonly link: string | null;
  readonly seenAt: string;
  readonly changedAt: string;
  readonly source: string;
  /** Null where it is not known. */
  readonly language: string | null;
  readonly topics: readonly { readonly id: string; readonly title: string; readonly severity: string }[];
  readonly severity: string;
  readonly html: string;
}

function entryOf(matches: readonly [Match, ...Match[]]): Entry {
  const [lead] = matches;
  const { id, language } = lead.article;
  return {
    id: `urn:tocsin:article:${id}`,
    title: headline(lead),
    link: linkOf(lead),
    seenAt: matches.map(({ article }) => article.firstSeenAt).sort()[0]!,
    changedAt: latest(matches.map(({ times }) => times.matchedAt)),
    source: sourceName(lead),
    language: /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/.test(language) && language !== 'und' ? language : null,
    topics: matches.slice(0, MOST_TOPICS).map((match) => ({
      id: oneLine(match.topic.id),
      title: topicTitle(match),
      severity: match.topic.severity,
    })),
    severity: lead.topic.severity,
    html: contentOf(matches).source,
  };
}

/** Plain HTML that every reader lets through. */
function contentOf(matches: readonly [Match, ...Match[]]): Markup {
  const [lead] = matches;
  const { publishedAt, language } = lead.article;
  const passages = shownPassages(matches)
    .slice(0, MOST_PASSAGES)
    .map(({ passage }) => html`<blockquote dir="auto">${inBold(passageParts(passage))}</blockquote>`);
  const reasons = matches
    .slice(0, MOST_REASONS)
    .map((match) => html`<li>${topicWithSeverity(match)}: ${inBold(whyInWords(match))}</li>`);
  const more = matches.length - MOST_REASONS;
  const about = [
    sourceName(lead),
    alsoIn(otherOutlets(lead, null)),
    publishedAt === null ? '' : `published ${instantInWords(publishedAt, 'UTC')}`,
    languageName(language) === 'unknown' ? '' : languageName(language),
  ];
  return html`${passages}<ul>${reasons}${more > 0 ? html`<li>and ${more} more</li>` : null}</ul><p>${about.filter((each) => each !== '').join(' · ')}</p>`;
}

const inBold = (parts: readonly PassagePart[]): readonly Markup[] =>
  parts.map(({ text, marked }) => (marked ? html`<b>${text}</b>` : html`${text}`));

// ---------------------------------------------------------------- Atom

function asAtom({ output, address }: OutputContent, entries: readonly Entry[], changedAt: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${xml(idOf(output))}</id>
<title type="html">${xml(escapeHtml(titleOf(output)))}</title>
<updated>${xml(changedAt)}</updated>
<link rel="self" type="application/atom+xml" href="${xml(address)}"/>
<author><name>${GENERATOR}</name></author>
<generator>${GENERATOR}</generator>
${entries.map(atomEntry).join('')}</feed>
`;
}

/** Titles are escaped twice, as HTML: programs that take a plain title for HTML show the same as those that do not. */
function atomEntry({ id, title, link, seenAt, changedAt, source, language, topics, severity, html }: Entry): string {
  const lines = [
    `<id>${xml(id)}</id>`,
    `<title type="html">${xml(escapeHtml(title))}</title>`,
    ...(link === null ? [] : [`<link rel="alternate" href="${xml(link)}"/>`]),
    `<published>${xml(seenAt)}</published>`,
    `<updated>${xml(changedAt)}</updated>`,
    `<author><name>${xml(source)}</name></author>`,
    ...topics.map(
      (topic) => `<category scheme="urn:tocsin:topic" term="${xml(topic.id)}" label="${xml(topic.title)}"/>`,
    ),
    `<category scheme="urn:tocsin:severity" term="${xml(severity)}" label="${xml(severityLabel(severity))}"/>`,
    `<content type="html">${xml(html)}</content>`,
  ];
  return `<entry${language === null ? '' : ` xml:lang="${xml(language)}"`}>\n${lines.join('\n')}\n</entry>\n`;
}

/** What XML 1.0 does not allow, however it is written. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** For element content and for attribute values in double quotes. */
const xml = (text: string): string => escapeHtml(text.toWellFormed().replace(NOT_IN_XML, ''));

// ---------------------------------------------------------------- JSON Feed

const asJson = ({ output, address }: OutputContent, entries: readonly Entry[]): string =>
  `${JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: titleOf(output),
    feed_url: address,
    authors: [{ name: GENERATOR }],
    items: entries.map(jsonItem),
  })}\n`;

const jsonItem = ({ id, title, link, seenAt, changedAt, source, language, topics, severity, html }: Entry) => ({
  id,
  ...(link === null ? {} : { url: link }),
  title,
  content_html: html.toWellFormed(),
  date_published: seenAt,
  date_modified: changedAt,
  authors: [{ name: source }],
  tags: [...new Set([...topics.map((topic) => topic.title), severityLabel(severity)])],
  ...(language === null ? {} : { language }),
  _tocsin: { severity, topics },
});

// ---------------------------------------------------------------- both

/** The same when its address is renewed: readers keep what they have read. */
const idOf = ({ id }: OutputFeed): string => `urn:tocsin:output:${id}`;

const titleOf = ({ title }: OutputFeed): string => cutText(oneLine(title), 300) || 'Matches';

const severityLabel = (severity: string): string => `severity: ${severity}`;

const latest = (instants: readonly string[]): string => instants.toSorted().at(-1) ?? '';
