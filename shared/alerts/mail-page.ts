// The frame of every mail and the pieces that alerts and digests share. Inline styles and one table: that is what mail programs agree on.
// Nothing is fetched from anywhere. Colours for dark screens stand in the one style sheet, which old programs ignore.
import type { Match, Passage } from '../model/match.ts';
import type { PassagePart } from '../model/passage-cuts.ts';
import type { Severity } from '../model/severity.ts';
import { html, Markup } from './html.ts';
import { passageParts } from './passage-parts.ts';
import { topicTitle } from './wording.ts';

/** Gmail cuts a mail's HTML off at 102 KB; what it adds itself counts. */
export const MOST_HTML_BYTES = 90_000;

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
/** Beside each passage: how much the topic matters, which its chip says as a word. */
const SEVERITY_COLOURS: Readonly<Record<Severity, string>> = {
  low: '#64748b',
  medium: '#2563eb',
  high: '#d97706',
  critical: '#dc2626',
};

/** Ours, so it needs no escaping. */
const STYLE_SHEET = new Markup(`
:root { color-scheme: light dark; supported-color-schemes: light dark; }
.card, .soft, h2 { overflow-wrap: anywhere; word-break: break-word; }
@media (prefers-color-scheme: dark) {
  .page { background-color: #16181d !important; }
  .card { background-color: #20242b !important; border-color: #343a45 !important; }
  .text { color: #e6e8ec !important; }
  .link { color: #8ab4f8 !important; }
  .soft, .soft a { color: #a3abb8 !important; }
  .soft a.link { color: #8ab4f8 !important; }
  .line { border-color: #343a45 !important; }
  .chip { background-color: #313742 !important; color: #e6e8ec !important; }
  .button { background-color: #2f6bbd !important; }
}
@media (max-width: 480px) {
  .card { padding: 20px 16px !important; }
}
`);

export interface MailPage {
  /** For programs that show a title; it is not part of the body. */
  readonly heading: string;
  /** What a list of mails shows after the subject; hidden in the mail itself. */
  readonly preview: string;
  readonly body: readonly Markup[];
  readonly footer: readonly Markup[];
}

/** A whole HTML document. */
export const mailPage = ({ heading, preview, body, footer }: MailPage): string =>
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
${hidden(preview)}<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f3f4f6">
<tr><td align="center" style="padding:24px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:620px;table-layout:fixed">
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

const hidden = (text: string): Markup | null =>
  text === ''
    ? null
    : html`<div style="display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:#f3f4f6;mso-hide:all">${text}</div>
`;

/** Bytes of UTF-8. */
export const bytesOf = (...parts: readonly Markup[]): number =>
  parts.reduce((sum, { source }) => sum + Buffer.byteLength(source), 0);

/** As many from the start as fit into `room` bytes together. */
export function firstThatFit(parts: readonly Markup[], room: number): readonly Markup[] {
  let left = room;
  const end = parts.findIndex((part) => {
    left -= bytesOf(part);
    return left < 0;
  });
  return end === -1 ? parts : parts.slice(0, end);
}

/** One topic, with its severity as a word. */
export const topicChip = (match: Match): Markup =>
  html`<span class="chip" dir="auto" style="display:inline-block;margin:0 6px 6px 0;padding:2px 10px;border-radius:4px;border-left:4px solid ${SEVERITY_COLOURS[match.topic.severity]};background-color:#eef0f3;color:#1c2024;font-size:13px"><b>${topicTitle(match)}</b> · ${match.topic.severity}</span>`;

export const chipRow = (chips: readonly Markup[], note = ''): Markup =>
  html`<p class="text" style="margin:0 0 12px 0;font-size:13px;line-height:1.6">${chips.flatMap((chip) => [chip, html` `])}${note === '' ? null : html`<span class="soft" style="color:#5b6472">${note}</span>`}</p>
`;

export const quotedPassage = (passage: Passage, severity: Severity): Markup =>
  html`<blockquote class="text" dir="auto" style="margin:0 0 16px 0;padding:2px 14px;text-align:start;border-inline-start:4px solid ${SEVERITY_COLOURS[severity]};color:#1c2024;font-size:17px;line-height:1.6">${markedParts(passageParts(passage))}</blockquote>
`;

export const markedParts = (parts: readonly PassagePart[]): readonly Markup[] =>
  parts.map(({ text, marked }) =>
    marked
      ? html`<mark style="background-color:#ffe08a;color:#1c2024;font-weight:700;padding:0 2px;border-radius:2px">${text}</mark>`
      : html`${text}`,
  );

/** The words of a "why", in bold: marks belong to passages. */
export const boldParts = (parts: readonly PassagePart[]): readonly Markup[] =>
  parts.map(({ text, marked }) => (marked ? html`<b dir="auto">${text}</b>` : html`${text}`));

/** A link where there is an address, else the content alone. */
export const linked = (address: string | null, content: readonly Markup[] | string): Markup =>
  address === null
    ? html`${content}`
    : html`<a href="${address}" class="link" rel="noopener noreferrer nofollow" style="color:#1f4e8c;text-decoration:none">${content}</a>`;

export const headlineLine = (address: string | null, content: readonly Markup[] | string, size: number): Markup =>
  html`<p class="text" dir="auto" style="margin:0 0 4px 0;text-align:start;font-size:${size}px;line-height:1.35;font-weight:700">${linked(address, content)}</p>
`;

/** A line in small grey type. `after`: pixels to what follows. */
export const softLine = (content: readonly Markup[] | string, after = 4): Markup =>
  html`<p class="soft" dir="auto" style="margin:0 0 ${after}px 0;text-align:start;color:#5b6472;font-size:14px">${content}</p>
`;

/** One line of a list: a headline and what is said of it. Short, since there may be hundreds. */
export const listLine = (address: string | null, title: string, note: string): Markup =>
  html`<li dir="auto">${address === null ? title : html`<a href="${address}" class="link" style="color:#1f4e8c">${title}</a>`} ${note}</li>
`;

export const lineList = (lines: readonly Markup[]): Markup =>
  html`<ul class="soft" style="margin:0 0 16px 0;padding-inline-start:20px;color:#5b6472;font-size:14px;line-height:1.7">${lines}</ul>
`;

export const paragraph = (content: readonly Markup[] | string): Markup =>
  html`<p class="text" dir="auto" style="margin:0 0 12px 0;text-align:start;font-size:16px">${content}</p>
`;

/** `note`: what stands beside it, such as the host that will be asked. */
export const button = (address: string, label: string, note = ''): Markup =>
  html`<p style="margin:16px 0 16px 0"><a href="${address}" class="button" rel="noopener noreferrer nofollow" style="display:inline-block;background-color:#1f4e8c;color:#ffffff;text-decoration:none;font-weight:600;font-size:15px;padding:10px 18px;border-radius:6px">${label}</a>${note === '' ? null : html` <span class="soft" style="color:#5b6472;font-size:13px">&nbsp;${note}</span>`}</p>
`;

/** Where a reader may go from here. */
export interface Action {
  readonly label: string;
  readonly address: string;
}

export const actionRow = (actions: readonly Action[]): Markup | null =>
  actions.length === 0
    ? null
    : html`<p class="soft" style="margin:0 0 16px 0;color:#5b6472;font-size:14px;line-height:2">${actions.flatMap(
        ({ label, address }, at) => [
          ...(at === 0 ? [] : [html` &nbsp;·&nbsp; `]),
          html`<a href="${address}" class="link" rel="noopener noreferrer nofollow" style="color:#1f4e8c;text-decoration:underline">${label}</a>`,
        ],
      )}</p>
`;

export const heading = (text: string): Markup =>
  html`<h2 class="text line" dir="auto" style="margin:24px 0 16px 0;padding-top:20px;border-top:1px solid #e2e5ea;text-align:start;font-size:18px;line-height:1.3">${text}</h2>
`;

export const bulletList = (lines: readonly string[]): Markup =>
  html`<ul class="text" style="margin:0 0 8px 0;padding-inline-start:20px;font-size:15px">${lines.map((line) => html`<li dir="auto">${line}</li>`)}</ul>
`;

/** A name and its value: plain text, and the same as HTML where it holds links or bold words. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly content?: readonly Markup[];
}

export const factTable = (facts: readonly Fact[]): Markup =>
  html`<table role="presentation" class="line" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-top:1px solid #e2e5ea;margin-top:4px">
${facts.map(
  ({
    name,
    value,
    content,
  }) => html`<tr><td class="soft" valign="top" width="84" style="padding:8px 12px 0 0;color:#5b6472;font-size:13px;white-space:nowrap">${name}</td><td class="text" valign="top" dir="${content === undefined ? 'auto' : 'ltr'}" style="padding:8px 0 0 0;color:#1c2024;font-size:14px;overflow-wrap:anywhere">${content ?? value}</td></tr>
`,
)}</table>
`;

/** Facts as lines of a text. */
export const factLines = (facts: readonly Fact[]): string =>
  facts.map(({ name, value }) => `${`${name}:`.padEnd(12)}${value}`).join('\n');
