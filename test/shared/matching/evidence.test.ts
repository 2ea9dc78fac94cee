// Which stretches of a document are shown for what holds, and how much each says.
import { buildClause } from '../../../shared/matching/compile/build-clause.ts';
import { ReadDocument } from '../../../shared/matching/document/read-document.ts';
import { textsInARow } from '../../../shared/matching/document/texts-in-a-row.ts';
import { evidenceFor } from '../../../shared/matching/evaluate/evidence.ts';
import { slowLocator } from '../../../shared/matching/evaluate/oracle.ts';
import type { ExtraText } from '../../../shared/model/article.ts';

/** `aa bb 2`: the words of each stretch and its weight, by their places. */
function evidenceIn(expression: string, text: string): readonly string[] {
  const { clause, problems } = buildClause(expression, { language: 'en', sets: {}, mayLackText: true });
  if (clause === null) throw new Error(JSON.stringify(problems));
  const read = new ReadDocument({ title: '', text, language: 'en' });
  return [...evidenceFor(clause, slowLocator(read), read)]
    .sort((a, b) => a.first - b.first || a.last - b.last)
    .map(({ first, last, tokens, weight }) => {
      expect([first, last]).toEqual([tokens[0], tokens.at(-1)]);
      return `${tokens.map((token) => read.surface(token).toLowerCase()).join(' ')} ${weight}`;
    });
}

it.each<[expression: string, text: string, evidence: readonly string[]]>([
  ['aa', 'Aa xx aa.', ['aa 1', 'aa 1']],
  ['aa', 'Bb.', []],
  ['aa OR bb', 'Aa xx bb.', ['aa 1', 'bb 1']],
  ['num(1..9)', 'Xx 5 xx.', ['5 1']],
  ['aa NEAR/2 bb', 'Aa bb.', ['aa bb 2']],
  ['aa NEAR/2 bb NEAR/2 cc', 'Aa bb cc.', ['aa bb cc 3']],
  ['aa NEAR/2 (bb NEAR/2 cc)', 'Aa bb cc.', ['aa bb cc 3']],
  ['aa NEAR/2 (bb OR (cc NEAR/1 dd))', 'Aa cc dd.', ['aa cc dd 2']],
  ['aa AND bb', 'Aa xx bb.', ['aa bb 2']],
  ['aa AND bb AND cc', 'Aa xx bb cc.', ['aa bb cc 3']],
  ['2 OF (aa, bb, cc)', 'Aa xx bb.', ['aa bb 2']],
  ['aa AND bb', 'Aa here. Xx bb.', ['aa bb 2']],
  ['aa AND bb', 'Aa here. Xx xx. Xx bb. Aa there.', ['bb aa 2']],
  ['aa AND bb', 'Aa here. Xx xx. Xx bb.', ['aa 1', 'bb 1']],
  ['aa AND bb', 'Aa, aa here. Xx xx. Xx bb.', ['aa 1', 'aa 1', 'bb 1']],
  ['aa AND bb', 'Aa here.\n\nXx bb.', ['aa 1', 'bb 1']],
  ['(aa OR cc) AND bb', 'Aa, cc. Xx xx. Xx bb.', ['aa 1', 'cc 1', 'bb 1']],
  ['2 OF (aa, bb, zz)', 'Aa here. Xx xx. Xx bb.', ['aa 1', 'bb 1']],
  ['aa w/p bb', 'Aa here. Xx bb.', ['aa bb 2']],
  ['aa w/p bb', 'Aa here. Xx xx. Xx bb.', ['aa 1', 'bb 1']],
  ['aa w/p bb w/p cc', 'Aa bb. Xx xx. Xx cc.', ['aa bb 1', 'cc 1']],
  ['aa AND NOT zz', 'Aa aa.', ['aa 1', 'aa 1']],
  ['aa AND bb AND NOT zz', 'Aa here. Xx xx. Xx bb.', ['aa 1', 'bb 1']],
  ['aa NOT NEAR/2 zz', 'Aa aa.', ['aa 1', 'aa 1']],
  ['(aa NEAR/1 bb) NOT NEAR/2 zz', 'Aa bb.', ['aa bb 2']],
  ['atleast2(aa)', 'Aa aa.', ['aa 1', 'aa 1']],
  ['atleast1(aa NEAR/1 bb)', 'Aa bb.', ['aa bb 2']],
  ['aa OR (bb NEAR/1 cc)', 'Aa xx bb cc.', ['aa 1', 'bb cc 2']],
  ['(aa NEAR/1 bb) OR zz', 'Aa bb.', ['aa bb 2']],
  ['aa OR (bb AND zz)', 'Aa bb.', ['aa 1']],
  ['aa OR lang:en', 'Aa.', ['aa 1']],
  ['aa AND lang:en', 'Aa.', ['aa 2']],
  ['lang:en', 'Aa.', []],
  ['(aa OR bb) OR (cc OR num(1..9))', 'Aa 5.', ['aa 1', '5 1']],
  ['"aa bb" OR bb', 'Aa bb.', ['bb 1']],
  ['"aa bb" OR (bb AND bb)', 'Aa bb.', ['aa bb 1', 'bb 2']],
])('for %s in "%s" are shown: %j', (expression, text, evidence) => {
  expect(evidenceIn(expression, text)).toEqual(evidence);
});

describe('several texts in a row', () => {
  const extra = (text: string, change: Partial<ExtraText> = {}): ExtraText => ({
    text,
    origin: 'summary',
    start: 0,
    isLead: false,
    ...change,
  });
  const inARow = (more?: readonly ExtraText[], text = 'Main.') =>
    textsInARow({ title: '', text, ...(more ? { more } : {}) });

  it('are one text where there is no other', () => {
    const alone = {
      row: 'Main.',
      texts: [{ from: 0, to: 5, origin: 'article', shift: 0, isMain: true, isLead: false }],
    };

    expect(inARow()).toEqual(alone);
    expect(inARow([])).toEqual(alone);
    expect(textsInARow({ title: '', text: 'Main.', origin: 'feed' }).texts[0]?.origin).toBe('feed');
  });

  it('have a sign between them that ends paragraphs and numbers, the summary before the main text', () => {
    const between = '\n\n\u001e\n\n';
    const { row, texts } = inARow([
      extra('After.', { origin: 'feed', start: 40 }),
      extra('Before.', { isLead: true, start: 3 }),
    ]);

    expect(row).toBe(['Before.', 'Main.', 'After.'].join(between));
    expect(texts).toEqual([
      { from: 0, to: 7, origin: 'summary', shift: 3, isMain: false, isLead: true },
      { from: 12, to: 17, origin: 'article', shift: -12, isMain: true, isLead: false },
      { from: 22, to: 28, origin: 'feed', shift: 18, isMain: false, isLead: false },
    ]);
  });
});
