// What the author of an expression reads: each message and hint whole, and the place it points at, marked with « ».
import { buildClause } from '../../../shared/matching/compile/build-clause.ts';
import type { ExpressionProblem } from '../../../shared/query/problems.ts';

const SETS = {
  forces: { en: 'troops OR soldiers' },
  korean: { ko: '병력' },
  left: { en: '{right}' },
  right: { en: 'x OR {left}' },
  broken: { en: '(a OR b' },
  short: { en: 'tr*' },
  one: { en: '{two}' },
  two: { en: '{three}' },
  three: { en: '{four}' },
  four: { en: '{five}' },
  five: { en: '{six}' },
  six: { en: 'deep' },
};
const limitOfNear = Array.from({ length: 7 }, (_, index) => `t${index}`).join(' NEAR/3 ');

const problemsOf = (text: string): readonly ExpressionProblem[] =>
  buildClause(text, { language: 'en', sets: SETS }).problems;

type Row = readonly [marked: string, code: string, message: string, hint: string | undefined];

const expectProblems = (marked: string, code: string, message: string, hint: string | undefined): void => {
  const text = marked.replace(/[«»]/g, '');
  const start = marked.indexOf('«');

  expect(problemsOf(text)).toEqual([
    {
      severity: code.startsWith('E_') ? 'error' : 'warning',
      code,
      message,
      start,
      end: marked.indexOf('»') - 1,
      hint,
    },
  ]);
};

const NOT_FIRST = 'write first what must be there: word AND NOT other, or word NOT NEAR/10 other';
const TERM_AFTER = 'write a word, a "phrase" or a group after it, or remove it';
const RANGES = 'write num(10..20), num(10..) or num(..20)';
const KNOWN = 'Known: title lead body source lang url author country category';

describe('what joins terms', () => {
  it.each<Row>([
    [
      'a AND «b OR c AND d» ',
      'E_MIXED',
      'AND and OR mixed without parentheses',
      '(a AND b) OR (c AND d)   -or-   a AND (b OR c) AND d',
    ],
    [
      'a OR «b AND NOT c»',
      'E_MIXED',
      'AND and OR mixed without parentheses',
      'a OR (b AND NOT c)   -or-   (a OR b) AND NOT c',
    ],
    [
      'a OR b OR «c AND d»',
      'E_MIXED',
      'AND and OR mixed without parentheses',
      'a OR b OR (c AND d)   -or-   (a OR b OR c) AND d',
    ],
    [
      'a NEAR/3 b «w/5» c',
      'E_MIXED_PROX',
      'NEAR/3 and w/5 mixed without parentheses',
      'put one of them in parentheses: (a NEAR/3 b) NOT NEAR/9 c',
    ],
    [
      'a NOT NEAR/3 b «NEAR/3» c ONEAR/3 d',
      'E_MIXED_PROX',
      'NOT NEAR/3 and NEAR/3 mixed without parentheses',
      'put one of them in parentheses: (a NEAR/3 b) NOT NEAR/9 c',
    ],
    [
      'a NEAR/3 b «ONEAR/3» c',
      'E_MIXED_PROX',
      'NEAR/3 and ONEAR/3 mixed without parentheses',
      'put one of them in parentheses: (a NEAR/3 b) NOT NEAR/9 c',
    ],
    [
      'a w/s b «w/p» c',
      'E_MIXED_PROX',
      'w/s and w/p mixed without parentheses',
      'put one of them in parentheses: (a NEAR/3 b) NOT NEAR/9 c',
    ],
    [
      'a NEAR/3 b «NEAR/3c» c',
      'E_MIXED_PROX',
      'NEAR/3 and NEAR/3c mixed without parentheses',
      'put one of them in parentheses: (a NEAR/3 b) NOT NEAR/9 c',
    ],
    [
      'a WITHOUT b «NOT NEAR/3» c',
      'E_MIXED_PROX',
      'WITHOUT and NOT NEAR/3 mixed without parentheses',
      'put one of them in parentheses: (a NEAR/3 b) NOT NEAR/9 c',
    ],
    [
      'a w/s b «NEAR/3» c',
      'E_MIXED_PROX',
      'w/s and NEAR/3 mixed without parentheses',
      'put one of them in parentheses: (a NEAR/3 b) NOT NEAR/9 c',
    ],
    ['«NOT» a', 'E_ONLY_NOT', 'NOT must have a term before it', NOT_FIRST],
    ['a AND («NOT» b)', 'E_ONLY_NOT', 'NOT must have a term before it', NOT_FIRST],
    ['a OR «NOT» b OR c', 'E_ONLY_NOT', 'NOT must have a term before it', NOT_FIRST],
    ['a NEAR/5 «NOT» b', 'E_ONLY_NOT', 'NOT must have a term before it', NOT_FIRST],
    [
      'a «NOT» b',
      'E_ONLY_NOT',
      'NOT cannot join two terms',
      'write AND NOT to exclude it anywhere, NOT NEAR/10 to exclude it nearby',
    ],
    [
      '«a NEAR/5 lang:en» AND b',
      'E_FIELD',
      'lang: describes the article, not its text, so it cannot be used with NEAR or atleast',
      'join it with AND: (a NEAR/5 b) AND lang:x',
    ],
    [
      'b AND «atleast2(a AND (c OR url:x))»',
      'E_FIELD',
      'url: describes the article, not its text, so it cannot be used with NEAR or atleast',
      'join it with AND: (a NEAR/5 b) AND url:x',
    ],
    [
      'b AND «(a NOT NEAR/5 author:x)»',
      'E_FIELD',
      'author: describes the article, not its text, so it cannot be used with NEAR or atleast',
      'join it with AND: (a NEAR/5 b) AND author:x',
    ],
  ])('%s', (marked, ...rest) => expectProblems(marked, ...rest));

  it('only the first of several operators that differ is reported', () => {
    expect(problemsOf('a NEAR/3 b NEAR/4 c NEAR/5 d').map(({ message }) => message)).toEqual([
      'NEAR/3 and NEAR/4 mixed without parentheses',
    ]);
  });
});

describe('what is missing', () => {
  it.each<Row>([
    ['«»  ', 'E_EMPTY', 'the expression is empty', 'write at least one word'],
    ['«AND» a', 'E_MISSING_TERM', 'expected a term, not AND', 'begin with a word'],
    ['a AND «OR» b', 'E_MISSING_TERM', 'expected a term after AND, not OR', TERM_AFTER],
    ['a AND (b NEAR/3 «)» ', 'E_MISSING_TERM', 'expected a term after NEAR/3, not )', TERM_AFTER],
    ['a AND «()» ', 'E_MISSING_TERM', 'the parentheses are empty', 'write a term between them, or remove them'],
    ['a AND «(»b OR c', 'E_UNCLOSED', '( is never closed', 'add a closing )'],
    ['a «)» OR b', 'E_UNCLOSED', 'unmatched )', 'remove it, or add a ( before it'],
    ['a OR «"»b c', 'E_UNCLOSED', 'quotation mark is never closed', 'add a closing "'],
    ['a OR «="»b c', 'E_UNCLOSED', 'quotation mark is never closed', 'add a closing "'],
    ['a OR «{»b c}', 'E_UNCLOSED', 'set name is never closed', 'write {name}, without spaces'],
    ['a OR «{ }» ', 'E_UNKNOWN_SET', 'set name is empty', 'write {name}'],
    ['a OR «" "» ', 'E_EMPTY', 'the quotation marks are empty', 'write the words to find between them'],
    ['a OR «=»', 'E_CHARACTER', '= must be followed by a word', 'write =Word or ="Two Words"'],
    ['a OR «}» b', 'E_CHARACTER', '"}" has no meaning here', undefined],
    [
      'a OR «"!"» OR b',
      'E_CHARACTER',
      '"!" has no letter or digit to look for',
      'punctuation alone cannot be found; write a word',
    ],
    [
      'a OR «***» OR b',
      'E_WILDCARD_PLACE',
      '* inside the word ***; it may only begin or end a word',
      'write out the forms: colour OR color',
    ],
    [
      'a«,» b',
      'E_CHARACTER',
      'a comma has no meaning here',
      'commas separate the parts of 2 OF (a, b, c); elsewhere write OR',
    ],
    ['a «b» c', 'E_JUXTAPOSED', 'two terms with no operator between them', '"a b", a AND b, or a NEAR/5 b'],
    ['a «"b"» OR c', 'E_JUXTAPOSED', 'two terms with no operator between them', 'a AND "b", or a NEAR/5 "b"'],
    ['"a" «b»', 'E_JUXTAPOSED', 'two terms with no operator between them', '"a" AND b, or "a" NEAR/5 b'],
    [
      'a «within» OR c',
      'E_JUXTAPOSED',
      'two terms with no operator between them',
      '"a within", a AND within, or a NEAR/5 within, or, if within is meant as an operator, NEAR/5',
    ],
    ['a «=near5» OR c', 'E_JUXTAPOSED', 'two terms with no operator between them', 'a AND =near5, or a NEAR/5 =near5'],
    ['a «near5» b', 'E_NEAR', 'near5 is not an operator here', 'write NEAR/5'],
    ['a «/s» b', 'E_NEAR', '/s is not an operator here', 'write w/s'],
    ['«NEAR» OR b', 'E_NEAR', 'NEAR must have a number', 'say how many words may come between: NEAR/5'],
    ['a «ONEAR/» b', 'E_NEAR', 'ONEAR must have a number', 'say how many words may come between: ONEAR/5'],
    ['a «pre/» b', 'E_NEAR', 'pre must have a number', 'say how many words may come between: pre/5'],
    ['a «PRE/» b', 'E_NEAR', 'PRE must have a number', 'say how many words may come between: PRE/5'],
    ['a «w/» b', 'E_NEAR', 'w must have a number', 'say how many words may come between: w/5'],
    ['a «NEAR/» b', 'E_NEAR', 'NEAR must have a number', 'say how many words may come between: NEAR/5'],
    ['a «ONEAR» b', 'E_NEAR', 'ONEAR must have a number', 'say how many words may come between: ONEAR/5'],
    ['a «W/» b', 'E_NEAR', 'W must have a number', 'say how many words may come between: W/5'],
    [
      'a OR «or» OR b',
      'E_LOWER_OP',
      'or could be an operator or a word',
      'operators must be upper case: OR; to look for the word, write "or"',
    ],
    [
      'a «Not» b',
      'E_LOWER_OP',
      'Not could be an operator or a word',
      'operators must be upper case: NOT; to look for the word, write "Not"',
    ],
  ])('%s', (marked, ...rest) => expectProblems(marked, ...rest));
});

it('an expression that ends too early is marked behind its end', () => {
  expect(problemsOf('a AND')).toEqual([
    {
      severity: 'error',
      code: 'E_MISSING_TERM',
      message: 'missing term after AND',
      start: 5,
      end: 6,
      hint: TERM_AFTER,
    },
  ]);
});

describe('signs of another product', () => {
  it.each<Row>([
    ['a «|» b', 'E_CHARACTER', '| has no meaning here', 'write OR'],
    ['a «&» b', 'E_CHARACTER', '& has no meaning here', 'write AND'],
    [
      'a AND «+»b',
      'E_CHARACTER',
      '+ before a word has no meaning here',
      'AND already requires both sides; remove the +',
    ],
    [
      'a AND «-»b',
      'E_CHARACTER',
      '- before a word has no meaning here',
      'to exclude a word, write AND NOT word, or NOT NEAR/10 word to exclude it only nearby',
    ],
    [
      'b OR deploy«!» OR c',
      'E_CHARACTER',
      '! has no meaning here',
      'for any ending, write * at the end of the word; to exclude, write AND NOT',
    ],
    [
      'wom«?»n OR c',
      'E_CHARACTER',
      '? has no meaning here',
      'wildcards for one letter are not supported; list the forms with OR, or end the word with *',
    ],
    [
      'a«~»5 OR c',
      'E_CHARACTER',
      '~ has no meaning here',
      'write ~"two words" for a phrase in all its forms, a NEAR/5 b for words near each other; there is no fuzzy search',
    ],
    [
      "«'»two words'",
      'E_CHARACTER',
      "' before a word has no meaning here",
      'write phrases in double quotes: "two words"',
    ],
    ['deploy«$» OR c', 'E_CHARACTER', '$ has no meaning here', 'for any ending, write * at the end of the word'],
    ['a«^»4 OR c', 'E_CHARACTER', '^ has no meaning here', 'weights are not supported; remove it'],
    ['«[»10 OR c', 'E_CHARACTER', '[ before a word has no meaning here', 'write num(10..20) for a range of numbers'],
    ['20«]» OR c', 'E_CHARACTER', '] has no meaning here', 'write num(10..20) for a range of numbers'],
    [
      '«/»tro.ps/ OR c',
      'E_CHARACTER',
      '/ before a word has no meaning here',
      'regular expressions are not supported; use words with * and NEAR/n',
    ],
    ['a «<» b', 'E_CHARACTER', '< has no meaning here', 'for a fixed order, write a ONEAR/n b'],
    ['a OR «>»10', 'E_CHARACTER', '> before a word has no meaning here', 'write num(10..) for a range of numbers'],
    ['us«=» OR c', 'E_CHARACTER', '= has no meaning here', 'write = before a word to match it letter for letter: =US'],
    ['a«\\»b OR c', 'E_CHARACTER', '\\ has no meaning here', undefined],
    ['b AND «caps»(us)', 'E_CHARACTER', 'unknown function caps', 'for exact case, write = before the word: =US'],
    ['b AND «num»(10)', 'E_CHARACTER', 'unknown function num', RANGES],
  ])('%s', (marked, ...rest) => expectProblems(marked, ...rest));
});

describe('numbers, counts and limits', () => {
  it.each<Row>([
    ['a AND «num(..)» AND b', 'E_NUMBER', 'num(..) must have at least one bound', 'num(10..)'],
    ['a AND «num( - .. - )» AND b', 'E_NUMBER', 'num(..) must have at least one bound', 'num(10..)'],
    ['a AND «num(9..1)» AND b', 'E_NUMBER', 'num(9..1) is empty: 9 is greater than 1', 'num(1..9)'],
    ['a AND «num(1.5..2)» AND b', 'E_NUMBER', 'a range must use whole numbers in plain digits', RANGES],
    ['a AND «num(..1,500)» AND b', 'E_NUMBER', 'a range must use whole numbers in plain digits', 'write num(..1500)'],
    [
      "a AND «num( 1'500'000 .. )» AND b",
      'E_NUMBER',
      'a range must use whole numbers in plain digits',
      'write num(1500000 ..)',
    ],
    ['a AND «num(1,50..)» AND b', 'E_NUMBER', 'a range must use whole numbers in plain digits', RANGES],
    ['a AND «num(1,5000..)» AND b', 'E_NUMBER', 'a range must use whole numbers in plain digits', RANGES],
    ['a AND «NUM(..x1)» AND b', 'E_NUMBER', 'a range must use whole numbers in plain digits', RANGES],
    ['a AND «num(a..1 500)» AND b', 'E_NUMBER', 'a range must use whole numbers in plain digits', RANGES],
    ['a AND «num(x1..y)» AND b', 'E_NUMBER', 'a range must use whole numbers in plain digits', RANGES],
    ['a NEAR/3 «10..20» OR b', 'E_NUMBER', '10..20 is not a word', 'for a range, write num(10..20)'],
    ['a NEAR/3 «...20» OR b', 'E_NUMBER', '...20 is not a word', 'for a range, write num(..20)'],
    ['a NEAR/3 «10..» OR b', 'E_NUMBER', '10.. is not a word', 'for a range, write num(10..)'],
    ['a AND «atleast0»(b) ', 'E_LIMIT', 'the number of atleast must be from 1 to 50, not 0', 'write atleast3(a)'],
    ['«0 OF »(a, b) AND c', 'E_LIMIT', 'the number of OF must be from 1 to 50, not 0', 'write 2 OF (a, b, c)'],
    [
      'c AND «3 OF (a, b)» ',
      'E_QUORUM',
      '3 OF 2 parts can never hold',
      'separate the parts with commas: 2 OF (a, b, c)',
    ],
    [
      'c OR (a «NEAR/51» b)',
      'E_LIMIT',
      'NEAR/51: at most 50 words may come between',
      'for a wider reach write w/s (same sentence), w/p (same paragraph) or AND',
    ],
    [
      'c OR (a «NEAR/26» b)',
      'W_NEAR_WIDE',
      'NEAR/26 reaches across more than one sentence',
      'w/s and w/p say the same more clearly',
    ],
    [
      `c AND («${limitOfNear}»)`,
      'E_LIMIT',
      'NEAR/3 joins 7 parts; at most 6 are allowed',
      'put some of them in one group: a NEAR/5 (b OR c)',
    ],
    [
      `${'('.repeat(20)}«(»a${')'.repeat(21)}`,
      'E_LIMIT',
      'parentheses nested more than 20 deep',
      'move inner parts into sets or separate entries',
    ],
    [
      'c AND (a OR «tr*»)',
      'E_WILDCARD_SHORT',
      'tr* would match too much: write at least 3 letters beside the *',
      'write more of the word, or list its forms with OR',
    ],
    [
      'c AND (a OR «*ops*»)',
      'E_WILDCARD_SHORT',
      '*ops* would match too much: write at least 4 letters beside the *',
      'write more of the word, or list its forms with OR',
    ],
    [
      'c AND (a OR «병*»)',
      'E_WILDCARD_SHORT',
      '병* would match too much: write at least 2 letters beside the *',
      'write more of the word, or list its forms with OR',
    ],
    [
      'c AND (a OR «col*ur»)',
      'E_WILDCARD_PLACE',
      '* inside the word col*ur; it may only begin or end a word',
      'write out the forms: colour OR color',
    ],
  ])('%s', (marked, ...rest) => expectProblems(marked, ...rest));
});

it('an expression of too many characters is marked at its first', () => {
  expect(problemsOf('a'.repeat(4_000))).toEqual([]);
  expectProblems(
    `«a»${'a'.repeat(4_000)}`,
    'E_LIMIT',
    'the expression has 4001 characters; at most 4000 are allowed',
    'move groups of words into sets, or split it into several entries',
  );
});

describe('fields and sets', () => {
  it.each<Row>([
    ['a AND «titel:»b ', 'E_FIELD', 'unknown field titel:', `did you mean title:? ${KNOWN}`],
    ['a AND «zzzzzzzz:»b ', 'E_FIELD', 'unknown field zzzzzzzz:', KNOWN],
    ['a AND «title:lead:»b', 'E_FIELD', 'lead: cannot be inside title:', 'write each separately: title:a AND lead:b'],
    [
      'a AND title:(b AND «lead:c») ',
      'E_FIELD',
      'lead: cannot be inside title:',
      'write each separately: title:a AND lead:b',
    ],
    [
      'a AND source:(b AND «lang:c») ',
      'E_FIELD',
      'lang: cannot be inside source:',
      'write each separately: source:a AND lang:b',
    ],
    [
      'a AND «title:» AND b',
      'E_FIELD',
      'title: must be followed by a word, a phrase or a group',
      'title:word or title:(a OR b)',
    ],
    [
      'a AND source:(b OR «num(1..2)») ',
      'E_FIELD',
      'source: must be followed by a word or a phrase, not a number',
      'write source:word',
    ],
    ['a AND «{forcs}» ', 'E_UNKNOWN_SET', 'unknown set {forcs}', 'did you mean {forces}?'],
    ['a AND «{zzzzzzzz}» ', 'E_UNKNOWN_SET', 'unknown set {zzzzzzzz}', 'define it under sets:'],
    [
      'a AND «{korean}» ',
      'E_UNKNOWN_SET',
      'set {korean} has no words for en',
      'it has ko; add en, or * for every language',
    ],
    [
      'a AND «{left}» ',
      'E_SET_CYCLE',
      'sets contain each other in a circle: {left} -> {right} -> {left} (in {right})',
      'remove one of these names from the set before it',
    ],
    [
      'a AND «{broken}» ',
      'E_SET_BROKEN',
      'set {broken} has an error: ( is never closed',
      'correct the set; its error is reported where it is defined',
    ],
    [
      'a AND «{short}» ',
      'E_WILDCARD_SHORT',
      'tr* would match too much: write at least 3 letters beside the * (in {short})',
      'write more of the word, or list its forms with OR',
    ],
    [
      'a AND «{one}» ',
      'E_LIMIT',
      'sets nested more than 5 deep at {six} (in {five})',
      'write out the words of the innermost set',
    ],
    [
      '«source:example.org OR a»',
      'E_NO_TEXT',
      'this could match without any word of the text',
      'add what the text must say: source:"example.org" AND troops',
    ],
    ['a AND «“b c”» ', 'W_SMART_QUOTES', 'curly quotation marks, read as "', 'write straight quotation marks'],
  ])('%s', (marked, ...rest) => expectProblems(marked, ...rest));
});
