// The starter feeds: that they can be imported as they stand, and keep what they promise. Their addresses are not tried here.
import { readFileSync } from 'node:fs';
import { parseOpml, writeOpml } from '../../shared/feeds/opml.ts';
import { canonicalUrl } from '../../shared/net/canonical-url.ts';

const text = readFileSync(new URL('../../config/feeds.opml', import.meta.url), 'utf8');
const { feeds, problems } = parseOpml(text);
const rows = text.match(/<outline type="rss"[^>]*>/g) ?? [];
const attribute = (row: string, name: string): string => new RegExp(` ${name}="([^"]*)"`).exec(row)?.[1] ?? '';

describe('the starter feeds', () => {
  it('are at least 60, and every row is read without a problem', () => {
    expect(problems).toEqual([]);
    expect(feeds.length).toBeGreaterThanOrEqual(60);
    expect(feeds).toHaveLength(rows.length);
  });

  it('stand in the file once each', () => {
    expect(new Set(feeds.map(({ url }) => canonicalUrl(url))).size).toBe(feeds.length);
    expect(new Set(feeds.map(({ title, folder }) => `${folder}/${title}`)).size).toBe(feeds.length);
  });

  it('have a name, a folder, a web site and a language tag', () => {
    for (const { title, folder } of feeds)
      expect({ title, folder: folder !== '' && title !== '' }).toEqual({ title, folder: true });
    for (const row of rows) {
      expect(attribute(row, 'htmlUrl')).toMatch(/^https?:\/\/\S+$/);
      expect(Intl.getCanonicalLocales(attribute(row, 'language'))).toEqual([attribute(row, 'language')]);
    }
  });

  it('are asked over https, but for publishers that are known by http', () => {
    const insecure = feeds.filter(({ url }) => !url.startsWith('https://')).map(({ url }) => new URL(url).hostname);
    expect(insecure).toEqual(['kremlin.ru']);
  });

  it('come in many languages, from many kinds of publishers and regions', () => {
    const languages = new Set(feeds.map(({ language }) => language));
    for (const language of ['en', 'fr', 'de', 'es', 'ru', 'uk', 'ar', 'zh', 'ja', 'ko', 'pt', 'it', 'tr', 'pl']) {
      expect([...languages]).toContain(language);
    }
    expect(new Set(feeds.map(({ folder }) => folder)).size).toBeGreaterThanOrEqual(5);
    for (const kind of ['International bodies', 'Governments', 'Agencies', 'Press', 'Think tanks']) {
      expect(feeds.some(({ folder }) => folder.split('/')[0] === kind) ? kind : `no ${kind}`).toBe(kind);
    }
  });

  it('say of each address that it was not tried', () => {
    expect(rows.filter((row) => attribute(row, 'tocsin:tried') !== 'no')).toEqual([]);
  });

  it('survive being written and read again', () => {
    expect(parseOpml(writeOpml(feeds)).feeds).toEqual(feeds);
  });
});
