import { readFeed } from '../../../shared/feeds/read-feed.ts';
import { inOurCalendar } from '../../../shared/feeds/reading/calendars.ts';
import { readDate } from '../../../shared/feeds/reading/dates.ts';

const DAY = '2026-11-30T00:00:00.000Z';
const MORNING = '2026-11-30T08:30:00.000Z';

describe('a year of another calendar is converted', () => {
  it.each<[why: string, written: string, language: string | null, instant: string]>([
    ['Jalali, by the language', '1405/09/09 08:30', 'fa', MORNING],
    ['Jalali, in Persian figures', '۱۴۰۵/۰۹/۰۹ ۰۸:۳۰', 'fa-IR', MORNING],
    ['Jalali, with an offset', '1405-09-09T08:30:00+03:30', 'fa', '2026-11-30T05:00:00.000Z'],
    ['Jalali, the day first', '31/06/1405', 'fa', '2026-09-22T00:00:00.000Z'],
    ['Jalali, of Afghanistan', '1405/09/09', 'ps', DAY],
    ['Jalali, by the month', 'دوشنبه ۹ آذر ۱۴۰۵ - ۰۸:۳۰', null, MORNING],
    ['Jalali, by the month of Afghanistan', '۹ قوس ۱۴۰۵', null, DAY],
    ['Jalali, by its name', '1405/09/09 هجری شمسی', null, DAY],
    ['Hijri, by the language', '1448-06-20T08:30:00+03:00', 'ar', '2026-11-30T05:30:00.000Z'],
    ['Hijri, the day first', '20/06/1448', 'ar-SA', DAY],
    ['Hijri, by the month', '20 جمادى الآخرة 1448', null, DAY],
    ['Hijri, by a month of one word', '1 رمضان 1447', null, '2026-02-18T00:00:00.000Z'],
    ['Hijri, by its sign', '1448/06/20 هـ', null, DAY],
    ['Buddhist, by the language', '2569-11-30 08:30', 'th', MORNING],
    ['Buddhist, in the form of RFC 3339', '2569-11-30T08:30:00Z', 'th-TH', MORNING],
    ['Buddhist, on a day that each month has', '2569-11-28T08:30:00Z', 'th', '2026-11-28T08:30:00.000Z'],
    ['Hijri, on the last day of a long month', '1447/09/30', 'ar', '2026-03-19T00:00:00.000Z'],
    ['Buddhist, by the script', '30 พฤศจิกายน 2569 เวลา 08.30 น.', null, MORNING],
    ['Buddhist, of two figures', '30 พ.ย. 69 08:30 น.', null, MORNING],
    ['Buddhist, of two figures, by the language', '30/11/69', 'th', DAY],
    ['Minguo, by the language', '115/11/30 08:30', 'zh-TW', MORNING],
    ['Minguo, by the script', '115年11月30日', 'zh-Hant', DAY],
    ['Minguo, by its name', '民國115年11月30日', null, DAY],
    ['Minguo, by its name in simplified characters, with a space', '民国 115 年 11 月 30 日', null, DAY],
    ['Minguo, in Taiwan', '115年11月30日', 'zh-TW', DAY],
    ['Reiwa', '令和8年11月30日', null, DAY],
    ['the first year of Reiwa', '令和元年5月1日', null, '2019-05-01T00:00:00.000Z'],
    ['the last day of Heisei', '平成31年4月30日 8時30分', null, '2019-04-30T08:30:00.000Z'],
    ['Reiwa by its letter', 'R8.11.30', 'ja', DAY],
  ])('%s: %s (%s)', (_why, written, language, instant) => {
    expect(readDate(written, language)).toBe(instant);
  });
});

describe('a year that no calendar makes certain is not a date', () => {
  it.each<[why: string, written: string, language: string | null]>([
    ['without a language', '1405/09/09 08:30', null],
    ['without a language, in figures that Urdu shares', '۱۴۰۵/۰۹/۰۹ ۰۸:۳۰', null],
    ['in a language that has no such years', '1405/09/09', 'en'],
    ['with a month of ours, which may mean a month of either', 'Mon, 09 Nov 1405 08:30:00 +0330', 'fa'],
    ['with a month of ours, in Arabic', '20 نوفمبر 1448', 'ar'],
    ['in Arabic, which is also written in Iran', '1405/09/09', 'ar'],
    ['in Persian, where it would be a Hijri year', '1448-06-20', 'fa'],
    ['in Persian, of two figures', '05/09/09', 'fa'],
    ['of the Hijri calendar', '1448-06-20T08:30:00+03:00', null],
    ['of the Buddha, without a language', '2569-11-30 08:30', null],
    ['of the Buddha, in the form of RFC 3339', '2569-11-30T08:30:00Z', 'en'],
    ['of Taiwan, in Chinese of the mainland', '115年11月30日', 'zh-CN'],
    ['of Taiwan, in Hong Kong', '115年11月30日', 'zh-Hant-HK'],
    ['of an era that is not named', '8年11月30日', 'ja'],
    ['of the Hebrew calendar', '20 כסלו 5787', 'he'],
    ['of Nepal', '2083-08-14', 'ne'],
    ['too early for news', '1599-12-31', null],
    ['too late for news', '2200-01-01', null],
    ['a day that its Jalali month has not', '1405/07/31', 'fa'],
    ['a day that its Hijri month has not', '1448-06-30', 'ar'],
  ])('%s: %s (%s)', (_why, written, language) => {
    expect(readDate(written, language)).toBeNull();
  });

  it('but the years of archives are', () => {
    expect(readDate('1600-01-01')).toBe('1600-01-01T00:00:00.000Z');
    expect(readDate('2199-12-31')).toBe('2199-12-31T00:00:00.000Z');
  });

  it('and ours stays ours in every language', () => {
    for (const language of ['fa', 'ar', 'th', 'zh-TW', 'ja', 'he']) {
      expect(readDate('2026-11-30 08:30', language)).toBe(MORNING);
    }
  });
});

describe('a date in two calendars', () => {
  it('is read in ours', () => {
    expect(readDate('20 جمادى الآخرة 1448هـ الموافق 30 نوفمبر 2026م')).toBe(DAY);
    expect(readDate('دوشنبه ۹ آذر ۱۴۰۵ / 30 نوامبر 2026')).toBe(DAY);
  });
});

describe('the Jalali calendar', () => {
  it('has the days that the platform gives it, from 1300 to 1500', () => {
    const format = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', { timeZone: 'UTC', dateStyle: 'short' });
    const days = Array.from({ length: 73_049 }, (_, index) => Date.UTC(1921, 2, 21) + index * 86_400_000);

    const wrong = days.filter((day) => {
      const [, month, date, year] = /^(\d+)\/(\d+)\/(\d+)/.exec(format.format(day)) ?? [];
      const found = inOurCalendar({ year: Number(year), month: Number(month), day: Number(date) }, 'jalali');
      return found === null || Date.UTC(found.year, found.month - 1, found.day) !== day;
    });

    expect(wrong.map((day) => new Date(day).toISOString())).toEqual([]);
  });

  it('has a leap day in 1403 and none in 1404', () => {
    expect(inOurCalendar({ year: 1403, month: 12, day: 30 }, 'jalali')).toEqual({ year: 2025, month: 3, day: 20 });
    expect(inOurCalendar({ year: 1404, month: 12, day: 30 }, 'jalali')).toBeNull();
  });
});

describe('the Hijri calendar', () => {
  it.each([
    [1441, 1, 1, '2019-08-31'],
    [1445, 9, 1, '2024-03-11'],
    [1446, 12, 10, '2025-06-06'],
    [1447, 1, 1, '2025-06-26'],
    [1447, 12, 29, '2026-06-15'],
  ])('%i-%i-%i is %s', (year, month, day, expected) => {
    const found = inOurCalendar({ year, month, day }, 'hijri');

    expect(found === null ? null : new Date(Date.UTC(found.year, found.month - 1, found.day)).toISOString()).toBe(
      `${expected}T00:00:00.000Z`,
    );
  });
});

describe('a feed gives the language of its dates', () => {
  const read = async (body: string) =>
    (await readFeed({ body: Buffer.from(body), url: 'https://news.example.org/feed' })).items.map(
      ({ published }) => published,
    );

  it('in RSS, for all of its items', async () => {
    const items = '<item><title>a</title><pubDate>۱۴۰۵/۰۹/۰۹ ۰۸:۳۰</pubDate></item>';

    expect(await read(`<rss version="2.0"><channel><language>fa</language>${items}</channel></rss>`)).toEqual([
      MORNING,
    ]);
    expect(await read(`<rss version="2.0"><channel>${items}</channel></rss>`)).toEqual([null]);
  });

  it('in a Dublin Core date', async () => {
    const item = '<item><title>a</title><dc:date>115-11-30</dc:date></item>';
    const rss = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">';

    expect(await read(`${rss}<channel><language>zh-tw</language>${item}</channel></rss>`)).toEqual([DAY]);
  });

  it('in Atom, where an entry knows better', async () => {
    const entry = (language: string): string =>
      `<entry${language}><id>urn:${language.length}</id><title>a</title><published>2569-11-30</published></entry>`;

    expect(
      await read(
        `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">${entry('')}${entry(' xml:lang="th"')}</feed>`,
      ),
    ).toEqual([null, DAY]);
  });

  it('in JSON Feed', async () => {
    const feed = (language: string) =>
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        language,
        items: [
          { id: '1', date_published: '2569-11-30' },
          { id: '2', date_published: '2569-11-30', language: 'th' },
        ],
      });

    expect(await read(feed('th'))).toEqual([DAY, DAY]);
    expect(await read(feed('en'))).toEqual([null, DAY]);
  });
});
