// How far labels are believed, and what is noted where they are not.
import { decoderFor } from '../../../shared/text/charset.ts';
import { type Claim, decodeLabelled, quoted } from '../../../shared/text/decode-labelled.ts';
import { bytes } from '../../support/bytes.ts';
import { encode } from '../feeds/reading/legacy-encodings.ts';

const claim = (label: string, source = 'the Content-Type'): Claim => ({ source, label, decoder: decoderFor(label)! });
const GERMAN = 'Die Brücke über den Fluß ist für Fußgänger gesperrt, die Züge fahren später.';
const RUSSIAN = 'Мост через реку закрыт для пешеходов, поезда приходят позже.';
/** "ニュース" in JIS. */
const JAPANESE = [0x1b, 0x24, 0x42, 0x25, 0x4b, 0x25, 0x65, 0x21, 0x3c, 0x25, 0x39, 0x1b, 0x28, 0x42];

describe('bytes', () => {
  it.each<
    [what: string, body: Uint8Array, claims: readonly Claim[], text: string, encoding: string, notes: readonly string[]]
  >([
    ['in UTF-8 without a label', bytes('Grüße'), [], 'Grüße', 'utf-8', []],
    ['in UTF-8 as labelled', bytes('Grüße'), [claim('UTF-8')], 'Grüße', 'utf-8', []],
    [
      'in UTF-8 with another label',
      bytes('Grüße, Äpfel, Öl, Käse, Fuß'),
      [claim('windows-1252')],
      'Grüße, Äpfel, Öl, Käse, Fuß',
      'utf-8',
      ['the Content-Type says windows-1252, but the text is utf-8'],
    ],
    ['valid as UTF-8 by chance', encode('一小时十一', 'gbk'), [claim('gbk')], '一小时十一', 'gbk', []],
    [
      'valid as UTF-8, of too many characters for chance',
      encode('十一小时十一', 'gbk'),
      [claim('gbk')],
      new TextDecoder().decode(encode('十一小时十一', 'gbk')),
      'utf-8',
      ['the Content-Type says gbk, but the text is utf-8'],
    ],
    ['in ASCII without a label', bytes('plain'), [], 'plain', 'utf-8', []],
    ['in ASCII, with the label that it has', bytes('plain'), [claim('koi8-r')], 'plain', 'koi8-r', []],
    ['in ASCII behind a byte order mark', bytes([0xef, 0xbb, 0xbf], 'plain'), [claim('koi8-r')], 'plain', 'koi8-r', []],
    ['in Japanese of mails as labelled', bytes(JAPANESE), [claim('iso-2022-jp')], 'ニュース', 'iso-2022-jp', []],
    [
      'in Japanese of mails without its label',
      bytes('x ', JAPANESE),
      [claim('utf-8')],
      'x ニュース',
      'iso-2022-jp',
      ['the encoding was recognised: iso-2022-jp'],
    ],
    ['as labelled', encode(GERMAN, 'windows-1252'), [claim('iso-8859-1')], GERMAN, 'windows-1252', []],
    [
      'that are not what the first label says',
      encode(RUSSIAN, 'koi8-r'),
      [claim('utf-8'), claim('koi8-r', 'the XML declaration')],
      RUSSIAN,
      'koi8-r',
      ['the Content-Type says utf-8, but the text is not'],
    ],
    [
      'that read badly as labelled',
      encode(RUSSIAN, 'windows-1251'),
      [claim('iso-8859-1')],
      RUSSIAN,
      'windows-1251',
      [
        'the Content-Type says iso-8859-1, but the text reads as windows-1251',
        'the encoding was recognised: windows-1251',
      ],
    ],
    [
      'without a label, of a few letters',
      encode('é ', 'windows-1252'),
      [],
      'é ',
      'windows-1252',
      ['the encoding was guessed: windows-1252'],
    ],
    [
      'in UTF-8 with a broken one',
      bytes(GERMAN, [0xff], 'x'),
      [claim('utf-8')],
      `${GERMAN}\ufffdx`,
      'utf-8',
      ['bytes that are not utf-8 were replaced'],
    ],
    [
      'in UTF-8 with a broken one, without a label',
      bytes(GERMAN, RUSSIAN, [0xff], 'x'),
      [],
      `${GERMAN}${RUSSIAN}\ufffdx`,
      'utf-8',
      ['bytes that are not utf-8 were replaced'],
    ],
    ['in UTF-8 whose last character is cut off', bytes('Grüße', [0xe2, 0x80]), [], 'Grüße', 'utf-8', []],
    ['of which there are none', bytes(), [], '', 'utf-8', []],
  ])('%s', (_what, body, claims, text, encoding, notes) => {
    expect(decodeLabelled(body, claims)).toEqual({ text, encoding, notes });
  });

  it.each([
    ['as many stray bytes as characters', 2, 'utf-8'],
    ['more stray bytes than characters', 3, 'windows-1252'],
  ])('labelled UTF-8 with %s', (_what, stray, encoding) => {
    const body = bytes('é é ', ...Array.from({ length: stray }, () => [0xe9, 0x20]));

    expect(decodeLabelled(body, [claim('utf-8')]).encoding).toBe(encoding);
  });
});

it('what was noted before comes first, and the list that was given stays as it was', () => {
  const earlier = ['the byte order mark says x, but the text is not'];

  const { notes } = decodeLabelled(encode('é ', 'windows-1252'), [], earlier);

  expect(notes).toEqual([earlier[0], 'the encoding was guessed: windows-1252']);
  expect(decodeLabelled(bytes(GERMAN, [0xff]), [claim('utf-8')], earlier).notes).toEqual([
    earlier[0],
    'bytes that are not utf-8 were replaced',
  ]);
  expect(earlier).toHaveLength(1);
});

it('a label is quoted up to forty characters', () => {
  expect(quoted('x'.repeat(40))).toBe('x'.repeat(40));
  expect(quoted('x'.repeat(41))).toBe(`${'x'.repeat(40)}…`);
});
