import { decodePage } from '../../../shared/text/decode-page.ts';
import { bytes } from '../../support/bytes.ts';

/** "Новости" in windows-1251. */
const RUSSIAN = [0xcd, 0xee, 0xe2, 0xee, 0xf1, 0xf2, 0xe8];
/** "Новости из порта" in windows-1251. */
const NEWS_FROM_THE_PORT = [...RUSSIAN, 0x20, 0xe8, 0xe7, 0x20, 0xef, 0xee, 0xf0, 0xf2, 0xe0];
/** "뉴스" in EUC-KR. */
const KOREAN = [0xb4, 0xba, 0xbd, 0xba];

describe('the text of a page', () => {
  it.each<[what: string, body: Uint8Array, contentType: string | undefined, text: string]>([
    ['is UTF-8 where nobody says otherwise', bytes('Grüße'), undefined, 'Grüße'],
    ['is windows-1252 where it is no UTF-8', bytes([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x80]), 'text/html', 'Grüße€'],
    ['follows the header', bytes(RUSSIAN), 'text/html; charset=windows-1251', 'Новости'],
    ['follows a header with a comma', bytes(RUSSIAN), 'text/html, charset=windows-1251', 'Новости'],
    ['follows a header with a space', bytes(RUSSIAN), 'text/html charset=windows-1251', 'Новости'],
    ['follows the first of two headers in one', bytes(RUSSIAN), 'text/html;charset=windows-1251,text/html', 'Новости'],
    ['follows the header where a few letters could be anything', bytes([0xe1]), 'text/html; charset=iso-8859-7', 'α'],
    [
      'follows its meta element where a few letters could be anything',
      bytes('<meta charset=iso-8859-7>', [0xe1]),
      undefined,
      '<meta charset=iso-8859-7>α',
    ],
    ['follows a quoted header', bytes(KOREAN), 'text/html; Charset="EUC-KR"', '뉴스'],
    [
      'follows its meta element',
      bytes('<meta charset=windows-1251>', RUSSIAN),
      'text/html',
      '<meta charset=windows-1251>Новости',
    ],
    [
      'follows the old meta element',
      bytes('<META http-equiv="Content-Type" content="text/html; charset=euc-kr">', KOREAN),
      undefined,
      '<META http-equiv="Content-Type" content="text/html; charset=euc-kr">뉴스',
    ],
    [
      'does not follow a meta element in a comment',
      bytes('<!-- <meta charset=euc-kr> -->Grüße'),
      undefined,
      '<!-- <meta charset=euc-kr> -->Grüße',
    ],
    [
      'believes the header before the meta element',
      bytes('<meta charset=euc-kr>ü'),
      'text/html;charset=utf-8',
      '<meta charset=euc-kr>ü',
    ],
    [
      'believes its byte order mark before all',
      bytes([0xff, 0xfe, 0x41, 0], [0x42, 0]),
      'text/html;charset=euc-kr',
      'AB',
    ],
    ['loses its byte order mark', bytes([0xef, 0xbb, 0xbf], 'A'), undefined, 'A'],
    ['passes over an unknown label', bytes('Grüße'), 'text/html; charset=klingon', 'Grüße'],
    [
      'is not UTF-16 when a meta element could be read',
      bytes('<meta charset=utf-16>ü'),
      undefined,
      '<meta charset=utf-16>ü',
    ],
    ['has U+FFFD for what is broken', bytes('Grüße A', [0xff], 'B'), 'text/html; charset=utf-8', 'Grüße A\uFFFDB'],
    ['is UTF-8 though the header says otherwise', bytes('Grüße'), 'text/html; charset=iso-8859-1', 'Grüße'],
    [
      'is not what the header says when it cannot be read so',
      bytes('<html lang="ru">', NEWS_FROM_THE_PORT),
      'text/html; charset=utf-8',
      '<html lang="ru">Новости из порта',
    ],
    [
      'is in its own language when the header is a default',
      bytes('<html lang="ru"><meta charset="windows-1251">', NEWS_FROM_THE_PORT),
      'text/html; charset=iso-8859-1',
      '<html lang="ru"><meta charset="windows-1251">Новости из порта',
    ],
    ['may be empty', bytes(), undefined, ''],
  ])('%s', (_what, body, contentType, text) => {
    expect(decodePage(body, contentType)).toBe(text);
  });

  it('follows a meta element within the first 1,024 bytes, as browsers do', () => {
    const page = (before: number) => {
      const meta = '<meta charset=iso-8859-7>';
      return decodePage(bytes(' '.repeat(before - meta.length), meta, [0xe1], ' '), undefined).at(-2);
    };

    expect([page(1_024), page(1_026)]).toEqual(['α', 'á']);
  });
});
