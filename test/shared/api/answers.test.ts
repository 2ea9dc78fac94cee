// Answers and pages, as all handlers make them.
import {
  ACCEPTED,
  created,
  existing,
  NO_CONTENT,
  ok,
  onePage,
  pageAsked,
  pageOfList,
  shownPage,
} from '../../../shared/api/answers.ts';
import { NotFoundError } from '../../../shared/core/errors.ts';

describe('what a handler answers', () => {
  it('has the status of what was done', () => {
    expect([ok(1), created(true, 2), created(false, 3), ACCEPTED, NO_CONTENT]).toEqual([
      { status: 200, body: 1 },
      { status: 201, body: 2 },
      { status: 200, body: 3 },
      { status: 202 },
      { status: 204 },
    ]);
  });

  it('is what exists', () => {
    expect(existing('thing', 'feed', 'a')).toBe('thing');
    expect(() => existing(null, 'feed', 'a\n')).toThrow(new NotFoundError('feed "a\\n"'));
  });

  it('is a page of fifty from the beginning, unless the query says otherwise', () => {
    expect(pageAsked({})).toEqual({ limit: 50, cursor: null });
    expect(pageAsked({ limit: 3, cursor: 'x' })).toEqual({ limit: 3, cursor: 'x' });
    expect(shownPage({ items: [1, 2], cursor: 'x' }, (item) => item * 2)).toEqual({ items: [2, 4], cursor: 'x' });
    expect(onePage([1])).toEqual({ items: [1], cursor: null });
  });

  it('is a page of a list, by id, with the last one for a cursor until the end', () => {
    const list = ['b', 'd', 'a', 'c'].map((id) => ({ id }));
    const page = (limit: number, cursor: string | null) => {
      const { items, cursor: next } = pageOfList(list, { limit, cursor });
      return [items.map(({ id }) => id).join(''), next];
    };

    expect(page(2, null)).toEqual(['ab', 'b']);
    expect(page(2, 'b')).toEqual(['cd', null]);
    expect(page(3, null)).toEqual(['abc', 'c']);
    expect(page(4, null)).toEqual(['abcd', null]);
    expect(page(2, 'd')).toEqual(['', null]);
    expect(() => page(2, 'x')).toThrow('cursor "x" is not one of this list');
    expect(pageOfList([], { limit: 2, cursor: null })).toEqual({ items: [], cursor: null });
    expect(list.map(({ id }) => id).join('')).toBe('bdac');
  });
});
