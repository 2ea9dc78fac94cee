// Every error and warning of an expression: its code, the place it points at, and what it advises.
import { type BuildOptions, buildClause } from '../../../shared/matching/compile/build-clause.ts';
import { reviewExpression } from '../../../shared/packs/review.ts';
import { parseExpression } from '../../../shared/query/parse-expression.ts';
import type { ExpressionProblem } from '../../../shared/query/problems.ts';

const OPTIONS: BuildOptions = {
  language: 'en',
  sets: {
    forces: { en: 'troops OR soldiers' },
    korean: { ko: '병력' },
    eastern: { ko: '병력', ja: '兵力' },
    left: { en: '{right}' },
    right: { en: 'x OR {left}' },
    broken: { en: '(a OR b' },
    one: { en: '{two}' },
    two: { en: '{three}' },
    three: { en: '{four}' },
    four: { en: '{five}' },
    five: { en: '{six}' },
    six: { en: 'deep' },
  },
};

const problemsOf = (text: string): readonly ExpressionProblem[] => [
  ...buildClause(text, OPTIONS).problems,
  ...reviewExpression(text, OPTIONS),
];

/** Code, the text it points at, and the hint. */
const told = (text: string) =>
  problemsOf(text).map(({ code, start, end, hint }) => [code, text.slice(start, end), hint ?? ''] as const);

const words = (count: number, join: string) => Array.from({ length: count }, (_, index) => `t${index}`).join(join);

describe('an error of an expression points at its place and says how to correct it', () => {
  it.each<[string, string, string, RegExp]>([
    [
      'E_MIXED',
      'troops AND deploy OR sent',
      'deploy OR sent',
      /^\(troops AND deploy\) OR sent {3}-or- {3}troops AND \(deploy OR sent\)$/,
    ],
    ['E_MIXED', 'a AND NOT b OR c', 'b OR c', /^\(a AND NOT b\) OR c {3}-or- {3}a AND NOT \(b OR c\)$/],
    ['E_JUXTAPOSED', 'troops deploy', 'deploy', /^"troops deploy", troops AND deploy, or troops NEAR\/5 deploy$/],
    ['E_JUXTAPOSED', '(troops OR army) deploy', 'deploy', /^\(troops OR army\) AND deploy, or/],
    ['E_UNCLOSED', 'a AND (b OR c', '(', /add a closing \)/],
    ['E_UNCLOSED', 'a OR b) AND c', ')', /remove it, or add a \( before it/],
    ['E_UNCLOSED', 'a OR "b c', '"', /add a closing "/],
    ['E_UNCLOSED', 'a OR {forces', '{', /write \{name\}/],
    ['E_ONLY_NOT', 'NOT troops', 'NOT', /word AND NOT other, or word NOT NEAR\/10 other/],
    ['E_ONLY_NOT', 'army OR NOT troops', 'NOT', /word AND NOT other/],
    ['E_ONLY_NOT', 'army NOT troops', 'NOT', /write AND NOT to exclude it anywhere, NOT NEAR\/10/],
    ['E_LOWER_OP', 'troops and army', 'and', /upper case: AND; to look for the word, write "and"/],
    ['E_LOWER_OP', 'gold OR or', 'or', /upper case: OR; to look for the word, write "or"/],
    ['E_MIXED_PROX', 'a NEAR/3 b NEAR/5 c', 'NEAR/5', /parentheses/],
    ['E_MIXED_PROX', 'a NEAR/3 b NOT NEAR/3 c', 'NOT NEAR/3', /parentheses/],
    ['E_NEAR', 'a NEAR b', 'NEAR', /NEAR\/5/],
    ['E_UNKNOWN_SET', '(troops OR {forcs}) NEAR/3 x', '{forcs}', /^did you mean \{forces\}\?$/],
    ['E_UNKNOWN_SET', '{nothing-like-it}', '{nothing-like-it}', /define it under sets:/],
    ['E_UNKNOWN_SET', '{korean}', '{korean}', /it has ko; add en, or \* for every language/],
    ['E_UNKNOWN_SET', '{eastern}', '{eastern}', /it has ko, ja; add en/],
    ['E_SET_CYCLE', 'a OR {left}', '{left}', /remove one of these names/],
    ['E_SET_BROKEN', 'a OR {broken}', '{broken}', /correct the set/],
    ['E_WILDCARD_SHORT', 'army OR tr*', 'tr*', /write more of the word, or list its forms with OR/],
    ['E_WILDCARD_SHORT', 'army OR *ent', '*ent', /write more of the word/],
    ['E_WILDCARD_SHORT', 'army OR 병*', '병*', /write more of the word/],
    ['E_WILDCARD_SHORT', 'army OR "of tr*"', '"of tr*"', /write more of the word/],
    ['E_WILDCARD_PLACE', 'col*ur', 'col*ur', /write out the forms/],
    ['E_FIELD', 'titel:troops', 'titel:', /^did you mean title:\? Known: title lead body/],
    ['E_FIELD', 'title: NEAR/5 troops', 'title:', /title:word or title:\(a OR b\)/],
    ['E_FIELD', 'title:(lead:troops)', '(lead:troops)', /^write each separately: title:a AND lead:b$/],
    ['E_FIELD', 'title:source:x', 'title:source:', /^write each separately: title:a AND source:b$/],
    ['E_FIELD', 'intitle:coup', 'intitle:', /^did you mean title:\?/],
    ['E_FIELD', 'site:example.org AND coup', 'site:', /^did you mean source:\?/],
    ['E_FIELD', 'tag:sport AND coup', 'tag:', /^did you mean category:\?/],
    ['E_FIELD', 'troops NEAR/5 category:sport', 'troops NEAR/5 category:sport', /join it with AND/],
    ['E_FIELD', 'troops NEAR/5 source:example.org', 'troops NEAR/5 source:example.org', /join it with AND/],
    ['E_NUMBER', 'troops NEAR/3 num(..)', 'num(..)', /num\(10\.\.\)/],
    ['E_NUMBER', 'troops NEAR/3 num(9..1)', 'num(9..1)', /num\(1\.\.9\)/],
    ['E_NUMBER', 'troops NEAR/3 num(10,000..)', 'num(10,000..)', /^write num\(10000\.\.\)$/],
    ['E_NUMBER', 'num(10 000..20 000)', 'num(10 000..20 000)', /^write num\(10000\.\.20000\)$/],
    ['E_NUMBER', 'num(1.5..2)', 'num(1.5..2)', /^write num\(10\.\.20\)/],
    ['E_NUMBER', 'troops NEAR/3 10..20', '10..20', /^for a range, write num\(10\.\.20\)$/],
    ['E_QUORUM', '3 OF (a, b)', '3 OF (a, b)', /separate the parts with commas/],
    ['E_MISSING_TERM', 'a AND', '', /write a word, a "phrase" or a group/],
    ['E_MISSING_TERM', 'AND a', 'AND', /begin with a word/],
    ['E_MISSING_TERM', 'a AND ()', '()', /write a term between them/],
    ['E_EMPTY', '  # only a comment', '', /write at least one word/],
    ['E_EMPTY', 'a OR ""', '""', /between them/],
    ['E_CHARACTER', 'troops | army', '|', /write OR/],
    ['E_CHARACTER', 'troops AND -army', '-', /AND NOT word, or NOT NEAR\/10 word/],
    ['E_CHARACTER', 'deploy!', '!', /write \* at the end of the word/],
    ['E_CHARACTER', 'a, b', ',', /elsewhere write OR/],
    ['E_JUXTAPOSED', 'troops (a OR b)', '(', /^troops AND \( … \), or troops NEAR\/5 \( … \)$/],
    ['E_JUXTAPOSED', 'troops same border', 'same', /if same is meant as an operator, w\/p$/],
    ['E_NEAR', 'troops near5 border', 'near5', /^write NEAR\/5$/],
    ['E_NEAR', 'troops adj3 border', 'adj3', /^write ONEAR\/3$/],
    ['E_NEAR', 'troops /5 border', '/5', /^write NEAR\/5$/],
    ['E_NEAR', 'troops +5 border', '+5', /^write ONEAR\/5$/],
    ['E_NEAR', 'troops /s border', '/s', /^write w\/s$/],
    ['E_CHARACTER', 'troops AROUND(3) border', 'AROUND', /^write a NEAR\/5 b$/],
    ['E_CHARACTER', 'allcaps(us) NEAR/3 troops', 'allcaps', /write = before the word: =US/],
    ['E_CHARACTER', 'title(coup)', 'title', /^write title:\( … \)$/],
    ['E_CHARACTER', 'publication(example) AND coup', 'publication', /^write source:\( … \)$/],
    ['E_CHARACTER', 'troops NEAR/3 num(10)', 'num', /num\(10\.\.\)/],
    ['E_CHARACTER', 'atleast(troops)', 'atleast', /atleast3\( … \)/],
    ['E_CHARACTER', 'hd=coup', '=', /^write title:coup$/],
    ['E_CHARACTER', 'coup AND length>500', '>', /settings of the pipeline/],
    ['E_NO_TEXT', 'source:example.org', 'source:example.org', /source:"example.org" AND troops/],
  ])('%s in %s', (code, text, at, hint) => {
    const [first] = told(text);

    expect(first?.[0]).toBe(code);
    expect(first?.[1]).toBe(at);
    expect(first?.[2]).toMatch(hint);
    expect(problemsOf(text)[0]?.severity).toBe('error');
    expect(buildClause(text, OPTIONS).clause).toBeNull();
  });

  it('is told once for sets that contain each other, with their names', () => {
    const { problems, clause } = buildClause('a OR {left}', OPTIONS);

    expect(clause).toBeNull();
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['E_SET_CYCLE', expect.stringContaining('{left} -> {right} -> {left}')],
    ]);
  });

  it('is one of several when an expression has several', () => {
    expect(told('{forcs} NEAR/99 (tr* OR titel:x)').map(([code, at]) => [code, at])).toEqual([
      ['E_LIMIT', 'NEAR/99'],
      ['E_FIELD', 'titel:'],
    ]);
    expect(told('{forcs} NEAR/9 tr*').map(([code, at]) => [code, at])).toEqual([
      ['E_UNKNOWN_SET', '{forcs}'],
      ['E_WILDCARD_SHORT', 'tr*'],
    ]);
  });
});

describe('a field of Lexis', () => {
  const textOfParts = (text: string) =>
    JSON.stringify(parseExpression(text).expression, (key, value) => (key === 'at' ? [] : value));

  it.each([
    ['hlead(coup OR putsch)', 'lead:(coup OR putsch)'],
    ['HLEAD(coup)', 'lead:(coup)'],
    ['headline("state of emergency")', 'title:("state of emergency")'],
    ['troops AND headline (coup)', 'troops AND title:(coup)'],
  ])('%s is %s', (written, ours) => {
    expect(textOfParts(ours)).not.toBe('null');
    expect(textOfParts(written)).toBe(textOfParts(ours));
  });

  it.each(['headline', 'lead OR headline', 'near5', 'adj5 OR hlead', 'W5 AND troops'])(
    'is a word elsewhere: %s',
    (text) => {
      expect(problemsOf(text)).toEqual([]);
    },
  );
});

describe('limits', () => {
  it.each<[string, string, RegExp]>([
    ['characters', `"${'a'.repeat(4_000)}"`, /4002 characters; at most 4000/],
    ['terms', words(501, ' OR '), /501 terms including its sets; at most 500/],
    ['parentheses', `${'('.repeat(21)}a${')'.repeat(21)}`, /nested more than 20 deep/],
    ['sets inside sets', '{one}', /nested more than 5 deep at \{six\}/],
    ['reach of NEAR', 'a NEAR/51 b', /at most 50 words/],
    ['sides of NEAR', words(7, ' NEAR/3 '), /NEAR\/3 joins 7 parts; at most 6/],
    ['atleast', 'atleast51(a)', /from 1 to 50, not 51/],
    ['atleast of none', 'atleast0(a)', /from 1 to 50, not 0/],
  ])('refuse too many or too much: %s', (_what, text, message) => {
    const [problem] = buildClause(text, OPTIONS).problems;

    expect(problem?.code).toBe('E_LIMIT');
    expect(problem?.message).toMatch(message);
  });

  it.each([
    ['characters', `"${'a'.repeat(3_998)}"`],
    ['terms', words(500, ' OR ')],
    ['parentheses', `${'('.repeat(20)}a${')'.repeat(20)}`],
    ['sets inside sets', '{two}'],
    ['reach of NEAR', 'a NEAR/50 b'],
    ['sides of NEAR', words(6, ' NEAR/3 ')],
    ['atleast', 'atleast50(a)'],
    ['letters beside *', 'tro* OR *ment OR 병력* OR 兵*'],
  ])('allow just so much: %s', (_what, text) => {
    expect(buildClause(text, OPTIONS).problems.filter((each) => each.severity === 'error')).toEqual([]);
  });
});

describe('a warning', () => {
  it.each<[string, string, string, RegExp]>([
    ['W_SMART_QUOTES', 'army OR “sent troops”', '“sent troops”', /straight quotation marks/],
    ['W_NEAR_WIDE', 'army NEAR/26 treaty', 'NEAR/26', /w\/s and w\/p/],
    ['W_COMMON_ANCHOR', 'people OR army', 'people OR army', /join it with a rarer word/],
    ['W_COMMON_ANCHOR', 'people NEAR/3 "the"', 'people NEAR/3 "the"', /join it with a rarer word/],
    ['W_NOT_COMMON', 'treaty AND NOT people', 'people', /NOT NEAR\/10 people/],
    [
      'W_SAME_WORD_BOTH_SIDES',
      '{forces} NEAR/5 (soldier OR battalion)',
      '{forces} NEAR/5 (soldier OR battalion)',
      /remove it from one/,
    ],
    ['W_SAME_WORD_TWICE', '2 OF (tank, drone, tanks)', 'tanks', /remove it from one/],
    ['W_SAME_WORD_TWICE', '2 OF (troops OR tank, {forces})', '{forces}', /remove it from one/],
    ['W_SAME_WORD_TWICE', '2 OF ("fighter jet", drone, "fighter jet")', '"fighter jet"', /remove it from one/],
    ['W_STEM_COLLISION', 'treaty OR deploy OR deployed', 'deployed', /"deploy" OR "deployed"/],
    ['W_MIXED_SCRIPT', 'treaty OR вoйска', 'вoйска', /type the word again/],
  ])('%s for %s', (code, text, at, hint) => {
    const found = told(text).filter((each) => each[0].startsWith('W_'));

    expect(found.map((each) => each[0])).toEqual([code]);
    expect(found[0]?.[1]).toBe(at);
    expect(found[0]?.[2]).toMatch(hint);
    expect(buildClause(text, OPTIONS).clause).not.toBeNull();
  });

  it('W_MANY_TERMS for one that comes near the limit', () => {
    const [warning] = problemsOf(words(451, ' OR '));

    expect(warning).toMatchObject({
      code: 'W_MANY_TERMS',
      message: expect.stringMatching(/^451 terms .* limit of 500/),
    });
    expect(told(words(450, ' OR '))).toEqual([]);
  });

  it.each([
    ['people NEAR/3 treaty', 'a rare word is required too'],
    ['=US OR =IT', 'names in capitals are not the words us and it'],
    ['treaty AND NOT =US', 'a name in capitals is not the word us'],
    ['treaty NOT NEAR/10 people', 'only what stands nearby is excluded'],
    ['treaty AND NOT smelting', 'the excluded word is rare'],
    ['treaty AND NOT lang:it', 'a language is no word of the text'],
    ['"deploy" OR "deployed"', 'quoted words match these forms only'],
    ['{forces} NEAR/5 battalion', 'no word is on both sides'],
    ['2 OF (tank, drone, "fighter jet")', 'no part holds a word of another'],
    ['"people of the world"', 'common words side by side are rare'],
    ['войска OR troops', 'each word is of one script'],
    ['source:example.org AND treaty', 'the text must say something rare'],
  ])('is not given for %s: %s', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it('W_COMMON_ANCHOR is for whole words of Chinese, not for the characters in them', () => {
    const codes = (text: string) => reviewExpression(text, { language: 'zh', sets: {} }).map(({ code }) => code);

    expect([codes('合同 OR 军队'), codes('的')]).toEqual([[], ['W_COMMON_ANCHOR']]);
  });
});
