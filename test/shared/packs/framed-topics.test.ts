// Files of the second format: ideas, topics with frames, and what is wrong with them.
import { checkPack } from '../../../shared/packs/check-pack.ts';
import { errorsOf, framedFile, framedTopic, lexicon, parseTogether, topicsOf, whyOf } from '../../support/framed.ts';

const WORDS = lexicon(
  'soldiers: { en: \'"troops", "soldiers"\', ko: 병력 }',
  'units: { en: battalion }',
  'forces: { includes: [ soldiers, units ], en: \'"armed forces"\' }',
  'send: { en: { verb: deploy, participle: [ \'"deployed"\', \'"sent"\' ], noun: deployment }, ko: 배치 }',
  'film: { en: film }',
);
const SENT = 'frames: [ { name: sent, act: send, object: forces } ]';

describe('a topic with frames', () => {
  it('looks for the words of its ideas in each language that has them, and says which frame was found', () => {
    const [topic] = topicsOf(WORDS, framedTopic(SENT));

    expect(Object.keys(topic!.any)).toEqual(['en', 'ko']);
    expect(whyOf(topic!, 'They deploy two battalions.', 'en')).toMatch(
      /^sent: en: \(\{send\.verb\} ONEAR\/6c \{forces\}\)/,
    );
    expect(whyOf(topic!, '국경에 병력을 배치했다.', 'ko')).toMatch(/^sent: ko: /);
    expect(whyOf(topic!, 'They deploy two cameras.', 'en')).toBeNull();
  });

  it('has a version of its own or 1.0.0, and a hash that changes with the words of its ideas', () => {
    const versionOf = (...texts: string[]) => topicsOf(...texts)[0]!.version;
    const plain = versionOf(WORDS, framedTopic(SENT));

    expect(plain).toMatch(/^1\.0\.0\+[0-9a-f]{7}$/);
    expect(versionOf(WORDS, framedTopic('version: 2.1.0', SENT))).toMatch(/^2\.1\.0\+/);
    expect(versionOf(WORDS.replace('battalion', 'brigade'), framedTopic(SENT))).not.toBe(plain);
    expect(versionOf(WORDS.replace('film }', 'movie }'), framedTopic(SENT))).toBe(plain);
  });

  it('takes several ideas for one role, and a reach of its own', () => {
    const frames = 'frames: [ { name: sent, act: send, object: [ soldiers, units ], within: 2 } ]';
    const [topic] = topicsOf(WORDS, framedTopic(frames));

    expect(whyOf(topic!, 'They deploy a new battalion.', 'en')).not.toBeNull();
    expect(whyOf(topic!, 'They deploy more soldiers.', 'en')).not.toBeNull();
    expect(whyOf(topic!, 'They deploy a very good new battalion.', 'en')).toBeNull();
  });

  it('wants actor and object together where a frame has both', () => {
    const frames = 'frames: [ { name: film, act: send, actor: film, object: soldiers } ]';
    const [topic] = topicsOf(WORDS, framedTopic(frames));

    expect(whyOf(topic!, 'The film deploys more soldiers.', 'en')).not.toBeNull();
    expect(
      whyOf(topic!, 'The film that opened here last week in a very old cinema by the sea deploys more soldiers.', 'en'),
    ).toBeNull();
    expect(whyOf(topic!, 'They deploy more soldiers.', 'en')).toBeNull();
  });

  it('takes the verb for the participle that an act does not name', () => {
    const words = lexicon('soldiers: { en: soldier }', 'send: { en: { verb: deploy } }', 'call: { en: summon }');
    const [topic] = topicsOf(words, framedTopic('frames: [ { name: sent, act: [ send, call ], object: soldiers } ]'));
    const [plain] = topicsOf(words, framedTopic('frames: [ { name: called, act: call, object: soldiers } ]'));

    expect(whyOf(topic!, 'Soldiers have been deployed.', 'en')).not.toBeNull();
    expect(whyOf(plain!, 'Soldiers have been summoned.', 'en')).not.toBeNull();
  });

  it('takes an act alone for a frame', () => {
    const [topic] = topicsOf(WORDS, framedTopic('frames: [ { name: any, act: send } ]'));

    expect(whyOf(topic!, 'A deployment.', 'en')).toBe('any: en: {send}');
  });

  it('does not hold where the clause has what it excludes, or what the frame is not with', () => {
    const [unless] = topicsOf(
      WORDS,
      framedTopic('frames: [ { name: sent, act: send, object: forces, unless: film } ]'),
    );
    const [exclude] = topicsOf(WORDS, framedTopic(SENT, 'exclude: { en: [ film, novel ] }'));

    for (const topic of [unless!, exclude!]) {
      expect(whyOf(topic, 'In the film they deploy troops.', 'en')).toBeNull();
      expect(whyOf(topic, 'They deploy troops, and the film is long.', 'en')).not.toBeNull();
    }
    expect(whyOf(exclude!, 'A novel: they deploy troops.', 'en')).not.toBeNull();
  });

  it('may add expressions, which have no frame and may name ideas', () => {
    const [topic] = topicsOf(WORDS, framedTopic("extra: { en: [ '{forces} NEAR/2 border' ] }"));

    expect(whyOf(topic!, 'The armed forces at the border.', 'en')).toBe('en: {forces} NEAR/2 border');
  });

  it('may have ideas of its own, and words for those of the lexicon', () => {
    const ideas = 'ideas: { soldiers: { en: rangers, fr: soldat }, move: { fr: envoyer } }';
    const [topic, other] = topicsOf(
      WORDS,
      framedTopic(ideas, 'frames: [ { name: sent, act: [ send, move ], object: soldiers } ]'),
      framedTopic(SENT).replace('id: moves', 'id: others'),
    );

    expect(whyOf(topic!, 'They deploy rangers.', 'en')).not.toBeNull();
    expect(whyOf(topic!, 'Ils envoient des soldats.', 'fr')).not.toBeNull();
    expect(whyOf(other!, 'They deploy rangers.', 'en')).toBeNull();
  });

  it('has its tests in its file, and in files beside it', () => {
    const packs = parseTogether(
      WORDS,
      framedTopic(SENT, 'tests: [ { match: They deploy troops., lang: en } ]'),
      framedFile(
        'TopicTests',
        'topic: moves',
        'tests: [ { no: Troops rest., lang: en }, { no: They deploy troops., lang: en } ]',
      ),
    );
    const { passed, problems } = checkPack(
      packs.flatMap(({ topics }) => topics),
      packs.flatMap(({ tests }) => tests),
    );

    expect(errorsOf(packs)).toEqual([]);
    expect(passed).toBe(2);
    expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual(['c.yaml E_TEST_FAILED']);
  });

  it('says for each frame and language how many expressions it has', () => {
    const packs = parseTogether(WORDS, framedTopic('frames: [ { name: sent, act: send, object: units } ]'));

    expect(packs[1]!.frames).toEqual([{ topic: 'moves', frame: 'sent', expressions: { en: 7, ko: 0 } }]);
  });
});

describe('a topic that extends another', () => {
  const EXTENDING = framedFile('Topic', 'extends: moves', 'disable: rest', 'ideas: { soldiers: { en: rangers } }');
  const BASE = framedTopic(
    'severity: high',
    'exclude: { en: film }',
    'extra: { en: [ cavalry ] }',
    'frames: [ { name: sent, act: send, object: soldiers }, { name: rest, act: film } ]',
  );

  it('without an id takes its place, with fewer frames and more words', () => {
    const topics = topicsOf(WORDS, BASE, EXTENDING);

    expect(topics.map(({ id, title, severity }) => ({ id, title, severity }))).toEqual([
      { id: 'moves', title: 'Moves', severity: 'high' },
    ]);
    expect(whyOf(topics[0]!, 'They deploy rangers.', 'en')).not.toBeNull();
    expect(whyOf(topics[0]!, 'They deploy troops.', 'en')).not.toBeNull();
    expect(whyOf(topics[0]!, 'The cavalry.', 'en')).toBe('en: (cavalry) NOT w/c {topic.excluded}');
    expect(whyOf(topics[0]!, 'A film.', 'en')).toBeNull();
    expect(whyOf(topics[0]!, 'In the film they deploy troops.', 'en')).toBeNull();
  });

  it('with an id stands beside it', () => {
    const own = `${EXTENDING}id: mine\ntitle: Mine\nextra: { en: [ navy ] }\n`;
    const topics = topicsOf(WORDS, BASE, own);

    expect(topics.map(({ id, title }) => ({ id, title }))).toEqual([
      { id: 'moves', title: 'Moves' },
      { id: 'mine', title: 'Mine' },
    ]);
    expect(whyOf(topics[0]!, 'The navy.', 'en')).toBeNull();
    expect(whyOf(topics[1]!, 'The navy.', 'en')).not.toBeNull();
  });

  it('reports what it names and is not there', () => {
    const packs = parseTogether(WORDS, BASE, EXTENDING.replace('disable: rest', 'disable: [ rest, march ]'));
    const alone = parseTogether(EXTENDING);

    expect(errorsOf(packs)).toEqual(['E_UNKNOWN_FRAME moves has no frame march']);
    expect(errorsOf(alone)).toContain('E_UNKNOWN_TOPIC there is no topic moves to extend');
  });

  it('extends one that extends no other, and is the only one to take its place', () => {
    const mine = `${EXTENDING}id: mine\ntitle: Mine\n`;
    const further = framedFile('Topic', 'extends: mine', 'id: further', 'title: Further');

    expect(errorsOf(parseTogether(WORDS, BASE, mine, further))).toContain(
      'E_UNKNOWN_TOPIC there is no topic mine to extend',
    );
    expect(errorsOf(parseTogether(WORDS, BASE, EXTENDING, EXTENDING))).toEqual([
      'E_DUPLICATE topic moves is also in pack moves',
    ]);
  });
});

describe('ideas', () => {
  it('of several lexicons are one', () => {
    const [topic] = topicsOf(
      WORDS,
      lexicon('units: { en: platoon }', 'forces: { includes: horse }', 'horse: { en: hussars }'),
      framedTopic(SENT),
    );

    expect(whyOf(topic!, 'They deploy hussars.', 'en')).not.toBeNull();
    expect(whyOf(topic!, 'They deploy a platoon.', 'en')).not.toBeNull();
    expect(whyOf(topic!, 'They deploy a battalion.', 'en')).not.toBeNull();
  });

  it('are sets for packs of the first format', () => {
    const pack =
      "apiVersion: tocsin.dev/v1\nkind: TopicPack\npack: { id: old, version: 1.0.0 }\ntopics: [ { id: old, title: Old, any: { en: [ '{lexicon/forces} NEAR/2 border' ] } } ]\n";
    const [topic] = topicsOf(WORDS, pack);

    expect(whyOf(topic!, 'Troops at the border.', 'en')).not.toBeNull();
  });

  it('and what a topic adds may name sets of packs of the first format', () => {
    const pack =
      'apiVersion: tocsin.dev/v1\nkind: TopicPack\npack: { id: places, version: 1.0.0 }\nsets: { lines: { en: border OR frontier } }\n';
    const [topic] = topicsOf(WORDS, pack, framedTopic(SENT, "extra: { en: [ '{forces} NEAR/2 {places/lines}' ] }"));

    expect(whyOf(topic!, 'Troops at the frontier.', 'en')).toBe('en: {forces} NEAR/2 {places/lines}');
  });

  it.each([
    [
      'that are not there, in a frame',
      WORDS,
      framedTopic(SENT.replace('forces', 'froces')),
      'E_UNKNOWN_IDEA frame sent: there is no idea froces',
    ],
    ['that are not there, in another', lexicon('a: { includes: b, en: a }'), '', 'E_UNKNOWN_IDEA there is no idea b'],
    [
      'that contain each other',
      lexicon('a: { includes: b, en: a }', 'b: { includes: a, en: b }'),
      '',
      'E_SET_CYCLE ideas contain each other in a circle: a -> b -> a',
    ],
    [
      'whose words YAML cuts apart',
      lexicon('a: { en: one, another }'),
      '',
      'E_TYPE another stands alone in the mapping',
    ],
    ['with a word that is no expression', lexicon('a: { en: "a, b OR" }'), '', 'E_MISSING_TERM missing term after OR'],
  ])('%s are reported', (_, words, topic, error) => {
    expect(errorsOf(parseTogether(words, ...(topic === '' ? [] : [topic])))).toContain(error);
  });

  it('that are broken are reported once in a topic that uses them', () => {
    const packs = parseTogether(WORDS.replace('battalion', '"a b'), framedTopic(SENT));

    expect(packs[1]!.problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'E_SET_BROKEN',
    ]);
    expect(packs[1]!.topics).toEqual([]);
  });

  it('are reported under the very word', () => {
    const [pack] = parseTogether(lexicon('a: { en: "one, two OR" }'));

    expect(pack!.problems[0]).toMatchObject({ line: 4, column: 23 });
  });
});

describe('what is wrong with a topic with frames', () => {
  it.each([
    [
      'a frame twice',
      framedTopic('frames: [ { name: a, act: film }, { name: a, act: film } ]'),
      'E_DUPLICATE frame a is defined twice',
    ],
    [
      'no frame with words',
      framedTopic('frames: []'),
      'E_MISSING topic moves has no frame that any language has words for, and no extra',
    ],
    ['frames that are no list', framedTopic('frames: { name: a }'), 'E_TYPE frames: must be a list'],
    ['a topic twice', `${framedTopic(SENT)}\n`, 'E_DUPLICATE topic moves is also in pack moves'],
    [
      'tests of another topic',
      framedFile('TopicTests', 'topic: strange', 'tests: []'),
      'E_UNKNOWN_TOPIC there is no topic strange with frames',
    ],
    ['no kind', 'apiVersion: tocsin.dev/v2\n', 'E_MISSING missing kind'],
    ['an unknown kind', framedFile('Words'), 'E_VALUE unknown kind Words'],
  ])('%s', (_, text, error) => {
    expect(errorsOf(parseTogether(WORDS, framedTopic(SENT), text))).toContain(error);
  });
});
