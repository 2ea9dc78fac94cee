import { decodeBytes } from '../../../../shared/feeds/reading/decode-bytes.ts';
import { decodeKorean } from '../../../../shared/text/decode-korean.ts';
import { encode } from './legacy-encodings.ts';
import * as news from './news-texts.ts';

const RUSSIAN = news.RUSSIAN[0]?.body as string;
const KOREAN = news.KOREAN[0]?.body as string;
const FRENCH = news.WESTERN[0]?.body.replaceAll('’', "'") as string;

const rss = (text: string, declared?: string): string =>
  `<?xml version="1.0"${declared === undefined ? '' : ` encoding="${declared}"`}?><rss><title>${text}</title></rss>`;

/** As publishers label them: fifteen encodings of feeds that are still met. */
const LABELLED: readonly (readonly [label: string, encoding: string, text: string])[] = [
  ['EUC-KR', 'euc-kr', KOREAN],
  ['ks_c_5601-1987', 'euc-kr', '똠방각하와 펲시'],
  ['EUC-JP', 'euc-jp', news.JAPANESE[0]?.body as string],
  ['Shift_JIS', 'shift_jis', news.JAPANESE[1]?.body as string],
  ['Big5', 'big5', news.TRADITIONAL[0]?.body as string],
  ['GB2312', 'gbk', news.SIMPLIFIED[0]?.body as string],
  ['GBK', 'gbk', news.SIMPLIFIED[1]?.body as string],
  ['gb18030', 'gb18030', news.SIMPLIFIED[2]?.body as string],
  ['KOI8-R', 'koi8-r', RUSSIAN],
  ['koi8-u', 'koi8-u', news.UKRAINIAN[0]?.body as string],
  ['windows-1251', 'windows-1251', RUSSIAN],
  ['cp1252', 'windows-1252', FRENCH],
  ['ISO-8859-1', 'windows-1252', FRENCH],
  ['ISO-8859-15', 'iso-8859-15', `${FRENCH} €`],
  ['windows-1250', 'windows-1250', news.CENTRAL_EUROPEAN[0]?.body as string],
  ['ISO-8859-2', 'iso-8859-2', news.CENTRAL_EUROPEAN[1]?.body as string],
  ['windows-1254', 'windows-1254', news.TURKISH[0]?.body as string],
  ['ISO-8859-9', 'windows-1254', news.TURKISH[1]?.body as string],
  ['ISO-8859-7', 'iso-8859-7', news.GREEK[0]?.body as string],
  ['windows-1256', 'windows-1256', news.ARABIC[0]?.body as string],
  ['windows_1251', 'windows-1251', RUSSIAN],
  ['MacRoman', 'macintosh', 'Straße über die Höhe'],
  ['IBM850', 'ibm850', 'Straße über die Höhe, Øresund'],
  ['cp852', 'ibm852', 'Žluťoučký kůň a łódź'],
  ['cp737', 'ibm737', 'Ελληνικά νέα'],
  ['437', 'ibm437', 'Señor Núñez, ½ £'],
  ['UTF-8', 'utf-8', KOREAN],
];

describe('a label that is right is followed', () => {
  it.each(LABELLED)('%s in the XML declaration', (label, encoding, text) => {
    const document = rss(text, label);
    expect(decodeBytes(encode(document, encoding))).toEqual({ text: document, encoding, notes: [] });
  });

  it.each(LABELLED)('%s in the Content-Type', (label, encoding, text) => {
    const document = rss(text);
    const contentType = `text/xml; charset="${label}"`;
    expect(decodeBytes(encode(document, encoding), contentType)).toEqual({ text: document, encoding, notes: [] });
  });

  it('text/xml without a charset is not ASCII', () => {
    expect(decodeBytes(Buffer.from(rss(RUSSIAN)), 'text/xml').text).toBe(rss(RUSSIAN));
  });

  it('the Content-Type before the XML declaration, where the bytes allow both', () => {
    const document = rss('Été à Orléans', 'windows-1250');
    expect(decodeBytes(encode(document, 'windows-1252'), 'application/xml; charset=iso-8859-1').text).toBe(document);
  });
});

describe('UTF-16 and UTF-32', () => {
  const WIDE = ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'];

  it.each(WIDE)('%s is read by its mark', (encoding) => {
    expect(decodeBytes(encode(`\ufeff${rss(KOREAN)}`, encoding))).toEqual({ text: rss(KOREAN), encoding, notes: [] });
  });

  it.each(WIDE)('%s is read without a mark, whatever the labels say', (encoding) => {
    const document = rss(`${KOREAN} 😀`, 'utf-8');
    const { text, notes } = decodeBytes(encode(document, encoding), 'text/xml; charset=iso-8859-1');
    expect(text).toBe(document);
    expect(notes).toEqual([
      `the Content-Type says iso-8859-1, but the text is ${encoding}`,
      `the XML declaration says utf-8, but the text is ${encoding}`,
    ]);
  });

  it.each(['UTF-16', 'utf-32'])('a text that is not in %s says so in vain', (label) => {
    const document = rss(RUSSIAN, label);
    expect(decodeBytes(Buffer.from(document))).toEqual({
      text: document,
      encoding: 'utf-8',
      notes: [`the XML declaration says ${label}, but the text is in single bytes`],
    });
  });

  it('has U+FFFD for anything but a character', () => {
    const bytes = Uint8Array.of(0, 0, 0xfe, 0xff, 0, 0, 0, 0x41, 0, 0x11, 0, 0, 0, 0, 0xd8, 0, 0, 0);
    expect(decodeBytes(bytes).text).toBe('A\ufffd\ufffd\ufffd');
  });
});

describe('a label that the bytes contradict is overruled', () => {
  it.each([
    ['utf-8', 'euc-kr', KOREAN],
    ['utf-8', 'windows-1252', FRENCH],
    ['iso-8859-1', 'euc-kr', KOREAN],
    ['iso-8859-1', 'windows-1251', RUSSIAN],
    ['iso-8859-1', 'koi8-r', RUSSIAN],
    ['windows-1251', 'koi8-r', RUSSIAN],
    ['gb2312', 'big5', news.TRADITIONAL[1]?.body as string],
    ['gb2312', 'euc-kr', KOREAN],
    ['euc-jp', 'shift_jis', news.JAPANESE[2]?.body as string],
  ])('%s for what is %s', (label, encoding, text) => {
    const result = decodeBytes(encode(rss(text), encoding), `text/xml; charset=${label}`);
    expect(result.text).toBe(rss(text));
    expect(result.notes.join()).toMatch(new RegExp(`the Content-Type says ${label}.*recognised: ${encoding}`));
  });

  it('in doubt by the language that the feed states', () => {
    const feed = (language: string): string =>
      `<?xml version="1.0" encoding="iso-8859-1"?><rss><channel><language>${language}</language><title>Çarşamba: kış güneşi ılık</title></channel></rss>`;
    expect(decodeBytes(encode(feed('tr'), 'windows-1254')).text).toBe(feed('tr'));
    expect(decodeBytes(encode(feed('en'), 'windows-1254')).encoding).toBe('windows-1252');
  });

  it.each(['gb2312', 'gbk', 'big5', 'shift_jis', 'euc-jp', 'euc-kr', 'iso-8859-1', 'windows-1251', 'koi8-r'])(
    '%s for what has one curly quote of UTF-8',
    (label) => {
      const document = rss('The council’s plan', label);

      expect(decodeBytes(Buffer.from(document)).text).toBe(document);
    },
  );

  it('but two characters of Chinese may be valid UTF-8 by chance', () => {
    const document = rss('联通', 'gb2312');
    const body = encode(document, 'gbk');
    const inGreek = encode(rss('一', 'gb2312'), 'gbk');

    expect(decodeBytes(body).text).toBe(document);
    expect(decodeBytes(inGreek).text).toBe(rss('一', 'gb2312'));
  });

  it.each(['iso-8859-1', 'windows-1251', 'us-ascii', 'gb2312', 'shift_jis'])('%s for what is UTF-8', (label) => {
    expect(decodeBytes(Buffer.from(rss(KOREAN)), `text/xml; charset=${label}`)).toEqual({
      text: rss(KOREAN),
      encoding: 'utf-8',
      notes: [`the Content-Type says ${label}, but the text is utf-8`],
    });
  });

  it('a UTF-8 mark before what is not UTF-8', () => {
    const body = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), encode(rss(RUSSIAN), 'windows-1251')]);
    expect(decodeBytes(body).text).toContain(RUSSIAN);
  });

  it('and the next label is asked first', () => {
    const document = rss('été', 'windows-1252');
    expect(decodeBytes(encode(document, 'windows-1252'), 'text/xml; charset=utf-8')).toEqual({
      text: document,
      encoding: 'windows-1252',
      notes: ['the Content-Type says utf-8, but the text is not'],
    });
  });
});

describe('a label that is honest is not overruled', () => {
  const feed = (titles: readonly string[], label: string, language: string): string =>
    `<?xml version="1.0" encoding="${label}"?><rss><channel><language>${language}</language>${titles.map((title) => `<title>${title}</title>`).join('')}</channel></rss>`;
  const english = (text: string): readonly string[] =>
    ['Fares rise', 'Ferry sold', 'Crane arrives', 'Pupils win', 'Raffle held', 'Market moves'].map(
      (title, index) => `${title}: ${text.replace('#', String(index + 2))}`,
    );

  it.each([
    '£#',
    '£#.4m',
    'the\u00a0pier',
    '#½',
    '# × 4',
    '±#',
    'nº #',
    '#º',
    '§ #',
    '# °C',
    '«open»',
    '€#',
    'the port’s “plan” – live',
  ])('in a Latin encoding for one sign: %s', (sign) => {
    const document = feed(english(sign), 'iso-8859-1', 'en-gb');

    const { text, notes } = decodeBytes(encode(document, 'windows-1252'));

    expect([text, notes]).toEqual([document, []]);
  });

  it.each(['ﾐｻｲﾙ', 'ﾐｻｲﾙ ﾊｯｼｬ: ﾆﾎﾝｶｲ ﾆ ﾗｯｶ ｼﾀ ﾓﾖｳ ﾃﾞｽ', 'ﾀﾞﾝﾄﾞｳﾐｻｲﾙ'])(
    'in Shift_JIS for katakana of half width: %s',
    (title) => {
      const document = feed([title], 'shift_jis', 'ja');

      const { text, notes } = decodeBytes(encode(document, 'shift_jis'));

      expect([text, notes]).toEqual([document, []]);
    },
  );

  it.each([
    ['gb2312', 'gbk'],
    ['euc-kr', 'euc-kr'],
    ['big5', 'big5'],
    ['shift_jis', 'shift_jis'],
    ['euc-jp', 'euc-jp'],
  ])('in %s for English with curly quotes', (label, encoding) => {
    const document = feed(english('the port’s “plan” no. #'), label, 'en');

    const { text, notes } = decodeBytes(encode(document, encoding));

    expect([text, notes]).toEqual([document, []]);
  });

  it.each([
    ['windows-1251', 'ru', ['РЫБАКИ ВЕРНУЛИСЬ С УЛОВОМ', 'МОСТ ЧЕРЕЗ РЕКУ ЗАКРЫЛИ', 'ЦЕНЫ ВЫРОСЛИ']],
    ['koi8-r', 'ru', ['РЫБАКИ ВЕРНУЛИСЬ С УЛОВОМ', 'МОСТ ЧЕРЕЗ РЕКУ ЗАКРЫЛИ', 'ЦЕНЫ ВЫРОСЛИ']],
    ['windows-1253', 'el', ['ΟΙ ΨΑΡΑΔΕΣ ΓΥΡΙΣΑΝ', 'ΕΚΛΕΙΣΕ Η ΓΕΦΥΡΑ', 'ΑΥΞΑΝΟΝΤΑΙ ΟΙ ΤΙΜΕΣ']],
    ['windows-1254', 'tr', ['BALIKÇILAR DÖNDÜ', 'KÖPRÜ TRAFİĞE KAPATILDI', 'FİYATLAR YÜKSELİŞTE']],
  ])('in %s for headlines in capitals (%s)', (encoding, language, titles) => {
    const document = feed(titles, encoding, language);

    const { text, notes } = decodeBytes(encode(document, encoding));

    expect([text, notes]).toEqual([document, []]);
  });

  it.each([
    ['windows-1251', 'ТАСС'],
    ['windows-1251', 'РИА НОВОСТИ'],
    ['koi8-r', 'ТАСС'],
    ['windows-1253', 'ΑΠΕ-ΜΠΕ'],
    ['windows-1254', 'İHA'],
  ])('in %s for the name of an agency in English titles: %s', (encoding, agency) => {
    const document = feed(english(`they say (${agency})`), encoding, 'en');

    const { text, notes } = decodeBytes(encode(document, encoding));

    expect([text, notes]).toEqual([document, []]);
  });
});

describe('two labels that differ', () => {
  it.each([
    ['windows-1251', 'iso-8859-1', 'windows-1251', RUSSIAN],
    ['iso-8859-1', 'windows-1251', 'windows-1251', RUSSIAN],
    ['gbk', 'euc-kr', 'euc-kr', KOREAN],
    ['windows-1250', 'iso-8859-2', 'iso-8859-2', news.CENTRAL_EUROPEAN[0]?.body as string],
    ['utf-8', 'iso-8859-2', 'iso-8859-2', news.CENTRAL_EUROPEAN[1]?.body as string],
    ['koi8-r', 'windows-1251', 'windows-1251', RUSSIAN],
  ])('the Content-Type says %s, the declaration %s: it is %s', (inHeader, inDeclaration, encoding, text) => {
    const document = rss(text, inDeclaration);

    const decoded = decodeBytes(encode(document, encoding), `text/xml; charset=${inHeader}`);

    expect(decoded.text).toBe(document);
  });

  it('are in doubt, the second is heard sooner than an encoding that neither names', () => {
    const document = rss('Muži našli šest žab', 'iso-8859-2');
    const body = encode(document, 'iso-8859-2');

    expect(decodeBytes(body, 'text/xml; charset=windows-1250').text).toBe(document);
    expect(decodeBytes(encode(rss('Muži našli šest žab', 'windows-1250'), 'iso-8859-2')).encoding).toBe('windows-1250');
  });
});

describe('labels that are not read', () => {
  it.each(['utf-7', 'klingon', 'iso-2022-kr', 'x'.repeat(50)])('%s is passed over, with a note', (label) => {
    const { text, encoding, notes } = decodeBytes(Buffer.from(rss(RUSSIAN)), `text/xml; charset=${label}`);
    expect([text, encoding]).toEqual([rss(RUSSIAN), 'utf-8']);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('the Content-Type names an encoding that is not read');
    expect(notes[0]?.length).toBeLessThan(110);
  });

  it('UTF-7 hides no markup', () => {
    expect(decodeBytes(Buffer.from('+ADw-script+AD4-'), 'text/xml; charset=utf-7').text).toBe('+ADw-script+AD4-');
  });
});

describe('damaged text', () => {
  it('keeps its encoding, with U+FFFD for what is broken', () => {
    const bytes = Buffer.from(rss(`${RUSSIAN} ? ${RUSSIAN}`));
    bytes[bytes.indexOf(' ? ') + 1] = 0xff;
    expect(decodeBytes(bytes, 'text/xml; charset=utf-8')).toEqual({
      text: rss(`${RUSSIAN} \ufffd ${RUSSIAN}`),
      encoding: 'utf-8',
      notes: ['bytes that are not utf-8 were replaced'],
    });
    expect(decodeBytes(bytes).text).toBe(rss(`${RUSSIAN} \ufffd ${RUSSIAN}`));
    for (const label of ['iso-8859-1', 'windows-1251', 'gbk']) {
      expect(decodeBytes(bytes, `text/xml; charset=${label}`).text).toBe(rss(`${RUSSIAN} \ufffd ${RUSSIAN}`));
    }
  });

  it('is UTF-8 with one byte of another encoding among few characters', () => {
    const bytes = Buffer.from(rss('Größe, schöne Grüße: it?s'));
    bytes[bytes.indexOf('t?s') + 1] = 0x92;
    expect(decodeBytes(bytes)).toMatchObject({ text: rss('Größe, schöne Grüße: it\ufffds'), encoding: 'utf-8' });
  });

  /** The first two of the three bytes of a curly quote, as a text cut at a byte count has them. */
  const CUT = [0xe2, 0x80];
  const joined = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.from(part))));

  it.each([
    ['a label', 'utf-8'],
    ['no label', undefined],
    ['another label', 'iso-8859-1'],
  ])('is UTF-8 with more cut characters than whole ones, by %s', (_what, label) => {
    const body = joined(
      '<title>They say',
      CUT,
      '</title><p>It’s so, he said, it is',
      CUT,
      '</p><p>Nothing',
      CUT,
      '</p>',
    );

    const { text, encoding } = decodeBytes(body, label === undefined ? undefined : `text/xml; charset=${label}`);

    expect(encoding).toBe('utf-8');
    expect(text).toBe('<title>They say\ufffd</title><p>It’s so, he said, it is\ufffd</p><p>Nothing\ufffd</p>');
  });

  it('is UTF-8 as labelled with as many bytes of another encoding as characters', () => {
    const body = joined('<title>Café, na', [0xef], 've</title>');

    expect(decodeBytes(body, 'text/xml; charset=utf-8').text).toBe('<title>Café, na\ufffdve</title>');
  });

  it('is not UTF-8 as labelled when other bytes outnumber its characters', () => {
    const body = joined('<title>Café, na', [0xef], 've, r', [0xe9], 'sum', [0xe9], '</title>');

    expect(decodeBytes(body, 'text/xml; charset=utf-8').encoding).toBe('windows-1252');
  });

  it('may be cut off in the middle of a character', () => {
    expect(decodeBytes(Buffer.from('<title>é').subarray(0, -1))).toMatchObject({ text: '<title>', encoding: 'utf-8' });
    expect(decodeBytes(encode(rss(KOREAN), 'euc-kr').subarray(0, 100)).encoding).toBe('euc-kr');
  });

  it('in Korean loses the broken characters only', () => {
    expect(decodeKorean(Uint8Array.of(0x41, 0xff, 0x42, 0xb4, 0xba, 0xc6, 0x53, 0xff, 0xff, 0x43, 0xb4))).toBe(
      'A\ufffdB뉴\ufffdS\ufffdC\ufffd',
    );
  });

  it('may have nothing but a mark beyond ASCII', () => {
    expect(decodeBytes(Buffer.from('\ufeff<rss/>'))).toEqual({ text: '<rss/>', encoding: 'utf-8', notes: [] });
  });

  it('may be nothing at all', () => {
    expect(decodeBytes(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8', notes: [] });
    expect(decodeBytes(Uint8Array.of(0xff, 0xfe))).toMatchObject({ text: '', encoding: 'utf-16le' });
  });
});
