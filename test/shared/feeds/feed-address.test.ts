// Under which address a feed is added, and which id it has then.
import { feedAddressOf, feedIdAt } from '../../../shared/feeds/feed-address.ts';
import { feedIdOf } from '../../../shared/model/ids.ts';

describe('the address of a feed', () => {
  it.each<[written: string, url: string, canonical: string]>([
    ['https://news.example.org/feed', 'https://news.example.org/feed', 'https://news.example.org/feed'],
    [' feed://news.example.org/feed ', 'http://news.example.org/feed', 'http://news.example.org/feed'],
    [
      ' HTTPS://News.Example.org/feed?utm_source=x ',
      'HTTPS://News.Example.org/feed?utm_source=x',
      'https://news.example.org/feed',
    ],
    ['https://me:secret@news.example.org/feed#top', 'https://news.example.org/feed', 'https://news.example.org/feed'],
  ])('%j is kept as %s, and its id follows from %s', (written, url, canonical) => {
    expect(feedAddressOf(written)).toEqual({ id: feedIdOf(canonical), url });
  });

  it.each(['', 'news', 'mailto:desk@example.org', 'ftp://news.example.org/feed'])('is none in %j', (written) => {
    expect(feedAddressOf(written)).toBeNull();
  });
});

it('the id of a feed follows from its canonical address, and from the text itself where that is none', () => {
  expect(feedIdAt('HTTPS://News.Example.org:443/feed?fbclid=1')).toBe(feedIdOf('https://news.example.org/feed'));
  expect(feedIdAt('news')).toBe(feedIdOf('news'));
});
