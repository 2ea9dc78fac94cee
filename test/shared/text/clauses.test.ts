// Clauses of a sentence, as `w/c` sees them: ` | ` stands where one ends.
import { ReadDocument } from '../../../shared/matching/document/read-document.ts';

/** The text with its clauses marked as they were found. */
function clausesOf(marked: string, language: string): string {
  const text = marked.replaceAll(' | ', ' ').replaceAll('|', '');
  const read = new ReadDocument({ title: '', text, language, source: 'example.org' });
  let shown = '';
  let from = 0;
  for (let token = 1; token < read.count; token++) {
    if (read.clauses[token] === read.clauses[token - 1]) continue;
    const start = read.starts[token]!;
    const isSpaced = text[start - 1] === ' ';
    shown += `${text.slice(from, isSpaced ? start - 1 : start)}${isSpaced ? ' | ' : '|'}`;
    from = start;
  }
  return shown + text.slice(from);
}

describe('a clause ends', () => {
  it.each([
    ['en', 'The army left; | the police came.'],
    ['en', '1911: | Italy sends troops.'],
    ['en', 'The army left - | the police came.'],
    ['en', 'The army — | and its tanks — | left.'],
    ['en', 'The army left, | but the police came.'],
    ['en', 'The army left, | and the police came.'],
    ['en', 'Bricks fell onto two soldiers | who slept in a tent.'],
    ['en', 'They left | because troops came.'],
    ['en', 'When troops came, | the mayor left.'],
    ['en', 'He said, | that troops came.'],
    ['de', 'Der Minister sagte, | dass Soldaten kommen.'],
    ['de', 'Soldaten, | die im Zelt schliefen, | lachten.'],
    ['fr', 'Les soldats | qui dormaient ont ri.'],
    ['es', 'Los soldados salieron, | pero volvieron.'],
    ['pt', 'Os soldados saíram, | mas voltaram.'],
    ['it', 'I soldati partirono, | ma tornarono.'],
    ['ru', 'Министр сказал, | что солдаты ушли.'],
    ['ru', 'Солдаты, | которые спали, | ушли.'],
    ['uk', 'Міністр сказав, | що солдати пішли.'],
    ['pl', 'Minister powiedział, | że żołnierze odeszli.'],
    ['tr', 'Askerler gitti, | ama polis geldi.'],
    ['ar', 'قال الوزير بينما وصل الجنود.'.replace(' بينما', ' | بينما')],
    ['ko', '군인은 떠났지만 | 경찰은 왔다.'],
    ['ja', '軍は撤退したが、|警察が来た。'],
    ['zh', '军队离开，|警察到达。'],
    ['xx', 'a b; | c d: | e'],
  ])('%s: %s', (language, marked) => {
    expect(clausesOf(marked, language)).toBe(marked);
  });
});

describe('a clause goes on', () => {
  it.each([
    ['en', 'They sent tanks, guns and troops.'],
    ['en', 'They sent tanks, guns, and troops.'],
    ['en', 'They sent modern tanks, long range guns, and troops.'],
    ['en', 'When tanks, guns, troops came nobody left.'],
    ['en', 'When tanks, guns and troops came, | the mayor left.'],
    ['en', 'At 10:30 some 10-12 troops came.'],
    ['en', 'The army, the minister said, left.'],
    ['de', 'Panzer, Kanonen und Soldaten kamen.'],
    ['ru', 'Танки, пушки и солдаты ушли.'],
    ['ja', '政府は、部隊を派遣した。'],
    ['zh', '坦克、大炮和军队到达。'],
    ['xx', 'a b, c d'],
  ])('%s: %s', (language, marked) => {
    expect(clausesOf(marked, language)).toBe(marked);
  });

  it('never over the end of a sentence, a paragraph or the title', () => {
    const read = new ReadDocument({ title: 'aa', text: 'bb cc. Dd\n\nee', language: 'en', source: 'example.org' });

    expect([...read.clauses]).toEqual([0, 1, 1, 2, 3]);
  });
});
