import { freshSeconds, retryAfterSeconds } from '../../../shared/net/response-times.ts';

const NOW = new Date('2026-11-23T10:00:00.000Z');

describe('Retry-After', () => {
  it.each([
    ['120', 120],
    [' 90 ', 90],
    ['61.2', 62],
    ['0', 60],
    ['59.9', 60],
    ['61', 61],
    ['86399', 86_399],
    ['86401', 86_400],
    ['99999999999999999999', 86_400],
    ['Mon, 23 Nov 2026 10:02:00 GMT', 120],
    ['Monday, 23-Nov-26 10:02:00 GMT', 120],
    ['Mon Nov 23 10:02:00 2026 GMT', 120],
    ['2026-11-23T11:00:00Z', 3600],
    ['Mon, 23 Nov 2015 10:00:00 GMT', 60],
    ['Mon, 23 Nov 2099 10:00:00 GMT', 86_400],
  ])('"%s" asks for %d seconds', (header, seconds) => {
    expect(retryAfterSeconds(header, NOW)).toBe(seconds);
  });

  it.each([undefined, '', 'soon', '-5', '120s', 's120', '1.2.3', '12 apples', 'NaN', 'Mon, 99 Nov 2026'])(
    '"%s" asks for nothing',
    (header) => {
      expect(retryAfterSeconds(header, NOW)).toBeNull();
    },
  );
});

describe('freshness', () => {
  it.each([
    [{ 'cache-control': 'max-age=300' }, 300],
    [{ 'cache-control': 'public, MAX-AGE = 300 , must-revalidate' }, 300],
    [{ 'cache-control': 'max-age="300"' }, 300],
    [{ 'cache-control': 'max-age=300, max-age=900' }, 300],
    [{ 'cache-control': 's-maxage=900, max-age=300' }, 300],
    [{ 'cache-control': 'max-age=300', age: '100' }, 200],
    [{ 'cache-control': 'max-age=300', age: '1000' }, 0],
    [{ 'cache-control': 'max-age=300', age: 'old' }, 300],
    [{ 'cache-control': 'max-age=31536000' }, 86_400],
    [{ 'cache-control': 'max-age=-1' }, 0],
    [{ 'cache-control': 'max-age=soon' }, 0],
    [{ 'cache-control': 'max-age=300', expires: 'Mon, 23 Nov 2026 11:00:00 GMT' }, 300],
    [{ 'cache-control': 'max-age=86399' }, 86_399],
    [{ 'cache-control': 'max-age=86401' }, 86_400],
    [{ 'cache-control': 'max-age=300.5' }, 0],
    [{ 'cache-control': 'max-age=300=5' }, 300],
    [{ 'cache-control': ',max-age="300,' }, 300],
    [{ 'cache-control': 'max-age=300', age: ' 100 ' }, 200],
    [{ 'cache-control': 'max-age=300', age: '1.5' }, 300],
    [{ expires: '2026-11-23T10:00:01.500Z' }, 1],
    [{ expires: 'Mon, 23 Nov 2026 10:10:00 GMT', age: '100' }, 500],
    [{ expires: 'Mon, 23 Nov 2026 10:10:00 GMT' }, 600],
    [{ expires: 'Mon, 23 Nov 2026 10:10:00 GMT', date: 'Mon, 23 Nov 2026 10:09:00 GMT' }, 60],
    [{ expires: 'Mon, 23 Nov 2026 10:10:00 GMT', date: 'yesterday' }, 600],
    [{ expires: 'Mon, 23 Nov 2026 09:00:00 GMT' }, 0],
  ])('of %j is %d seconds', (headers, seconds) => {
    expect(freshSeconds(headers, NOW)).toBe(seconds);
  });

  it.each([
    {},
    { 'cache-control': '' },
    { 'cache-control': 'public' },
    { 'cache-control': 'no-cache, max-age=300' },
    { 'cache-control': 'no-store' },
    { 'cache-control': 'max-age=300, No-Store' },
    { 'cache-control': 's-maxage=300' },
    { date: 'Mon, 23 Nov 2026 10:00:00 GMT' },
    { expires: '0' },
    { expires: '-1' },
    { expires: 'never' },
  ])('is not said by %j', (headers) => {
    expect(freshSeconds(headers, NOW)).toBeNull();
  });
});
