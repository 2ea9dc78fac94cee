import { readDate } from '../../../shared/feeds/reading/dates.ts';

const DAY = '2026-11-30T00:00:00.000Z';
const MORNING = '2026-11-30T08:30:00.000Z';
const EVENING = '2026-11-30T20:30:00.000Z';
const IN_SEOUL = '2026-11-29T23:30:00.000Z';

describe('a date in the words of a language is read without knowing the language', () => {
  it.each<[language: string, written: string, instant: string]>([
    ['Hungarian', '2026. november 30. 08:30', MORNING],
    ['Hungarian, short', '2026. nov. 30., 08:30', MORNING],
    ['Hungarian, after noon', '2026. november 30. du. 8:30', EVENING],
    ['Czech', '30. listopadu 2026, 8:30', MORNING],
    ['Czech, in figures', '30. 11. 2026 08:30', MORNING],
    ['Slovak', '30. novembra 2026', DAY],
    ['Slovene', '30. november 2026 ob 8.30', MORNING],
    ['Croatian', '30. studenoga 2026. 8:30', MORNING],
    ['Croatian, on a Saturday that looks like February', 'sub, 28 stu 2026', '2026-11-28T00:00:00.000Z'],
    ['Serbian', '30. новембар 2026. 08:30', MORNING],
    ['Serbian, as it is said', '30. новембра 2026.', DAY],
    ['Serbian, with a point in the time', '30. новембар 2026. 08.30', MORNING],
    [
      'Croatian, with a time that looks like a month and a day',
      '30. studenoga 2026. 11.05',
      '2026-11-30T11:05:00.000Z',
    ],
    ['Latvian, with a time that looks like a month and a day', '30. nov. 2026. 8.05', '2026-11-30T08:05:00.000Z'],
    ['Serbian, with the sign of the hours', '30.11.2026. 08.30h', MORNING],
    ['English of India', '30 Nov 2026, 14:00 hrs IST', MORNING],
    ['Hebrew, the time first', '08:30 ,30/11/26', MORNING],
    ['Korean, the time first', '오전 8:30, 2026년 11월 30일', IN_SEOUL],
    ['Georgian, as it is said', '30 ნოემბერს 2026', DAY],
    ['Maltese', '30 Awwissu 2026', '2026-08-30T00:00:00.000Z'],
    ['Sinhala', '30 නොවැම්බර් 2026', DAY],
    ['Odia', '30 ନଭେମ୍ବର 2026', DAY],
    ['Hausa', '30 Nuwamba 2026', DAY],
    ['Macedonian', '30 ноември 2026', DAY],
    ['Bulgarian', '30 ноември 2026 г., 8:30 ч.', MORNING],
    ['Belarusian', '30 лістапада 2026 г.', DAY],
    ['Ukrainian', '30 листопада 2026 р., 08:30', MORNING],
    ['Russian, in Moscow', '30 ноября 2026, 08:30 МСК', '2026-11-30T05:30:00.000Z'],
    ['German', 'Mo., 30. Nov. 2026, 08:30 Uhr', MORNING],
    ['German, of Austria', '30. Jänner 2026', '2026-01-30T00:00:00.000Z'],
    ['Finnish', '30.11.2026 klo 8.30', MORNING],
    ['Finnish, in words', 'maanantai 30. marraskuuta 2026 klo 8.30', MORNING],
    ['Estonian', '30. november 2026, kell 8.30', MORNING],
    ['Latvian', '2026. gada 30. novembris plkst. 8.30', MORNING],
    ['Lithuanian', '2026 m. lapkričio 30 d. 08:30', MORNING],
    ['Icelandic', '30. nóvember 2026 kl. 08:30', MORNING],
    ['Norwegian', 'mandag 30. november 2026 kl. 8.30', MORNING],
    ['Danish', 'man. 30. nov. 2026 kl. 08.30', MORNING],
    ['Swedish', 'den 30 november 2026 kl. 08.30', MORNING],
    ['Swedish, in figures', '2026-11-30 kl. 08.30', MORNING],
    ['Dutch', '30 november 2026 om 08.30', MORNING],
    ['French', '30 nov. 2026 à 8 h 30', MORNING],
    ['French, of Canada', '30 juill. 2026', '2026-07-30T00:00:00.000Z'],
    ['Spanish', '8:30 p. m., 30 de noviembre de 2026', EVENING],
    ['Portuguese', '30 de novembro de 2026 às 08h30', MORNING],
    ['Catalan', '30 de novembre del 2026', DAY],
    ['Galician', '30 de xaneiro de 2026', '2026-01-30T00:00:00.000Z'],
    ['Basque', '2026(e)ko azaroaren 30a', DAY],
    ['Italian', 'lunedì 30 novembre 2026, ore 8.30', MORNING],
    ['Romanian', '30 noi. 2026', DAY],
    ['Romanian, in January', '30 ian. 2026', '2026-01-30T00:00:00.000Z'],
    ['Romanian, in June', '30 iun. 2026', '2026-06-30T00:00:00.000Z'],
    ['Romanian, on a Tuesday that looks like March', 'mar., 3 noi. 2026', '2026-11-03T00:00:00.000Z'],
    ['Albanian', '30 nëntor 2026', DAY],
    ['Greek, after noon', '30 Νοεμβρίου 2026, 8:30 μ.μ.', EVENING],
    ['Greek, before noon', '30 Νοεμβρίου 2026, 8:30 π.μ.', MORNING],
    ['Turkish', '30 Kasım 2026 08:30', MORNING],
    ['Turkish, with a Sunday behind it that looks like October', '29 Kas 2026, Paz', '2026-11-29T00:00:00.000Z'],
    ['Azerbaijani', '30 noyabr 2026', DAY],
    ['Uzbek', '30-noyabr, 2026', DAY],
    ['Kazakh', '2026 ж. 30 қараша', DAY],
    ['Mongolian', '2026 оны 11-р сарын 30', DAY],
    ['Armenian', '30 նոյեմբերի, 2026 թ.', DAY],
    ['Georgian', '30 ნოემბერი, 2026', DAY],
    ['Irish', '3 Meán Fómhair 2026', '2026-09-03T00:00:00.000Z'],
    ['Hebrew', '30 בנובמבר 2026, 08:30', MORNING],
    ['Hebrew, short', '14 בינו׳ 2026', '2026-01-14T00:00:00.000Z'],
    ['Arabic', '30 نوفمبر 2026', DAY],
    ['Arabic, after noon', '٣٠ نوفمبر ٢٠٢٦ ٨:٣٠ م', EVENING],
    ['Arabic, of the Levant', '30 تشرين الثاني 2026', DAY],
    ['Arabic, of the Levant, in October', '30 تشرين الأول 2026', '2026-10-30T00:00:00.000Z'],
    ['Arabic, of Morocco', '30 نونبر 2026', DAY],
    ['Arabic, of Tunisia', '30 جويلية 2026', '2026-07-30T00:00:00.000Z'],
    ['Persian', '30 نوامبر 2026', DAY],
    ['Urdu', '30 نومبر، 2026', DAY],
    ['Hindi', '30 नवंबर 2026, 8:30 अपराह्न', EVENING],
    ['Hindi, in June, not January', '३० जून २०२६', '2026-06-30T00:00:00.000Z'],
    ['Bengali', '৩০ নভেম্বর, ২০২৬', DAY],
    ['Marathi', '३० नोव्हेंबर, २०२६', DAY],
    ['Tamil', '30 நவம்பர், 2026', DAY],
    ['Thai', '30 พ.ย. 2026', DAY],
    ['Lao', '30 ພະຈິກ 2026', DAY],
    ['Khmer', '30 វិច្ឆិកា 2026', DAY],
    ['Vietnamese', '30 tháng 11, 2026', DAY],
    ['Vietnamese, on the second day of the week', 'Thứ 2, 30 tháng 11 năm 2026 08:30', MORNING],
    ['Vietnamese, in figures', 'Thứ 2, 30/11/2026, 08:30 (GMT+7)', '2026-11-30T01:30:00.000Z'],
    ['Indonesian', 'Senin, 30 November 2026 08:30 WIB', '2026-11-30T01:30:00.000Z'],
    ['Malay', '3 Ogos 2026', '2026-08-03T00:00:00.000Z'],
    ['Filipino', 'Nobyembre 30, 2026', DAY],
    ['Swahili', '30 Novemba 2026', DAY],
    ['Korean, before noon', '2026. 11. 30. 오전 8:30', IN_SEOUL],
    ['Korean, after noon', '2026. 11. 30. 오후 8:30', '2026-11-30T11:30:00.000Z'],
    ['Korean, with the day of the week', '2026.11.30 (월) 08:30', IN_SEOUL],
    ['Korean, in figures with points', '2026.11.30. 08:30', MORNING],
    ['Korean, a day', '2026. 11. 30.', DAY],
    ['Korean months in the order of RFC 822', '월, 30 11월 2026 08:30:00 +0900', IN_SEOUL],
    ['Chinese months in the order of RFC 822', '星期一, 30 十一月 2026 08:30:00 +0900', IN_SEOUL],
    ['Chinese', '2026年11月30日 星期一 下午8:30', '2026-11-30T12:30:00.000Z'],
    ['Japanese', '2026年11月30日 午前8時30分', IN_SEOUL],
    ['Japanese, with slashes', '2026/11/30(月) 08:30', '2026-11-30T08:30:00.000Z'],
  ])('%s: %s', (_language, written, instant) => {
    expect(readDate(written)).toBe(instant);
  });
});

describe('a date is read in an unusual order', () => {
  it.each<[form: string, written: string, instant: string]>([
    ['the time between day and year', 'Nov 30. 08:30 2026', MORNING],
    ['the time with a point between day and year', '30 november 08.30 2026', MORNING],
    ['the time first', '08:30 30/11/2026', MORNING],
    ['the time first, before words', '08:30 30 November 2026', MORNING],
    ['the time and its zone first', '08:30 GMT+1, 30 November 2026', '2026-11-30T07:30:00.000Z'],
    ['with words before it', 'Sub. 28 stu 2026, Paz', '2026-11-28T00:00:00.000Z'],
    ['by a clock of 24 hours, and yet after noon', '30 Nov 2026 20:30 PM', EVENING],
    ['a name of two meanings in front, between figures and without', 'Mar 3 Nov 2026', '2026-11-03T00:00:00.000Z'],
    ['two names of two meanings', 'Sen, 30 Mar 2026', '2026-03-30T00:00:00.000Z'],
    ['two names of two meanings, the month first', 'Mar 30, 2026, Sen', '2026-03-30T00:00:00.000Z'],
    ['a name of two meanings behind the day', 'Nov 29 sub 2026', '2026-11-29T00:00:00.000Z'],
    ['the month twice', 'Nov. November 30, 2026', DAY],
    ['an hour alone', 'November 30, 2026 8pm', '2026-11-30T20:00:00.000Z'],
  ])('%s: %s', (_form, written, instant) => {
    expect(readDate(written)).toBe(instant);
  });
});

describe('an offset is read', () => {
  it.each<[form: string, written: string, instant: string]>([
    ['without its plus sign', 'Mon, 30 Nov 2026 08:30:00 0100', '2026-11-30T07:30:00.000Z'],
    ['that could be a year', 'Mon, 30 Nov 2026 08:30:00 1000', '2026-11-29T22:30:00.000Z'],
    ['without its plus sign, with a colon', 'Mon, 30 Nov 2026 08:30:00 01:00', '2026-11-30T07:30:00.000Z'],
    ['without its plus sign, in ISO 8601', '2026-11-30T08:30:00 01:00', '2026-11-30T07:30:00.000Z'],
    ['without its plus sign, after GMT', 'Mon Nov 30 2026 08:30:00 GMT 0530', '2026-11-30T03:00:00.000Z'],
    ['with one figure for the hour', 'Mon, 30 Nov 2026 08:30:00 +5:30', '2026-11-30T03:00:00.000Z'],
    ['as UTC+3', 'Mon, 30 Nov 2026 08:30 UTC+3', '2026-11-30T05:30:00.000Z'],
    ['as GMT+02:00', 'Mon, 30 Nov 2026 08:30 GMT+02:00', '2026-11-30T06:30:00.000Z'],
    ['but not where four figures are the year', 'Mon Nov 30 08:30:00 GMT 2026', MORNING],
  ])('%s: %s', (_form, written, instant) => {
    expect(readDate(written)).toBe(instant);
  });
});

describe('the language decides', () => {
  it.each<[what: string, written: string, language: string, instant: string | null]>([
    ['listopad is October in Croatian', '30. listopada 2026.', 'hr', '2026-10-30T00:00:00.000Z'],
    ['listopad is November in Polish', '30 listopada 2026', 'pl', DAY],
    ['lip is June in Croatian', '5. lip 2026.', 'hr-HR', '2026-06-05T00:00:00.000Z'],
    ['lip is July in Polish', '5 lip 2026', 'pl-PL', '2026-07-05T00:00:00.000Z'],
    ['srp is July in Croatian', '5. srp 2026.', 'hr', '2026-07-05T00:00:00.000Z'],
    ['srp is August in Czech', '5. srp 2026', 'cs', '2026-08-05T00:00:00.000Z'],
    ['the day comes first in French', '05/11/2026', 'fr', '2026-11-05T00:00:00.000Z'],
    ['the day comes first in Britain', '05/11/2026', 'en-GB', '2026-11-05T00:00:00.000Z'],
    ['the month comes first in the United States', '05/11/2026', 'en_US', '2026-05-11T00:00:00.000Z'],
    ['the month comes first where English says no more', '05/11/2026', 'en', '2026-05-11T00:00:00.000Z'],
    ['two figures with hyphens end with the year in Dutch', '05-11-26', 'nl', '2026-11-05T00:00:00.000Z'],
    ['two figures with points begin with the year in Korean', '26. 11. 05.', 'ko', '2026-11-05T00:00:00.000Z'],
    ['CH is after noon in Vietnamese', '30 tháng 11 năm 2026 8:30 CH', 'vi', EVENING],
    ['em is after noon in Swedish', '30 november 2026 8:30 em', 'sv', EVENING],
    ['ip. is after noon in Finnish', '30.11.2026 8:30 ip.', 'fi', EVENING],
  ])('%s: %s', (_what, written, language, instant) => {
    expect(readDate(written, language)).toBe(instant);
  });
});

describe('where no language is known', () => {
  it('the month comes first between slashes', () => {
    expect(readDate('05/11/2026')).toBe('2026-05-11T00:00:00.000Z');
  });

  it('the weekday decides which month a name means', () => {
    expect(readDate('pon, 30 lis 2026 08:30:00 +0100')).toBe('2026-11-30T07:30:00.000Z');
    expect(readDate('pet, 30 lis 2026 08:30:00 +0100')).toBe('2026-10-30T07:30:00.000Z');
    expect(readDate('pią, 5 lip 2026')).toBe('2026-06-05T00:00:00.000Z');
  });

  it('a name that means two months is none, without a weekday or with one of neither', () => {
    expect(readDate('30 lis 2026')).toBeNull();
    expect(readDate('30. listopada 2026')).toBeNull();
    expect(readDate('Tue, 30 lis 2026', 'en')).toBeNull();
  });
});

describe('dates as the platform writes them', () => {
  const LOCALES =
    'en en-GB en-IN es es-MX fr fr-CA de de-AT it pt pt-PT tr pl nl sv ru uk ar ar-SY ar-MA ar-TN ar-EG ko bg sr sr-Latn bs mk be hr sl cs ' +
    'sk hu ro da nb nn fi et lv lt is ga cy eu ca gl sq az kk ky uz hy ka el he fa ur hi mr ne bn ta te gu kn ml pa th lo km id ms fil sw ' +
    'af zh zh-TW ja vi mn';
  const EXPECTED_AT_LEAST = 0.98;

  it.each(['full', 'long', 'medium'] as const)('are never read as another day: %s', (dateStyle) => {
    const written = LOCALES.split(' ').flatMap((locale) =>
      Array.from({ length: 12 }, (_, month) => {
        const day = new Date(Date.UTC(2026, month, 14 + month, 12));
        const format = new Intl.DateTimeFormat(`${locale}-u-ca-gregory`, { dateStyle, timeZone: 'UTC' });
        return { locale, text: format.format(day), day: day.toISOString().slice(0, 10) };
      }),
    );

    const read = written.map(({ locale, text, day }) => ({ text, day, got: readDate(`${text} 12:00 UTC`, locale) }));

    expect(read.filter(({ day, got }) => got !== null && !got.startsWith(day))).toEqual([]);
    expect(read.filter(({ got }) => got !== null).length / read.length).toBeGreaterThan(EXPECTED_AT_LEAST);
  });
});
