// What expressions mean, said in examples: the oracle shares the reading of words and operators with the engine, so the
// differential test cannot tell whether that reading is right.
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import type { MatchableDocument } from '../../../shared/model/article.ts';
import { topicOf } from './random-topics.ts';

/** The document's title and text with « » around the highlighted words; null when nothing is found. */
function marked(expression: string, language: string, document: MatchableDocument): string | null {
  const topic = { ...topicOf(expression, 'topic', language), passage: { context: 3, max: 5, maxChars: 2_000 } };
  const matcher = compileTopics([topic]);
  expect(matcher.problems).toEqual([]);
  const [match] = matcher.match(document);
  if (match === undefined) return null;
  const mark = (field: 'title' | 'body', whole: string): string =>
    match.passages
      .filter((passage) => passage.field === field)
      .flatMap(({ highlights }) => highlights)
      .sort(([a], [b]) => b - a)
      .reduce(
        (shown, [start, end]) => `${shown.slice(0, start)}«${shown.slice(start, end)}»${shown.slice(end)}`,
        whole,
      );
  return `${document.title === '' ? '' : `[${mark('title', document.title)}] `}${mark('body', document.text)}`;
}

/** `[Title] Text with «marks»`; without marks, nothing may be found. */
function expectShown(
  expression: string,
  language: string,
  example: string,
  more: Partial<MatchableDocument> = {},
): void {
  const plain = example.replace(/[«»]/g, '');
  const [, title = '', text = ''] = /^(?:\[([^\]]*)\] )?(.*)$/s.exec(plain) ?? [];

  expect(marked(expression, language, { title, text, ...more })).toBe(example.includes('«') ? example : null);
}

describe('an operator', () => {
  it.each([
    ['troops w/3 border', '«troops» a b c «border»'],
    ['troops W/3 border', '«border» a b c «troops»'],
    ['troops near/3 border', 'troops a b c d border'],
    ['troops pre/3 border', 'border a troops'],
    ['troops PRE/3 border', '«troops» a «border»'],
    ['troops onear/0 border', '«troops border»'],
    ['troops w/s border', '«Troops», who rest, hold the «border».'],
    ['troops w/s border', 'Troops rest. The border is far.'],
    ['troops w/p border', '«Troops» rest. The «border» is far.'],
    ['troops w/p border', 'Troops rest.\n\nThe border is far.'],
    ['troops w/c border', 'The «troops» of both sides hold the «border».'],
    ['troops w/c border', 'Troops rest, but the border is far.'],
    ['troops NEAR/9c border', '«Troops», tanks and guns are at the «border».'],
    ['troops NEAR/9c border', 'Troops who rest say that the border is far.'],
    ['(send ONEAR/5 troops) WITHOUT to', 'They «send» more «troops».'],
    ['(send ONEAR/5 troops) WITHOUT to', 'They send cakes to troops.'],
    ['~"armed force"', 'The «armed forces», and an «armed force».'],
    ['~"armed force"', 'The forces were armed.'],
    ['troops NEAR/5 border', 'Troops rest.\r\n\r\nThe border is far.'],
    ['troops NEAR/5 border', '[The troops] Border news.'],
    ['troops NOT NEAR/2 film', 'troops a film. More a b c «troops»'],
    ['troops NOT w/2 film', 'troops film'],
    ['troops NOT w/s film', 'Troops in a film. «Troops» in town.'],
    ['troops NOT w/p film', 'Troops. A film.\n\n«Troops» in town.'],
    ['troops AND NOT film', 'Troops. A film.'],
    ['atleast3(troops OR army)', '«Troops», an «army», «troops».'],
    ['at-least/3(troops)', 'Troops and troops.'],
    ['ATLEAST2 (troops)', '«Troops» and «troops».'],
    ['2 OF (troops, army, border)', '«Troops» at the «border».'],
    ['2 of (troops, (army AND border))', 'Troops of the army.'],
    ['(troops OR army) NEAR/1 (army OR border)', 'The army.'],
    ['title:troops', '[No news] Troops.'],
    ['headline(troops)', '[«Troops»] Troops.'],
    ['hlead(troops)', 'One. Two. «Troops».'],
    ['lead:troops', 'One. Two. Three. Troops.'],
    ['body:troops', '[Troops] «Troops» again.'],
  ])('%s in %s', (expression, example) => expectShown(expression, 'en', example));

  it.each([
    ['troops AND lang:en', true],
    ['troops AND lang:(fr OR de)', false],
    ['troops AND source:example.org', true],
    ['troops AND source:ample.org', false],
    ['troops AND source:"daily example"', true],
    ['troops AND url:"/world/"', true],
    ['troops AND url:/world/', true],
    ['troops AND url:("/sport/" OR "/world/")', true],
    ['troops AND url:example.co.uk/world/1?a=2', false],
    ['troops AND author:smythe', true],
    ['troops AND author:smyth', false],
    ['troops AND country:uk', true],
    ['troops AND country:GB', true],
    ['troops AND country:us', false],
    ['troops AND NOT source:example.org', false],
    ['troops AND category:"world news"', true],
    ['troops AND category:ASIE', true],
    ['troops AND category:(sport OR world)', true],
    ['troops AND category:"news world"', false],
    ['troops AND category:"news asie"', false],
    ['troops AND NOT category:sport', true],
  ])('describes the article: %s', (expression, isFound) => {
    const document = {
      language: 'en',
      url: 'https://www.example.co.uk/World/1',
      source: { title: 'The Daily Example', host: 'news.example.org' },
      authors: ['A. Smythe'],
      categories: ['World/News', 'Asie'],
    };

    expectShown(expression, 'en', isFound ? '«Troops».' : 'Troops.', document);
  });
});

describe('proximity', () => {
  it.each([
    ['a blank line', '\n\n'],
    ['a blank line of Windows', '\r\n\r\n'],
    ['a blank line of old Macintoshes', '\r\r'],
    ['a blank line with spaces in it', '\n \t\n'],
    ['the paragraph separator of Unicode', '\u2029'],
  ])('does not reach over %s', (_name, gap) => {
    expect(marked('troops NEAR/3 sent', 'en', { title: '', text: `the troops${gap}sent home` })).toBeNull();
  });

  it.each([
    ['a line end', '\n'],
    ['a line end of Windows', '\r\n'],
    ['a line end of old Macintoshes', '\r'],
  ])('reaches over %s within a sentence', (_name, gap) => {
    expect(marked('troops NEAR/3 sent', 'en', { title: '', text: `the troops${gap}sent home` })).not.toBeNull();
  });
});

describe('a word', () => {
  it.each([
    ['deploy', 'en', '«Deployed», «deploys», «DEPLOYING»; redeployed.'],
    ['"deployed"', 'en', '«Deployed», deploys.'],
    ['deploy*', 'en', '«deployment», «deploy»; redeploy'],
    ['*ment*', 'en', '«armaments»'],
    ['*deployment', 'en', '«redeployment», redeployments'],
    ['"state of * emergency"', 'en', 'a «state of national emergency», a state of emergency'],
    ['"troop* deploy*"', 'en', '«troops deployed», troops were deployed'],
    ['=US', 'en', 'us «US» Us «U.S.» U.S.A.'],
    ['="Right Sector"', 'en', 'the right sector, the «Right Sector»'],
    ['cease-fire', 'en', 'a «ceasefire», a «cease fire», a «cease-fire», a «cease‑fire», a «cease­fire»'],
    ['"cease-fire"', 'en', 'the ceasefires, a «ceasefire»'],
    ['Carter', 'en', "«Carter»'s and «Carter»’s"],
    ['defence', 'en', 'a «defense», «defences»'],
    ['organize', 'en', '«organised», «organising»'],
    ['labor', 'en', '«labour»'],
    ['F-16', 'en', '«F-16s», «F16», «F 16», «F16s»; F-161, 16'],
    ['T72', 'en', '«T72s» but T-72s'],
    ['1990', 'en', '«1990», not the 1990s'],
    ['"café"', 'fr', '«cafe», «CAFÉ», «cafe\u0301»'],
    ['déployer', 'fr', 'ont «déployé», ont «de\u0301ploye\u0301»'],
    ['Straße', 'de', '«STRASSE», «Strassen»'],
    ['самолёт', 'ru', '«самолеты»'],
    ['область', 'ru', '«о\u0301бласти»'],
    ["об'єкт", 'uk', '«обʼєкта», «об’єкту»'],
    ['ışık', 'tr', '«IŞIK»'],
    ['قوات', 'ar', '«قُوَّاتٌ», «القوات»'],
    ['troops', 'en', '«ｔｒｏｏｐｓ», «tro\u00adops», \u200f«troops»\u200e'],
  ])('%s (%s) in %s', (expression, language, example) => expectShown(expression, language, example));

  it.each([
    ['파병', 'ko', '«파병을», «파병», 북한군파병을'],
    ['*파병*', 'ko', '«북한군파병을»'],
    ['"파병"', 'ko', '파병을 «파병»'],
    ['군', 'ko', '«군이» 군대 군사'],
    ['=NATO', 'ko', '«NATO»가 나토'],
    ['조약 NEAR/2 비준', 'ko', '«조약을 비준했다»'],
    ['파병'.normalize('NFD'), 'ko', '«파병을»'],
    ['파병', 'ko', `«${'파병을'.normalize('NFD')}»`],
    ['批准书', 'zh', '«批准書»'],
    ['軍隊', 'zh', '«军队»'],
    ['"台湾"', 'zh', '«臺灣»'],
    ['军队 NEAR/1 派遣', 'zh', '«军队»已经«派遣»'],
    ['军队 NEAR/1 派遣', 'zh', '军队已经开始派遣'],
    ['ミサイル NEAR/2 発射', 'ja', '弾道«ミサイル»を2発«発射»した'],
    ['ガス', 'ja', '«ｶﾞｽ», «カ\u3099ス»'],
    ['カ\u3099ス', 'ja', '«ガス»'],
  ])('%s (%s) in %s', (expression, language, example) => expectShown(expression, language, example));
});

describe('a number', () => {
  it.each([
    ['1,500', 1_500],
    ['1.500', 1_500],
    ['1 500', 1_500],
    ['1\u202f500', 1_500],
    ["1'500", 1_500],
    ['1,500,000', 1_500_000],
    ['12 thousand', 12_000],
    ['5bn', 5e9],
    ['2.5 Mio', 2_500_000],
    ['3 Mrd', 3e9],
    ['2 mln', 2e6],
    ['20 mil', 20_000],
    ['3 mil millones', 3e9],
    ['2 тыс', 2_000],
    ['1,2 млн', 1_200_000],
    ['3만5천', 35_000],
    ['10만명', 100_000],
    ['300万', 3e6],
    ['1億', 1e8],
    ['٣٠٠', 300],
    ['١٬٥٠٠', 1_500],
    ['۱۴۰۲', 1_402],
    ['１２', 12],
  ])('%s is read as %i', (written, value) => {
    expectShown(`num(${value}..${value})`, 'en', `x «${written}» x`);
    expectShown(`num(${value + 1}..)`, 'en', `x ${written} x`);
  });

  it('of money may be written with m for millions', () => {
    expectShown('num(3000000..3000000)', 'en', 'x £«3m» x');
  });

  it.each(['3m', 'twelve', '15th', '4x4', '20s'])('%s is not read', (written) => {
    expectShown('num(0..)', 'en', `x ${written} x`);
  });
});

describe('a compound in a short document', () => {
  it('takes the place of one word, however many tokens it has', () => {
    const document = { title: '', text: 'The peace state-of-the-art talks went on.' };

    expect(marked('"peace stateoftheart talks"', 'en', document)).toBe('The «peace state-of-the-art talks» went on.');
  });
});
