// Whether a line end ends a sentence. A line is written by its width: x(60) is a word of sixty columns.
import { LineEnds } from '../../../shared/text/line-ends.ts';

const x = (width: number): string => `X${'x'.repeat(width - 1)}`;

/** For each single line end of the text, in order. */
function endsIn(text: string): boolean[] {
  const lineEnds = new LineEnds(text);
  return [...text.matchAll(/\n(?![^\S\n]*\n)(?<!\n[^\S\n]*\n)\s*/g)].map(({ 0: gap, index }) =>
    lineEnds.endsSentence(index, index + gap.length),
  );
}

describe('before what begins an entry of a list, a line ends', () => {
  it.each('• ‣▪▫●○■□◆◇▶►※☞*'.replace(' ', '').split(''))('with %s', (bullet) => {
    expect(endsIn(`${x(60)}\n${bullet}Xx`)).toEqual([true]);
  });

  it.each(['- X', '– X', '— X', '· X', '1. X', '12) X', '123. X', '(1) X', 'a) x', 'Z. X', '(b. x'])(
    'with %s',
    (entry) => {
      expect(endsIn(`${x(60)}\n${entry}`)).toEqual([true]);
    },
  );

  it.each(['-X', '1234. X', 'Ab. X', '1 X', '1.X', '$. X', '+ X'])('but not with %s', (word) => {
    expect(endsIn(`${x(60)}\n${word}`)).toEqual([false]);
  });

  it('though the line before is not finished', () => {
    expect(endsIn('Attending,\n- Xx')).toEqual([true]);
  });
});

describe('a headline goes on', () => {
  it.each(['xx', 'éx', ', x', '; x', ': x', ') x', '] x'])('before %j', (next) => {
    expect(endsIn(`Xx Xx\n${next}`)).toEqual([false]);
  });

  it.each([',', '،', '、', ';', '(', '（', ', '])('behind %j', (last) => {
    expect(endsIn(`Xx Xx${last}\nXx`)).toEqual([false]);
  });

  it.each(['Xx', '“x', '(x', '5 x', '.x'])('but not before %j', (next) => {
    expect(endsIn(`Xx Xx\n${next}`)).toEqual([true]);
  });
});

describe('a line that could have held the next word was not wrapped', () => {
  it.each([
    ['that fits into the forty columns that wrapped text has at least', [30, 9], true],
    ['that does not', [30, 10], false],
    ['that fits into the widest line', [50, 9, 60], true],
    ['that does not fit into the widest line', [50, 10, 60], false],
    ['that fits into the widest line of those that may be wrapped', [90, 9, 100], true],
    ['that does not fit there', [90, 10, 100], false],
    ['beside a line that is too wide to be wrapped', [90, 10, 101], true],
  ])('%s: %j', (_what, [line, word, ...others], isEnd) => {
    const text = [x(line!), `${x(word!)} Xx`, ...others.map((width) => `${x(9)} ${x(width - 10)}`)].join('\n');

    expect(endsIn(text)[0]).toBe(isEnd);
  });

  it.each([
    ['line', `${x(50)}   \n${x(9)}\n${x(60)}`, true],
    ['widest line', `${x(50)}\n${x(10)}\n${x(60)}      \n`, false],
  ])('not counting white space at the end of the %s', (_which, text, isEnd) => {
    expect(endsIn(text)[0]).toBe(isEnd);
  });

  it.each([
    ['Han, of which one character is enough', `${'国'.repeat(19)}\n${'国'.repeat(30)}`, [true]],
    ['Han, of which one is too much', `${'国'.repeat(20)}\n国`, [false]],
    ['Han behind Latin letters', `${x(38)}\n国国国国`, [true]],
    ['a Korean word', `${'국'.repeat(14)}\n국국국국국`, [true]],
    ['a Korean word that is too long', `${'국'.repeat(15)}\n국국국국국`, [false]],
  ])('counting characters of East Asia twice: %s', (_what, text, ends) => {
    expect(endsIn(text)).toEqual(ends);
  });

  it('in the same block: behind a blank line another width may hold', () => {
    const wide = `${x(50)}\n${x(10)} ${x(60)}`;
    const narrow = `${x(45)}\n${x(10)}`;

    expect(endsIn(`${wide}\n\n${narrow}`)).toEqual([true, false]);
    expect(endsIn(`${narrow}\n \t\n${wide}`)).toEqual([false, true]);
  });

  it('at the beginning of a text', () => {
    expect(new LineEnds('\nXx').endsSentence(0, 1)).toBe(true);
  });
});
