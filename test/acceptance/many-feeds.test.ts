// A first start with as many feeds as people have: it tells of its progress, and of what fails in sums.
import { makeWorkplace, TROOPS_PACK, type Workplace } from '../support/tocsin-process.ts';

let place: Workplace;
beforeEach(() => {
  place = makeWorkplace();
});
afterEach(() => place.remove());

it('takes over a hundred feeds and ends well although none of them answers', async () => {
  const rows = Array.from(
    { length: 100 },
    (_, n) => `<outline type="rss" text="Feed ${n}" xmlUrl="http://127.0.0.1:9/${n}"/>`,
  );
  place.write('config/feeds.opml', `<opml version="2.0"><body>${rows.join('\n')}</body></opml>`);
  place.write('config/topics/test.yaml', TROOPS_PACK);

  const { code, stdout, stderr } = await place.run('start', '--once');

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/of 102 loaded from config\/feeds\.opml/);
  expect(stdout).toMatch(/100 feeds could not be read; each is retried automatically/);
  expect(stdout).toMatch(/Done: 2 feeds read, 100 failing/);
});
