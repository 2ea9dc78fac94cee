// Which words stand side by side: what may be between the characters of one Chinese or Japanese word, and between the words
// of a phrase.
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import { topicOf } from './random-topics.ts';

type Row = readonly [language: string, expression: string, text: string, isFound: boolean];

/** Whether it is found in a text, and in a title. */
function foundIn([language, expression, text]: Row): readonly [inText: boolean, inTitle: boolean] {
  const matcher = compileTopics([topicOf(expression, 'topic', language)]);
  expect(matcher.problems).toEqual([]);
  const isFound = (document: { title: string; text: string }) => matcher.match({ ...document, language }).length > 0;
  return [isFound({ title: '', text }), isFound({ title: text, text: '' })];
}

const expectFound = (...row: Row): void => expect(foundIn(row)).toEqual([row[3], row[3]]);

describe('a word of Chinese or Japanese', () => {
  it.each<Row>([
    ['zh', '中国', '中国政府今天表示', true],
    ['zh', '中国', '在中国。', true],
    ['zh', '中国', '在其中。国务院', false],
    ['zh', '中国', '在其中，国务院', false],
    ['zh', '中国', '在其中、国务院', false],
    ['zh', '中国', '在其中；国务院', false],
    ['zh', '中国', '在其中：国务院', false],
    ['zh', '中国', '在其中！国务院', false],
    ['zh', '中国', '在其中?国务院', false],
    ['zh', '中国', '（在其中）国务院', false],
    ['zh', '中国', '在“其中”国务院', false],
    ['zh', '中国', '《其中》国务院', false],
    ['zh', '中国', '其中—国务院', false],
    ['zh', '中国', '其中……国务院', false],
    ['zh', '中国', '其中/国务院', false],
    ['zh', '中国', '其中-国务院', false],
    ['zh', '中国', '其中 国务院', false],
    ['zh', '中国', '其中\u3000国务院', false],
    ['zh', '中国', '其中\n国务院', false],
    ['zh', '中国', '其中\r\n国务院', false],
    ['zh', '中国', '其中·国务院', false],
    ['zh', '中国', '中\u200b国', true],
    ['zh', '中国', '中\u00ad国', true],
    ['zh', '"中国"', '其中，国务院', false],
    ['zh', '=中国', '其中，国务院', false],
    ['zh', '中国*', '其中，国务院', false],
    ['zh', '批准書', '批准。书', false],
    ['zh', '批准书', '批准書', true],
    ['zh', '普京', '普·京', false],
    ['zh', '弗拉基米尔·普京', '弗拉基米尔·普京说', true],
    ['zh', '"军队 派遣"', '军队，派遣', true],
    ['zh', '"军队 派遣"', '军队。派遣', false],
    ['zh', '"中国 军队"', '中国军队', true],
    ['zh', 'A股', 'Ａ股上涨', true],
    ['zh', 'A股', 'A 股上涨', true],
    ['zh', 'A股', '计划A。股市', false],
    ['zh', 'A股', 'A，股', false],
    ['zh', '2024年', '2024 年', true],
    ['zh', '11月', '增至11。月底', false],
    ['ja', '日本', '今日。本当に', false],
    ['ja', '日本', '「今日」本当に', false],
    ['ja', '日本', '西日本は', true],
    ['ja', 'ミサイル', 'ミサ、イルカ', false],
    ['ja', 'キエフ', 'キ・エフ', false],
    ['ja', 'キエフ', 'キエフで', true],
    ['ja', 'カ゛ス', 'ガス', false],
    ['ja', '取り組み', '取り組みを', true],
    ['ja', '取り組み', '取り、組み', false],
    ['ja', 'サーバー', 'ｻｰﾊﾞｰが', true],
    ['ja', '条約の批准', '条約の、批准', false],
    ['zh', '军队 NEAR/1 派遣', '军队。派遣', true],
    ['zh', '军队 NEAR/0 派遣', '军队派遣', true],
    ['zh', '军队 ONEAR/0 派遣', '军队。派遣', false],
    ['zh', '军队 ONEAR/0 派遣', '军队，派遣', true],
  ])('%s: %s in %j: %s', expectFound);

  it('is highlighted without the invisible sign beside it', () => {
    const [match] = compileTopics([topicOf('中国', 'topic', 'zh')]).match({
      title: '',
      text: '在其中。中\u200b国',
      language: 'zh',
    });

    expect(match?.passages[0]?.highlights).toEqual([
      [4, 5],
      [6, 7],
    ]);
  });
});

describe('a short word of katakana', () => {
  it.each<Row>([
    ['ja', 'タン', 'タンク', false],
    ['ja', 'ンク', 'タンク', false],
    ['ja', 'タン', 'タンを', true],
    ['ja', 'タン', '「タン」', true],
    ['ja', 'ローン', 'ローンの金利', true],
    ['ja', 'インド', 'インドは', true],
    ['ja', 'インド', 'インドネシアは', false],
    ['ja', 'タイ', 'タイヤの', false],
    ['ja', 'タイ', '北部タイの', true],
    ['ja', 'テロ', 'サイバーテロ対策', true],
    ['ja', 'テロ', '新しい町のサイバーテロ対策', true],
    ['ja', 'タン', '新しい町のタンク', false],
    ['ja', 'ガス', 'ガスパイプライン', true],
    ['ja', 'ﾀﾝ', 'タンク', false],
    ['ja', '*タン*', 'タンク', true],
    ['ja', '"タン"', 'タンク', false],
    ['ja', 'タン OR 兵', 'タンク', false],
    ['ja', 'ア', 'アメリカ', false],
    ['ja', 'ミサイル', '弾道ミサイルシステム', true],
    ['ja', 'タイ軍', 'タイ軍は', true],
    ['ja', '"インド 軍"', 'インド軍', true],
    ['ja', 'ロシア', 'ベラルーシア', false],
  ])('%s: %s in %j: %s', expectFound);
});

describe('a phrase', () => {
  it.each<Row>([
    ['en', '"armed forces"', 'the armed forces', true],
    ['en', '"armed forces"', 'The men were armed. Forces of nature struck.', false],
    ['en', '"armed forces"', 'Were the men armed? Forces of nature struck.', false],
    ['en', '"armed forces"', 'The men were armed! Forces of nature struck.', false],
    ['en', '"armed forces"', 'The men were "armed." Forces of nature struck.', false],
    ['en', '"armed forces"', 'men, armed, forces of nature', true],
    ['en', '"armed forces"', 'the armed\nforces of the country', true],
    ['en', '"armed forces"', 'the armed\n\nforces of the country', false],
    ['en', '"armed forces"', 'the "armed" forces', true],
    ['en', '"armed-forces"', 'The men were armed. Forces struck.', false],
    ['en', '="Armed Forces"', 'All Armed. Forces struck.', false],
    ['en', '"armed * struck"', 'The men were armed. Forces struck.', false],
    ['en', '"gen milley"', 'said Gen. Milley of the army', true],
    ['en', '"us forces"', 'the U.S. forces left', true],
    ['en', '"st petersburg"', 'in St. Petersburg today', true],
    ['en', '"Yahoo! News"', 'Yahoo! News reported', true],
    ['en', '"who news"', 'Who? News of him', false],
    ['fr', '"état d\'urgence"', 'l’état d’urgence', true],
    ['fr', '"forces armées"', 'Il a des forces. Armées et troupes partent.', false],
    ['ru', '"вооруженные силы"', 'Они вооруженные. Силы природы ударили.', false],
    ['ar', '"القوات المسلحة"', 'وصلت القوات. المسلحة هي', false],
    ['ar', '"القوات المسلحة"', 'وصلت القوات المسلحة', true],
    ['hi', '"सेना प्रमुख"', 'सेना। प्रमुख', false],
    ['ko', '"군대 파병"', '군대. 파병', false],
    ['en', 'armed ONEAR/0 forces', 'The men were armed. Forces struck.', false],
    ['en', 'armed NEAR/0 forces', 'The men were armed. Forces struck.', false],
    ['en', 'armed NEAR/1 forces', 'The men were armed. Forces struck.', true],
    ['en', 'armed NEAR/1 forces NEAR/1 struck', 'Were they armed? Forces struck.', true],
    ['en', 'struck NOT NEAR/1 forces', 'Armed forces. Struck again.', false],
    ['en', 'armed NEAR/0 forces', 'The armed forces struck.', true],
    ['en', 'armed ONEAR/0 forces ONEAR/0 struck', 'Were they armed? Forces struck.', false],
    ['en', '(armed OR men) ONEAR/0 forces ONEAR/0 struck', 'They armed. Men, forces struck.', true],
    ['en', 'struck NOT NEAR/0 forces', 'Armed forces struck.', false],
    ['en', 'struck NOT NEAR/0 forces', 'Armed forces. Struck again.', true],
  ])('%s: %s in %j: %s', expectFound);
});

describe('a word of several parts', () => {
  it.each<Row>([
    ['en', 'ceasefire', 'cease-fire talks', true],
    ['en', 'ceasefire', 'cease\u2011fire talks', true],
    ['en', 'ceasefire', 'cease fire', false],
    ['en', 'ceasefire', 'cease-\nfire', false],
    ['en', 'peacekeeper', 'the peace-keepers left', true],
    ['en', '"peacekeepers"', 'the peace-keepers left', true],
    ['en', '"un peacekeepers left"', 'UN peace-keepers left', true],
    ['en', 'rearm', 're-armed forces', true],
    ['en', 'drawdown', 'a draw-down of troops', true],
    ['en', 'F16', 'an F-16 jet', false],
    ['en', '"G7"', 'G-7 leaders', false],
    ['en', '"state of * emergency"', 'a state of nation-wide emergency', true],
    ['en', '"state of * emergency"', 'a state of un-heard-of emergency', true],
    ['en', '"state of * emergency"', 'a state of not-at-all-real emergency', true],
    ['en', '"state of * emergency"', 'a state of never-at-all-so-real emergency', false],
    ['en', '"state of * emergency"', 'a state of really grave emergency', false],
    ['en', 'peacekeeper NEAR/0 troops', 'peace-keepers, troops', true],
    ['en', 'peacekeeper NEAR/0 troops', 'peace-keepers and troops', false],
    ['en', 'atleast2(ceasefire)', 'a cease-fire', false],
    ['en', 'atleast2(ceasefire)', 'a cease-fire, a ceasefire', true],
    ['en', 'title:ceasefire OR body:ceasefire', 'a cease-fire', true],
    ['en', '"boots on the ground"', '#BootsOnTheGround now', true],
    ['en', 'ukraine', '#StandWithUkraine', true],
    ['en', 'McDonalds', '#McDonalds', true],
    ['en', '=NATO', '#NATOSummit', true],
    ['en', '=US', 'U. S. troops', true],
    ['en', '=US', 'U, S troops', false],
    ['en', 'troops', '10,000troops', true],
    ['en', '4chan', 'posted on 4chan', true],
    ['en', 'Quran', 'the Qur’an', true],
    ['en', 'shell', "he'll and she'll come", false],
    ['en', '"ONeill"', "O'Neill", false],
    ['en', 'troops', 'tro\u200bops', true],
    ['ru', 'полгода', 'пол-года', true],
    ['uk', '"м’яч"', 'м`яч', true],
    ['de', '"München"', 'in Muenchen', true],
    ['de', 'Rüstung', 'Ruestung', true],
    ['de', '"Muenchen"', 'München', false],
    ['da', '"Grønland"', 'Groenland', false],
    ['ko', '"한미"', '한·미 훈련', true],
    ['ko', '한미일', '한·미·일이', true],
    ['ko', '한미연합훈련', '한·미 연합훈련을', true],
    ['ko', '연합훈련', '연합 훈련을', true],
    ['ko', '"연합훈련"', '연합 훈련', false],
    ['ko', '국방부', '국방 부대', false],
    ['ko', '연합훈련', '연합. 훈련', false],
    ['ko', '파병', '파 병을', false],
    ['he', '"צבא"', 'צָבָא', true],
  ])('%s: %s in %j: %s', expectFound);

  it('is one highlight from its first part to its last', () => {
    const [match] = compileTopics([topicOf('ceasefire', 'topic', 'en')]).match({ title: '', text: 'A cease-fire.' });

    expect(match?.passages[0]?.highlights).toEqual([[2, 12]]);
  });
});
