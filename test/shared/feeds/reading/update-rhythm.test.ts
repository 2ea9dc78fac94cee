// How often, and when not, a publisher asks to be polled: as feeds write it.
import { readFeed } from '../../../../shared/feeds/read-feed.ts';

const asked = async (elements: string) => {
  const document = `<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>T</title>${elements}<item><title>A</title></item></channel></rss>`;
  const { feed } = await readFeed({
    body: new TextEncoder().encode(document),
    contentType: 'application/rss+xml',
    url: 'https://news.example.org/feed.xml',
  });
  return feed;
};
const period = (name: string, frequency = ''): string =>
  `<sy:updatePeriod>${name}</sy:updatePeriod>${frequency === '' ? '' : `<sy:updateFrequency>${frequency}</sy:updateFrequency>`}`;

it.each<[elements: string, minutes: number | null]>([
  ['', null],
  ['<ttl>60</ttl>', 60],
  ['<ttl>0</ttl>', null],
  ['<ttl>0.2</ttl>', 1],
  ['<ttl>1.6</ttl>', 2],
  ['<ttl>525600</ttl>', 525_600],
  ['<ttl>525601</ttl>', 525_600],
  ['<ttl>soon</ttl>', null],
  [period('hourly'), 60],
  [period('daily'), 1_440],
  [period(' Weekly '), 10_080],
  [period('monthly'), 43_200],
  [period('yearly'), 525_600],
  [period('often'), null],
  [period('hourly', '2'), 30],
  [period('daily', '0'), 1_440],
  [period('hourly', '1000'), 1],
  ['<sy:updateFrequency>4</sy:updateFrequency>', 360],
  [`<ttl>15</ttl>${period('daily')}`, 15],
])('%s asks for polls every %j minutes', async (elements, minutes) => {
  expect((await asked(elements)).ttlMinutes).toBe(minutes);
});

it.each<[hours: readonly string[], skipped: readonly number[]]>([
  [[], []],
  [
    ['3', '1'],
    [1, 3],
  ],
  [
    ['24', '0', '23'],
    [0, 23],
  ],
  [['25', '-1', 'x', '1.5', ' 7 '], [7]],
])('of %j the hours %j are skipped', async (hours, skipped) => {
  const { skipHours } = await asked(`<skipHours>${hours.map((hour) => `<hour>${hour}</hour>`).join('')}</skipHours>`);

  expect(skipHours).toEqual(skipped);
});
