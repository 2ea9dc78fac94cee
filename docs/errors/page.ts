// docs/errors.md, made from the codes and their texts. To write it: npx node docs/errors/page.ts --write
import { writeFileSync } from 'node:fs';
import { API_PROBLEMS } from '../../shared/core/error-codes.ts';
import { FAILURE_TEXTS, FETCH_TEXTS, INPUT_TEXTS, PROBLEM_REMEDIES } from './texts.ts';

/** Rows of code, meaning and remedy. */
const rowsOf = (texts: Readonly<Record<string, { readonly means: string; readonly remedy: string }>>): string =>
  ['| code | means | do |', '|---|---|---|']
    .concat(Object.entries(texts).map(([code, { means, remedy }]) => `| \`${code}\` | ${means} | ${remedy} |`))
    .join('\n');

function problemRows(): string {
  const remedies: Readonly<Record<string, string>> = PROBLEM_REMEDIES;
  return ['| code | status | title | do |', '|---|---|---|---|']
    .concat(
      Object.entries(API_PROBLEMS).map(
        ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} | ${remedies[code]} |`,
      ),
    )
    .join('\n');
}

export const errorsPage =
  (): string => `<!-- Generated from docs/errors/texts.ts: npx node docs/errors/page.ts --write -->
# Errors

Every error has a stable code. Messages say what happened, to what, and what to do; this page says more. Match on the code, not on the text.

## Input
What you wrote or named cannot be used.

${rowsOf(INPUT_TEXTS)}

## Answers of the API
A refusal is a problem document (RFC 9457, \`application/problem+json\`): \`type\` is \`urn:tocsin:problem:\` and the code, \`title\` is the same for every problem of a code,
\`detail\` says what happened this time, and \`errors\` lists every problem of the input, each with its \`parameter\` or with its \`pointer\` into the body.
On AWS a request that IAM refuses does not reach Tocsin: API Gateway answers it itself with 403.

${problemRows()}

## Feeds and pages
What a publisher's server did; shown in a feed's health.

${rowsOf(FETCH_TEXTS)}

**Article pages.** The words of the feed are matched at once, whatever happens to the page. A page is tried again after 1, 5 and 15 minutes, for at most half an hour and never
before its host's Retry-After, when the failure may be temporary: \`fetch_throttled\`, \`fetch_timeout\`, \`fetch_reset\`, \`fetch_refused\`, \`fetch_empty\`, \`fetch_http\` with 408, 425, 429
or 5xx (not 501 and 505), \`fetch_dns\` when the name server had a problem, an answer that was cut short, or a robots.txt that could not be read for such a reason. Any other
failure is permanent, and the page is not requested again. A page that could not be read is named with the match (\`extractionFailure\`, "Matched in" in mails), counted in \`ExtractionsFailed\`,
and, after several tries, logged: "the page could not be read in several tries".

## Failures on our side

${rowsOf(FAILURE_TEXTS)}
`;

if (process.argv.includes('--write')) writeFileSync(new URL('../errors.md', import.meta.url), errorsPage());
