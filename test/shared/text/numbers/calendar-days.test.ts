// Days beside their month: `before|day|after`. Without the second mark the number is a quantity.
import { lengthOfDay } from '../../../../shared/text/numbers/calendar-days.ts';

const dayIn = (marked: string): string => {
  const [before = '', day = '', after = ''] = marked.split('|');
  return (day + after).slice(0, lengthOfDay(day + after, before));
};

it.each([
  '|30| November',
  '|1| May',
  '|31| December x',
  '|1|st May',
  '|2|nd June',
  '|3|rd June',
  '|4|th\u00a0June',
  '|1|er mai',
  '|1|º de marzo',
  '|30|. November',
  '|30| de noviembre',
  '|5| d’octubre',
  "|5| d'octubre",
  '|30|-го ноября',
  '|30|го ноября',
  '|3|-е мая',
  '|30| Nov x',
  '|5| mai',
  '|5| мая',
  '|5| mei',
  '|5| maj',
  '|11月30日|',
  '|11月|の',
  '|11 月 30 日|',
  '|11월 30일| 서울',
  '|1月2号|',
  '|1月2號|',
  '|5월|에',
  'Nov. |30|, 5',
  'on May |5|.',
  'May |5|th, x',
  'May |5|',
  'May |5| ',
  'May |5|; x',
  'May |5|: x',
  'May |5|)',
  'May |5|]',
  'May |5|"',
  'May |5|” x',
  'May |5| 2026',
  'May |5| 1999',
  'May |5| 10:30',
  'May\u00a0|31|,',
  '(May |5|,',
])('%s is a day', (marked) => {
  expect(dayIn(marked)).toBe(marked.split('|')[1]);
});

it.each([
  '|0 May',
  '|32 May',
  '|300 May',
  '|5 may',
  '|5 mar',
  '|5 Maya',
  '|5 Ma',
  '|5 Monday',
  '|5May',
  '|5  May',
  '|5x May',
  '|111月',
  '|11월드컵',
  'May |5 people',
  'May |5 2126',
  'May |5 10',
  'May |50,',
  'May |0,',
  'may |5,',
  'xMay |5,',
  'MAY |5,',
  'May  |5,',
  'May|5,',
  'Monday |5,',
])('%s is a quantity', (marked) => {
  expect(dayIn(marked)).toBe('');
});
