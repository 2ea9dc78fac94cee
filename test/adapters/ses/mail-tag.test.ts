import { mailIdOfTag, TAG, tagOf } from '../../../adapters/ses/mail-tag.ts';

it('the tag has a name that SES allows', () => {
  expect(TAG).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
});

it.each(['a', 'article.1.reader', 'digest-1.600.daily', 'x'.repeat(256)])(
  '%s has a tag, which leads back to it',
  (id) => {
    const tag = tagOf(id);

    expect(tag).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
    expect(mailIdOfTag(tag ?? '')).toBe(id);
  },
);

it.each(['', 'a_b', 'ä', 'a b', 'x'.repeat(257)])('%j has none: it could not be told from another', (id) => {
  expect(tagOf(id)).toBeNull();
});
