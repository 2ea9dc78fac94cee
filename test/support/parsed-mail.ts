// A mail as a mail program sees it.
import { parseHTML } from 'linkedom';
import type { Mail } from '../../shared/model/alert.ts';

export type Html = Pick<Mail, 'html'>;

/** The only elements a mail of ours is made of. */
const OUR_ELEMENTS = new Set(
  'html head meta title style body div table tbody tr td blockquote mark p a b span br ul li h2'.split(' '),
);

export const parsed = ({ html }: Html) => parseHTML(html).document;

export const textsIn = (mail: Html, selector: string): string[] =>
  [...parsed(mail).querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');

/** What stands in the body, without the preview that no reader sees there. */
export function shownIn(mail: Html): string {
  const document = parsed(mail);
  for (const hidden of document.querySelectorAll('body > div')) hidden.remove();
  return (document.body.textContent ?? '').replace(/\s+/g, ' ');
}

/** What a list of mails shows after the subject. */
export const previewOf = (mail: Html): string => textsIn(mail, 'body > div').join();

export const linksIn = (mail: Html): Record<string, string> =>
  Object.fromEntries(
    [...parsed(mail).querySelectorAll('a')].map((link) => [link.textContent ?? '', link.getAttribute('href') ?? '']),
  );

/** Elements, attributes and addresses that a mail must not have; empty when all is well. */
export function foreignParts(mail: Html): string[] {
  return [...parsed(mail).querySelectorAll('*')].flatMap((element) => {
    const name = element.tagName.toLowerCase();
    const attributes = [...element.attributes].flatMap((attribute) => {
      if (/^on|^src|^background$|^srcset$/.test(attribute.name)) return [`${name} ${attribute.name}`];
      return attribute.name === 'href' && !/^https?:\/\//.test(attribute.value) ? [`${name} ${attribute.value}`] : [];
    });
    return OUR_ELEMENTS.has(name) ? attributes : [name, ...attributes];
  });
}
