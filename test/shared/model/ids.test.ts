// Ids as letters, and as the digits that a feed's memory keeps of some.
import { articleIdOf, digitsOfId, ID_DIGITS, idOfDigits } from '../../../shared/model/ids.ts';

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
