// What expressions ask of a document itself: its source, language, address, authors, country and categories.
import type { MatchableDocument } from '../../model/article.ts';
import type { DescriptionField } from '../../query/syntax.ts';
import { foldWord } from '../../text/fold.ts';
import { tokenize } from '../../text/tokenize.ts';

/** True when the document is as described; a document that lacks the field is not. */
export function isDescribedAs(
  document: MatchableDocument,
  languages: readonly string[],
  field: DescriptionField,
  value: string,
): boolean {
  switch (field) {
    case 'lang':
      return languages[0] === value.toLowerCase();
    case 'url':
      return (document.url ?? '').toLowerCase().includes(value.toLowerCase());
    case 'author':
      return (document.authors ?? []).some((author) => holdsWords(author, value));
    case 'category':
      return (document.categories ?? []).some((category) => holdsWords(category, value));
    case 'source':
      return (
        hostsOf(document).some((host) => isHostOrBelow(host, value.toLowerCase())) ||
        holdsWords(nameOf(document), value)
      );
    case 'country':
      return hostsOf(document).some((host) => countryOfHost(host) === countryCode(value));
  }
}

function nameOf({ source }: MatchableDocument): string {
  return typeof source === 'string' ? source : (source?.title ?? '');
}

function hostsOf({ source, url }: MatchableDocument): string[] {
  const host = typeof source === 'object' ? source.host : (source ?? '');
  const fromUrl = /^[a-z][a-z0-9+.-]*:\/\/([^/?#:@]+)/i.exec(url ?? '')?.[1] ?? '';
  return [host, fromUrl].map((each) => each.toLowerCase().replace(/^www\./, '')).filter((each) => each.includes('.'));
}

/** `example.org` describes example.org and news.example.org, not myexample.org. */
function isHostOrBelow(host: string, value: string): boolean {
  const domain = value.replace(/^www\./, '');
  return domain.includes('.') && (host === domain || host.endsWith(`.${domain}`));
}

/** Two letters of the host's country domain; `gb` and `uk` are the same. */
function countryOfHost(host: string): string | null {
  const last = host.slice(host.lastIndexOf('.') + 1);
  return last.length === 2 ? countryCode(last) : null;
}

const countryCode = (value: string): string => (value.toLowerCase() === 'uk' ? 'gb' : value.toLowerCase());

/** The value's words stand side by side in the text; case, width and diacritics aside. */
function holdsWords(text: string, value: string): boolean {
  const wanted = foldedWords(value);
  const words = foldedWords(text);
  if (wanted.length === 0) return false;
  return words.some((_, at) => wanted.every((word, index) => words[at + index] === word));
}

function foldedWords(text: string): string[] {
  const { count, starts, ends } = tokenize(text);
  return Array.from({ length: count }, (_, index) => foldWord(text.slice(starts[index], ends[index])));
}
