// What the publishers of the soak show: feeds in three formats, and pages.

export type Saying = 'troops' | 'bridge';

/** A piece of news; what it says decides which topics hold in it. */
export interface News {
  /** In the address of its page, and in each of its sentences. */
  readonly id: string;
  readonly at: Date;
  readonly says: readonly Saying[];
}

const SENTENCES: Readonly<Record<Saying, (id: string) => string>> = {
  troops: (id) => `The ministry will deploy troops to sector ${id} before the week is over.`,
  bridge: (id) => `Engineers say that the bridge was closed at marker ${id} on the coastal road.`,
};

const titleOf = ({ id }: News): string => `Report ${id} from the district office`;
const wordsOf = ({ id, says }: News): string =>
  [`Bulletin ${id} came out this morning.`, ...says.map((saying) => SENTENCES[saying](id))].join(' ');
const summaryOf = ({ id }: News): string => `Bulletin ${id}: read on at the page of the office.`;

export function documentOf(
  feed: number,
  items: readonly News[],
  origin: string,
  hasPages: boolean,
): readonly [string, string] {
  const rows = items.map((item) => ({
    id: item.id,
    title: titleOf(item),
    link: `${origin}/items/${item.id}`,
    at: item.at,
    text: hasPages ? summaryOf(item) : wordsOf(item),
  }));
  const title = `District office ${feed}`;
  if (feed % 3 === 0) {
    const entries = rows.map(
      ({ id, title, link, at, text }) =>
        `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>${link}</link><pubDate>${at.toUTCString()}</pubDate><description>${text}</description></item>`,
    );
    return [
      'application/rss+xml',
      `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>${origin}/</link><description>News</description>${entries.join('')}</channel></rss>`,
    ];
  }
  if (feed % 3 === 1) {
    const entries = rows.map(
      ({ id, title, link, at, text }) =>
        `<entry><id>urn:soak:${id}</id><title>${title}</title><link href="${link}"/><updated>${at.toISOString()}</updated><published>${at.toISOString()}</published><content type="text">${text}</content></entry>`,
    );
    return [
      'application/atom+xml',
      `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:soak:feed-${feed}</id><title>${title}</title><updated>${new Date(0).toISOString()}</updated>${entries.join('')}</feed>`,
    ];
  }
  const entries = rows.map(({ id, title, link, at, text }) => ({
    id,
    title,
    url: link,
    date_published: at.toISOString(),
    content_text: text,
  }));
  return [
    'application/feed+json',
    JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title, home_page_url: `${origin}/`, items: entries }),
  ];
}

export function pageOf(item: News): string {
  const paragraphs = [
    `The district office published its bulletin ${item.id} in the early hours, after a long meeting of its members.`,
    wordsOf(item),
    `People who live near place ${item.id} were asked to look at the notices of the office during the coming days.`,
  ];
  return `<!doctype html><html lang="en"><head><title>${titleOf(item)}</title></head><body><article><h1>${titleOf(item)}</h1>${paragraphs
    .map((text) => `<p>${text}</p>`)
    .join('')}</article></body></html>`;
}
