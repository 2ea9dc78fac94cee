import { documentOf } from '../../cli/documents/json-lines.ts';

describe('a line with a document', () => {
  it('may name authors and categories', () => {
    const line = { id: 1, title: 'Ferry late', authors: ['North desk'], categories: ['Ships', 'Tides'] };

    expect(documentOf(line)).toMatchObject({
      id: 1,
      document: { authors: ['North desk'], categories: ['Ships', 'Tides'] },
    });
  });

  it('may leave them out', () => {
    expect(documentOf({ id: 1, title: 'Ferry late', authors: null })).toMatchObject({
      document: { authors: undefined, categories: undefined },
    });
  });

  it.each(['authors', 'categories'])('is invalid where its %s are not a list of texts', (name) => {
    expect(documentOf({ id: 1, title: 'Ferry late', [name]: 'Ships' })).toEqual({
      problem: `${name} must be a list of texts`,
    });
    expect(documentOf({ id: 1, title: 'Ferry late', [name]: [1] })).toEqual({
      problem: `${name} must be a list of texts`,
    });
  });
});
