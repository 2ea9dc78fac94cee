// Numbers with signs for their powers of ten: `digits|what belongs to them|after`.
import { eastAsianNumber } from '../../../../shared/text/numbers/east-asian.ts';

const read = (marked: string) => {
  const [digits = '', signs = '', after = ''] = marked.split('|');
  const found = eastAsianNumber(Number(digits), signs + after);
  return found === null ? null : { value: found.value, signs: (signs + after).slice(0, found.length) };
};

it.each([
  ['3|十|人', 30],
  ['3|百|', 300],
  ['3|千|', 3e3],
  ['3|万|', 3e4],
  ['3|萬|', 3e4],
  ['3|亿|', 3e8],
  ['3|億|', 3e8],
  ['3|兆|', 3e12],
  ['3|십|', 30],
  ['3|백|명', 300],
  ['3|천|', 3e3],
  ['3|만| 명', 3e4],
  ['3|억|', 3e8],
  ['3|조| 원', 3e12],
  ['1.5|万|', 15e3],
  ['1|万2000|人', 12_000],
  ['12|万5千|人', 125_000],
  ['1|万2,000|', 12_000],
  ['1|万2千3百4十5|', 12_345],
  ['2|億5000万|', 25e7],
  ['5|千億|円', 5e11],
  ['5|千万|', 5e7],
  ['1.2|万亿|', 12e11],
  ['1|万2千亿|', 12e11],
  ['10|多万|', 1e5],
  ['10|余万|', 1e5],
  ['10|餘萬|', 1e5],
  ['10|来万|', 1e5],
  ['10|來萬|', 1e5],
  ['10|여만| 명', 1e5],
  ['2| 亿|', 2e8],
  ['1|만 2천|명', 12_000],
  ['1|만 500|명', 10_500],
  ['2|억 5천만| 달러', 25e7],
  ['3| 만| 명', 3e4],
  ['3| 만|명', 3e4],
  ['3| 조| 원', 3e12],
  ['3| 만|', 3e4],
  ['3|만|.5', 3e4],
  ['0|万|', 0],
])('%s is %d', (marked, value) => {
  expect(read(marked)).toEqual({ value, signs: marked.split('|')[1] });
});

it.each([
  ['digits as large as the sign before', '1|백|100', 100],
  ['digits of more than four', '1|万|20000', 1e4],
  ['digits that go on behind a point', '1|万|2000.5', 1e4],
  ['digits that go on behind a comma', '1|万|2,000,000', 1e4],
  ['a year', '3|만| 2026년', 3e4],
  ['a month', '3|만| 11월', 3e4],
  ['a day', '3|万|5日', 3e4],
  ['minutes', '3|万|5分', 3e4],
  ['a share', '3|万|5%', 3e4],
  ['a share in words', '3|만| 5퍼센트', 3e4],
  ['digits behind a space, in Chinese', '3|万| 5000', 3e4],
  ['digits behind two spaces', '3|만|  500', 3e4],
  ['a Korean word that begins like a sign', '3|천| 천막', 3e3],
])('what follows is another number: %s', (_what, marked, value) => {
  expect(read(marked)).toEqual({ value, signs: marked.split('|')[1] });
});

it.each([
  '3|人',
  '3|',
  '3|조각',
  '3| 조각',
  '3|조약',
  '3|조건',
  '3|조직',
  '3|백신',
  '3| 천막',
  '3|만에 하나',
  '3| 만남',
  '3| 백두산',
  '3|  万',
  '3|多人',
  '3|x万',
])('no sign follows in %s', (marked) => {
  expect(read(marked)).toBeNull();
});

it.each(
  '명 원 달러 유로 엔 위안 루블 개 대 건 톤 배럴 가구 세대 곳 발 척 회 주 표 가량 이상 이하 정도 은 는 이 가 을 를 의 에 과 와 도 로 여명'.split(
    ' ',
  ),
)('behind a space a Korean sign stands before what is counted: 만%s', (counter) => {
  expect(read(`3| 만|${counter}`)).toEqual({ value: 3e4, signs: ' 만' });
});

it.each([
  [2, '만', 1e4],
  [2, '만 5천', 12_500],
  [0, '만', 1],
])(
  'what the signs make of the number before them (%d%s) also goes for the first of a range',
  (first, signs, factor) => {
    expect(eastAsianNumber(first, signs)?.factor).toBe(factor);
  },
);
