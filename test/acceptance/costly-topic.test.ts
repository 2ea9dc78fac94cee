// A topic that costs too much: given up on the article, and said where an operator of one machine looks.
import { makeWorkplace, type Workplace } from '../support/tocsin-process.ts';

const COSTLY = `apiVersion: tocsin.dev/v1
kind: TopicPack
pack: { id: costly, version: 1.0.0 }
sets:
  common: { en: the OR "a" OR of OR to OR "in" OR "on" OR "at" OR for OR by OR with OR said OR "is" OR its OR an OR that }
topics:
  - id: costly
    title: Costly
    any: { en: '(({common} NEAR/60 {common}) NEAR/60 {common}) NEAR/60 {common}' }
`;

describe('a topic that takes more steps on an article than the settings allow', () => {
  let place: Workplace;

  beforeEach(() => {
    place = makeWorkplace();
    place.write('config/topics/costly.yaml', COSTLY);
  });
  afterEach(() => place.remove());

  it('is said on the terminal, and the other topics are found', async () => {
    place.write('config/tocsin.yaml', 'topics: { near: 60, stepsPerArticle: 1000 }\n');

    const { stdout, code } = await place.run('start', '--once', '--port', '0');

    expect(code).toBe(0);
    expect(stdout).toMatch(/problem {2}costly given up on an article, being too costly there/);
    expect(stdout).toMatch(/matched {2}\[Troop deployment\]/);
  }, 60_000);
});
