// Ids as letters, and as the digits that a feed's memory keeps of some.
import { createHash } from 'node:crypto';
import {
  type ArticleId,
  articleIdOf,
  type DeliveryId,
  deliveryIdOf,
  digitsOfId,
  feedIdOf,
  hashId,
  hitDeliveryIdOf,
  ID_DIGITS,
  idOfDigits,
  type MatchId,
  matchIdOf,
  type SubscriptionId,
  splitDeliveryId,
} from '../../../shared/model/ids.ts';

const URL = 'https://news.example.org/a';

describe('an id', () => {
  it('is the beginning of the SHA-256 of its parts in base32, with a NUL between them', () => {
    const bits = [...createHash('sha256').update('ab\0c').digest()]
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('');
    const letters = Array.from({ length: 26 }, (_, at) => Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2));

    expect(hashId('ab', 'c')).toBe(letters.map((value) => 'abcdefghijklmnopqrstuvwxyz234567'[value]).join(''));
    expect(hashId('ab', 'c')).not.toBe(hashId('a', 'bc'));
  });

  it('of one kind is never that of another, and the same for the same things', () => {
    const ids = [
      feedIdOf(URL),
      articleIdOf(URL),
      articleIdOf(URL, 'item'),
      matchIdOf('topic', articleIdOf(URL)),
      hashId(URL),
    ];

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([
      hashId('feed', URL),
      hashId('article', URL),
      hashId('article', URL, 'item'),
      hashId('match', 'topic', hashId('article', URL)),
      hashId(URL),
    ]);
  });

  it('of a delivery names its match and its subscription', () => {
    const id = deliveryIdOf('match' as MatchId, 'sub' as SubscriptionId);

    expect(id).toBe('match.sub');
    expect(splitDeliveryId(id)).toEqual({ matchId: 'match', subscriptionId: 'sub' });
    expect(splitDeliveryId('m.' as DeliveryId)).toEqual({ matchId: 'm', subscriptionId: '' });
  });

  it("of a hit's delivery names its article, the revision and its subscription", () => {
    const id = hitDeliveryIdOf('article' as ArticleId, 12, 'sub' as SubscriptionId);

    expect(id).toBe('article.12.sub');
    expect(splitDeliveryId(id)).toEqual({ articleId: 'article', revision: 12, subscriptionId: 'sub' });
  });
});

describe('the digits of an id', () => {
  it.each(['a'.repeat(26), '7'.repeat(26), `b${'a'.repeat(25)}`, articleIdOf('https://news.example.org/a')])(
    'give %s back',
    (id) => {
      expect(idOfDigits(digitsOfId(id))).toBe(id);
      expect(digitsOfId(id)).toMatch(new RegExp(`^[0-9a-f]{${ID_DIGITS}}$`));
    },
  );

  it('are its bits', () => {
    expect(digitsOfId(`${'a'.repeat(24)}b7`)).toBe(`${'0'.repeat(32)}3f`);
  });
});
