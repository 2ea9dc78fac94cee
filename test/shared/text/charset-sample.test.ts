import { sampleOf } from '../../../shared/text/charset-sample.ts';
import { encode } from '../feeds/reading/legacy-encodings.ts';

const words = (text: string): string =>
  Buffer.from(sampleOf(encode(text, 'windows-1252')).words)
    .toString('latin1')
    .trimEnd();

describe('the sample of a document', () => {
  it('has the words with letters beyond ASCII, with their digits', () => {
    expect(words('<p>Un café à 2£ et 12½ km²</p>')).toBe('café à 2£ 12½ km²');
  });

  it('has a word that comes again once', () => {
    expect(words('été, été! L’été')).toBe('été L\x92été');
  });

  it('has no more than twenty ASCII letters of what stands before', () => {
    expect(words(`${'x'.repeat(30)}é`)).toBe(`${'x'.repeat(20)}é`);
  });

  it('counts bytes beyond ASCII', () => {
    expect(sampleOf(encode('été été là', 'windows-1252')).highBytes).toBe(3);
  });

  it('stops at 4,000 bytes, within a word if need be', () => {
    const numbered = Array.from({ length: 2_000 }, (_, index) => `é${index}`).join(' ');

    expect(sampleOf(encode(numbered, 'windows-1252')).words).toHaveLength(4_000);
    expect(sampleOf(encode('é'.repeat(5_000), 'windows-1252'))).toMatchObject({ highBytes: 4_000 });
  });

  it.each([
    ['<channel><language>fr-FR</language>', 'fr'],
    ['<dc:language> PL </dc:language>', 'pl'],
    ['<language><![CDATA[tr]]></language>', 'tr'],
    ['<feed xmlns="x" xml:lang="cs">', 'cs'],
    ['<html class="no-js" lang=ru>', 'ru'],
    ['<html lang="uk-UA">', 'uk'],
    ['<html><p lang="de">', null],
    ['<title>news</title>', null],
  ])('knows the language of %s', (start, language) => {
    expect(sampleOf(Buffer.from(start)).stated).toBe(language);
  });
});
