// Examples of what a topic must not match, in the YAML of topic packs.
import type { PublishedMatch } from '../../shared/model/match.ts';
import { oneLine } from '../output.ts';

/** A `tests` section, indented as below a topic: each match once, with its first passage as the text. */
export function mustNotExamples(matches: readonly PublishedMatch[]): string {
  const distinct = [...new Map(matches.map((match) => [match.id, match])).values()];
  return `    tests:\n${distinct.map(example).join('')}`;
}

/** Texts stand in double quotes, where YAML is as JSON. */
function example({ article, passages }: PublishedMatch): string {
  const text = oneLine(passages[0]?.text ?? article.title);
  const lang = article.language === 'und' ? '' : `        lang: ${JSON.stringify(oneLine(article.language))}\n`;
  return `      # ${oneLine(article.title)}\n      - no: ${JSON.stringify(text)}\n${lang}`;
}
