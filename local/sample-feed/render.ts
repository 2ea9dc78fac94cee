// The sample feed as RSS 2.0 with full text, as a publisher would write it.
import { escapeHtml } from '../../shared/alerts/html.ts';
import { SAMPLE_OUTLETS, type SampleItem, type SampleOutlet } from './items.ts';

export interface PublishedSample extends SampleItem {
  /** RFC 3339. */
  readonly publishedAt: string;
}

/** Newest first. `site` is the address without a slash at its end. */
export function renderSampleFeed(items: readonly PublishedSample[], site: string, outlet: SampleOutlet): string {
  const entries = [...items]
    .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))
    .map(
      (item) => `
    <item>
      <guid isPermaLink="false">sample-${item.slug}</guid>
      <title>${escapeHtml(item.title)}</title>
      <link>${escapeHtml(`${site}/sample/${item.slug}`)}</link>
      <pubDate>${new Date(item.publishedAt).toUTCString()}</pubDate>
      <dc:language>${item.language}</dc:language>
      <description>${escapeHtml(item.paragraphs[0] ?? '')}</description>
      <content:encoded>${escapeHtml(bodyOf(item))}</content:encoded>
    </item>`,
    );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>${escapeHtml(SAMPLE_OUTLETS[outlet])}</title>
    <link>${escapeHtml(`${site}/sample`)}</link>
    <description>Invented news, for trying Tocsin out</description>${entries.join('')}
  </channel>
</rss>
`;
}

/** The page of an item, so that the links of alerts lead somewhere. */
export const renderSamplePage = (item: SampleItem): string =>
  `<!doctype html><html lang="${item.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(item.title)}</title><style>:root{color-scheme:light dark}body{font:1.05rem/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1.25rem}footer{opacity:.7}</style></head><body><article><h1>${escapeHtml(item.title)}</h1>${bodyOf(item)}</article><footer><p>Invented news of Tocsin's sample feeds.</p></footer></body></html>`;

const bodyOf = (item: SampleItem): string => item.paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n');
