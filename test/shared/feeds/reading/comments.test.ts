import { Comments } from '../../../../shared/feeds/reading/comments.ts';

/** What follows the first comment; null when that has no end. */
function behind(text: string): string | null {
  const end = new Comments(text).endOf(text.indexOf('<!--'));
  return end === null ? null : text.slice(end);
}

describe('a comment', () => {
  it.each([
    ['<!-- a -->rest', 'rest'],
    ['x<!---->rest', 'rest'],
    ['<!-- a -- b -->rest', 'rest'],
    ['<!-- a --><!-- b -->', '<!-- b -->'],
    ['<!-- <item>a</item> -->rest', 'rest'],
    ['<!-- <item/> <x:item a="b"></x:item> <items> -->rest', 'rest'],
    ['<!-- a <!-- b --> c -->rest', 'rest'],
    ['<!-- 1 <!-- 2 <!-- 3 --> --> -->rest', 'rest'],
  ])('is closed in %s', (text, rest) => {
    expect(behind(text)).toBe(rest);
  });

  it.each([
    ['<!-- a'],
    ['<!-- a <!-- b -->'],
    ['<!-- </item> -->'],
    ['<!-- <item>a --> b'],
    ['<!-- </entry><entry> -->'],
    ['<!-- a </channel> -->'],
    ['<!--> b'],
    ['<!-- 1 <!-- 2 <!-- 3 <!-- 4 --> --> --> --> too deep'],
  ])('is not closed in %s', (text) => {
    expect(behind(text)).toBeNull();
  });

  it('is found behind others, also when one before is asked for again', () => {
    const text = '<!-- a --> <!-- b --> c';
    const comments = new Comments(text);

    expect([comments.endOf(0), comments.endOf(11), comments.endOf(0)]).toEqual([10, 21, 10]);
  });
});
