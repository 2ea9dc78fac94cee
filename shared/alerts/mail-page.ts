// The frame and the pieces that alert and digest mails share. Inline styles and one table: that is what mail programs agree on.
// Nothing is fetched from anywhere. Colours for dark screens stand in the one style sheet, which old programs ignore.
import type { Match, Passage } from '../model/match.ts';
import type { Severity } from '../model/severity.ts';
import { html, Markup } from './html.ts';
import { linkOf } from './match-link.ts';
import { passageParts } from './passage-parts.ts';
import { oneLine } from './plain-text.ts';
import {
  headline,
  instantInWords,
  languageName,
  originInWords,
  otherSources,
  sourceName,
  topicInWords,
} from './wording.ts';

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
/** Beside each passage: how much the topic matters, readable as a word in the facts too. */
const SEVERITY_COLOURS: Readonly<Record<Severity, string>> = {
  low: '#64748b',
  medium: '#2563eb',
  high: '#d97706',
  critical: '#dc2626',
};

/** Ours, so it needs no escaping. */
const STYLE_SHEET = new Markup(`
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background-color: #16181d !important; }
  .card { background-color: #20242b !important; border-color: #343a45 !important; }
  .text { color: #e6e8ec !important; }
  .link { color: #8ab4f8 !important; }
  .soft, .soft a { color: #a3abb8 !important; }
  .line { border-color: #343a45 !important; }
}
@media (max-width: 480px) {
  .card { padding: 20px 16px !important; }
}
`);

/** A whole HTML document. `heading` is for programs that show a title; it is not part of the body. */
export const mailPage = (heading: string, body: readonly Markup[], footer: readonly Markup[]): string =>
  html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${heading}</title>
<style>${STYLE_SHEET}</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#f3f4f6;${FONT}">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f3f4f6">
<tr><td align="center" style="padding:24px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:620px">
<tr><td class="card text" align="left" style="background-color:#ffffff;border:1px solid #e2e5ea;border-radius:8px;padding:28px;color:#1c2024;font-size:16px;line-height:1.5;${FONT}">
${body}
</td></tr>
<tr><td class="soft" align="left" style="padding:16px 12px;color:#5b6472;font-size:13px;line-height:1.5;${FONT}">
${footer}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`.source;

export const quotedPassage = (passage: Passage, severity: Severity): Markup =>
  html`<blockquote class="text" dir="auto" style="margin:0 0 16px 0;padding:2px 14px;text-align:start;border-inline-start:4px solid ${SEVERITY_COLOURS[severity]};color:#1c2024;font-size:17px;line-height:1.6">${markedText(passage)}</blockquote>
`;

const markedText = (passage: Passage): readonly Markup[] =>
  passageParts(passage).map(({ text, marked }) =>
    marked
      ? html`<mark style="background-color:#ffe08a;color:#1c2024;font-weight:700;padding:0 2px;border-radius:2px">${text}</mark>`
      : html`${text}`,
  );

export function headlineLine(match: Match, size: number): Markup {
  const address = linkOf(match);
  const text = headline(match);
  return html`<p class="text" dir="auto" style="margin:0 0 4px 0;text-align:start;font-size:${size}px;line-height:1.35;font-weight:700">${
    address === null
      ? text
      : html`<a href="${address}" class="link" rel="noopener noreferrer nofollow" style="color:#1f4e8c;text-decoration:none">${text}</a>`
  }</p>
`;
}

export const sourceLine = (match: Match, note = ''): Markup =>
  html`<p class="soft" dir="auto" style="margin:0 0 20px 0;text-align:start;color:#5b6472;font-size:14px">${sourceInWords(match)}${note}</p>
`;

export const sourceInWords = (match: Match): string =>
  [sourceName(match), otherSources(match)].filter(Boolean).join(' · ');

export const openButton = (address: string, host: string): Markup =>
  html`<p style="margin:0 0 20px 0"><a href="${address}" rel="noopener noreferrer nofollow" style="display:inline-block;background-color:#1f4e8c;color:#ffffff;text-decoration:none;font-weight:600;font-size:15px;padding:10px 18px;border-radius:6px">Open at the passage</a> <span class="soft" style="color:#5b6472;font-size:13px;white-space:nowrap">&nbsp;${host}</span></p>
`;

export const factTable = (facts: readonly Fact[]): Markup =>
  html`<table role="presentation" class="line" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-top:1px solid #e2e5ea;margin-top:4px">
${facts.map(
  ([
    name,
    value,
  ]) => html`<tr><td class="soft" valign="top" style="padding:8px 12px 0 0;color:#5b6472;font-size:13px;white-space:nowrap">${name}</td><td class="text" valign="top" width="100%" dir="auto" style="padding:8px 0 0 0;color:#1c2024;font-size:14px;overflow-wrap:anywhere">${value}</td></tr>
`,
)}</table>
`;

/** Name and value, both plain text. */
export type Fact = readonly [name: string, value: string];

/** What is known of a match besides its passages, in the order in which a reader asks. */
export const factsOf = (match: Match, timeZone: string): readonly Fact[] => [
  [
    'Published',
    match.article.publishedAt === null ? 'not said by the feed' : instantInWords(match.article.publishedAt, timeZone),
  ],
  ['Seen', instantInWords(match.article.firstSeenAt, timeZone)],
  ['Language', languageName(match.article.language)],
  ['Matched in', originInWords(match)],
  ['Why', oneLine(match.why)],
  ['Topic', topicInWords(match)],
];
