import Parser from 'rss-parser';
import { FetchFailedError } from '../errors.ts';
import type { ParsedFeed } from '../model/item.ts';

export async function readFeed({
  body,
  url,
}: {
  body: Uint8Array;
  contentType?: string;
  url: string;
}): Promise<ParsedFeed> {
  const parser = new Parser({ defaultRSS: 2 });
  const parsed = await parser.parseString(new TextDecoder().decode(body)).catch((cause: unknown) => {
    throw new FetchFailedError('not_a_feed', url, `${url} holds no feed`, { cause });
  });
  const text = (value: unknown): string | null =>
    typeof value === 'string' && value.trim() !== '' ? value.replace(/<[^>]*>/g, ' ').trim() : null;
  const instant = (value: unknown): string | null => {
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(time) ? null : new Date(time).toISOString();
  };
  return {
    feed: {
      title: text(parsed.title),
      link: parsed.link ?? null,
      description: null,
      language: null,
      ttlMinutes: null,
      skipHours: [],
      format: 'rss',
    },
    items: parsed.items.map((item) => ({
      id: item.guid ?? null,
      title: text(item.title),
      url: item.link ?? null,
      published: instant(item.isoDate ?? item.pubDate),
      updated: null,
      summary: text(item.contentSnippet),
      content: text(item['content:encoded'] ?? item.content),
      authors: [],
      categories: [],
      language: null,
    })),
    notes: [],
  };
}
