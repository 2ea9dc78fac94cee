// What a reader gets to see of one alert: each mail is parsed the way a mail program would, and compared with what the match holds.
import { alertSubject } from '../../../shared/alerts/alert-mail.ts';
import type { Match } from '../../../shared/model/match.ts';
import { SEVERITIES } from '../../../shared/model/severity.ts';
import { alertMailOf, aStoryIn, matchOf, passageOf } from '../../support/alert-mails.ts';
import { aHit, aMatch, aSubscription } from '../../support/builders.ts';
import { foreignParts, linksIn, parsed, previewOf, shownIn, textsIn } from '../../support/parsed-mail.ts';

const withArticle = (change: Partial<Match['article']>, match = aMatch()): Match => ({
  ...match,
  article: { ...match.article, ...change },
});

const SENTENCE = 'A convoy of forty trucks crossed the river at dawn.';
const TITLE = 'Convoy crosses the river';
const HEADLINE = passageOf(TITLE, ['Convoy', 'river'], { field: 'title', origin: 'title', start: 0 });
const OUTLETS = ['Example News', 'Second Paper', 'Third Paper', 'Fourth Paper'];

const storyOf = (match: Match, texts = 2) => ({
  hit: aHit({ story: { id: 'story-1', kind: 'new', reason: 'because', news: [], texts } }, [match]),
  story: aStoryIn(match, OUTLETS),
});

/** One article that so many topics match. */
const topicsOf = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    ...aMatch({ topicId: `t${n}` }),
    topic: { ...aMatch().topic, id: `t${n}`, title: `Topic ${n}` },
  })) as unknown as [Match];

/** Lines of the text. */
const linesOf = (mail: { readonly text: string }): string[] => mail.text.split('\n');

describe('an alert mail', () => {
  it('shows the passage in the list of mails, once in the mail itself, and first in the text', () => {
    const mail = alertMailOf(aMatch());

    expect(previewOf(mail)).toBe(SENTENCE);
    expect(shownIn(mail).split(SENTENCE)).toHaveLength(2);
    expect(linesOf(mail)[0]).toBe('A *convoy* of forty trucks crossed the *river* at dawn.');
    expect(mail.text.split('forty trucks')).toHaveLength(2);
  });

  it('begins with the topics and their severity as a word, the gravest first', () => {
    const grave = {
      ...aMatch({ topicId: 'raids' }),
      topic: { ...aMatch().topic, title: 'Raids', severity: 'critical' },
    } as const;

    const mail = alertMailOf([grave, aMatch()]);

    expect(textsIn(mail, '.chip')).toEqual(['Raids · critical', 'River crossings · medium']);
    expect(mail.text).toContain('Topics:     Raids (critical) and River crossings (medium)');
  });

  it.each([
    ['Korean', '수송대가 새벽에 강을 건넜다.', ['수송대', '강']],
    ['Arabic', 'عبرت القافلة النهر عند الفجر.', ['القافلة', 'النهر']],
    ['emoji and combining marks', 'The 🚛 convoy neared the rivie\u0300re 👩‍🚒 banks.', ['convoy', 'rivie\u0300re']],
    ['characters of HTML', 'A <b>convoy</b> & "river" it\'s &amp; done', ['<b>convoy</b>', '"river"']],
    ['a passage over two paragraphs', 'The convoy left.\n\nIt reached the river.', ['convoy', 'river']],
  ])('marks exactly the highlighted words: %s', (_name, text, words) => {
    const mail = alertMailOf(aMatch({}, { passages: [passageOf(text, words)] }));

    expect(textsIn(mail, 'mark')).toEqual(words);
    expect(textsIn(mail, 'blockquote')).toEqual([text.replace(/\s+/g, ' ')]);
  });

  it('says where a sentence was too long to be shown whole', () => {
    const text = 'long before the convoy came to the river and long after';
    const mail = alertMailOf(aMatch({}, { passages: [passageOf(text, ['convoy', 'river'], { cut: 'both' })] }));

    expect(textsIn(mail, 'blockquote')).toEqual([`…${text}…`]);
    expect(linesOf(mail)[0]).toMatch(/^…long before .* after…$/);
  });

  it('leads with a sentence of the text, and marks the words of the headline where the headline stands', () => {
    const mail = alertMailOf(aMatch({}, { passages: [HEADLINE, ...aMatch().passages] }));

    expect(textsIn(mail, 'blockquote')).toEqual([SENTENCE]);
    expect(textsIn(mail, 'td.card p mark')).toEqual(['Convoy', 'river']);
    expect(shownIn(mail).split(TITLE)).toHaveLength(2);
    expect(mail.text.split(/\*?Convoy\*? crosses/)).toHaveLength(2);
  });

  it('of a match in the headline alone shows the headline once, with its words marked', () => {
    const mail = alertMailOf(aMatch({}, { passages: [HEADLINE] }));

    expect(textsIn(mail, 'blockquote')).toEqual([]);
    expect(shownIn(mail).split(TITLE)).toHaveLength(2);
    expect(linesOf(mail)[0]).toBe('*Convoy* crosses the *river*');
    expect(previewOf(mail)).toBe('Example News');
  });

  it('shows the passage of each topic under its name', () => {
    const second = matchOf({
      topic: 'Raids',
      title: TITLE,
      passages: [passageOf('A depot was raided.', ['raided'], { start: 500 })],
    });

    const mail = alertMailOf([aMatch(), second]);

    expect(textsIn(mail, 'blockquote')).toEqual([SENTENCE, 'A depot was raided.']);
    expect(mail.text).toContain('River crossings: A *convoy* of forty');
    expect(mail.text).toContain('Raids: A depot was *raided*.');
  });

  it('shows a passage that two topics share once, without names above it', () => {
    const second = { ...aMatch({ topicId: 'trucks' }), topic: { ...aMatch().topic, id: 'trucks', title: 'Trucks' } };

    const mail = alertMailOf([aMatch(), second]);

    expect(textsIn(mail, 'blockquote')).toEqual([SENTENCE]);
    expect(linesOf(mail)[0]).toMatch(/^A \*convoy\*/);
  });

  it('says why in the words that matched, and leaves the clause to the page of the match', () => {
    const mail = alertMailOf(aMatch());

    expect(mail.text).toContain('Why:        *convoy* near *river*');
    expect(textsIn(mail, 'table.line b')).toEqual(['convoy', 'river']);
    expect(linksIn(mail)['the clause']).toBe(
      `https://links.example.org/u/token-of-subscription-1/hit/${aMatch().article.id}`,
    );
    expect(mail.text + shownIn(mail)).not.toContain('NEAR/5');
  });

  it('names the clause and the version of the topic where there is no such page', () => {
    const mail = alertMailOf(aMatch(), { links: {} });

    expect(mail.text).toContain('Clause:     en: convoy NEAR/5 river (river-crossings 1.0.0+0000001)');
    expect(shownIn(mail)).toContain('en: convoy NEAR/5 river (river-crossings 1.0.0+0000001)');
  });

  it('names the other topics of the article', () => {
    const other = { ...aMatch(), topic: { ...aMatch().topic, title: 'Bridges' } };

    const mail = alertMailOf(aMatch(), { others: [other] });

    expect(mail.text).toContain('Also about: Bridges');
    expect(shownIn(mail)).toContain('Also aboutBridges');
  });

  it('says which other outlets have the story, and how many voices they are', () => {
    const mail = alertMailOf(aMatch(), { story: storyOf(aMatch()) });

    for (const body of [mail.text.replace(/\s+/g, ' '), shownIn(mail)]) {
      expect(body).toContain('Example News · also in 3: Second Paper, Third Paper, Fourth Paper');
      expect(body).toContain('4 outlets, 2 independent texts');
    }
  });

  it.each([
    [['Example News'], ''],
    [['Example News', 'Second Paper'], '2 outlets, 1 independent text'],
  ])('counts voices from the second on: %j', (outlets, words) => {
    const story = { ...storyOf(aMatch(), 1), story: aStoryIn(aMatch(), outlets) };

    expect(/\d outlets?, .*$/m.exec(alertMailOf(aMatch(), { story }).text)?.[0] ?? '').toBe(words);
  });

  it('knows other outlets of the article itself, also without a story', () => {
    const match = { ...aMatch(), sources: [...aMatch().sources, { ...aMatch().sources[0]!, title: 'Second Paper' }] };

    expect(alertMailOf(match).text).toContain('Example News · also in 1: Second Paper');
    expect(alertMailOf(aMatch()).text).not.toContain('also in');
  });

  it('says when and in what language, in the set zone', () => {
    const match = withArticle({
      publishedAt: '2026-11-17T07:30:00.000Z',
      firstSeenAt: '2026-11-17T08:00:00.000Z',
      language: 'ko',
    });

    expect(linesOf(alertMailOf(match))).toEqual(
      expect.arrayContaining([
        'Published:  2026-11-17 08:30 +01:00',
        'Seen:       2026-11-17 09:00 +01:00',
        'Language:   Korean',
      ]),
    );
  });

  it('says when in the zone of the subscriber who has one', () => {
    const mail = alertMailOf(withArticle({ firstSeenAt: '2026-11-17T08:00:00.000Z' }), {
      subscription: aSubscription({ timeZone: 'Asia/Tokyo' }),
    });

    expect(linesOf(mail)).toContain('Seen:       2026-11-17 17:00 +09:00');
    expect(shownIn(mail)).toContain('Seen2026-11-17 17:00 +09:00');
  });

  it.each([
    [['article'], 'article', 'Matched in: the article'],
    [['feed'], 'feed', "Matched in: the feed's text"],
    [['title', 'summary'], 'article', "Matched in: the headline and the feed's summary"],
    [['summary', 'article', 'summary'], 'article', "Matched in: the feed's summary and the article"],
    [['title'], 'article', 'Matched in: the headline'],
    [['title'], 'title', 'Matched in: the headline only'],
    [[], 'article', 'Matched in: the article'],
  ] as const)('says that it matched in the texts of its passages: %j, article %s', (origins, origin, line) => {
    const [passage] = aMatch().passages;
    const passages = origins.map((each) => ({ ...passage!, origin: each }));

    expect(linesOf(alertMailOf({ ...withArticle({ origin }), passages }))).toContain(line);
  });

  it.each([
    ['answered 403', 'the page could not be read: answered 403'],
    ['the page could not be read yet (answered 503)', 'the page could not be read yet (answered 503)'],
  ])('says why the page was not read: %s', (extractionFailure, words) => {
    const match = withArticle({ origin: 'summary', extractionFailure });

    expect(alertMailOf(match).text).toContain(`Matched in: the feed's text (${words})`);
  });

  it('opens the page at a passage from the page, although one from the feed comes first', () => {
    const passages = [
      passageOf('Troops were sent.', ['Troops'], { origin: 'summary' }),
      passageOf('The troops came home.', ['troops'], { origin: 'article' }),
    ];

    expect(alertMailOf({ ...aMatch(), passages }).text).toContain('#:~:text=The-,troops,-came');
  });

  it('opens the article at the passage and names the host that is asked', () => {
    const mail = alertMailOf(withArticle({ url: 'https://user:secret@bücher.example:8443/a#top' }));

    expect(linksIn(mail)['Open at the passage']).toBe(
      'https://xn--bcher-kva.example:8443/a#top:~:text=A-,convoy%20of%20forty%20trucks%20crossed%20the%20river,-at%20dawn',
    );
    expect(linksIn(mail)[TITLE]).toBe(linksIn(mail)['Open at the passage']);
    expect(textsIn(mail, 'td.card span').join()).toContain('xn--bcher-kva.example:8443');
    expect(mail.html + mail.text).not.toContain('secret');
  });

  it.each([
    '',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://files.example.org/a',
    'mailto:a@example.org',
    'https://',
    '//x',
  ])('gives no link for the address "%s"', (url) => {
    const mail = alertMailOf(withArticle({ url, canonicalUrl: '' }), { links: {} });

    expect(parsed(mail).querySelectorAll('td.card a')).toHaveLength(0);
    expect(mail.text).toContain('(the feed gave no link)');
  });

  it('offers what a reader may do about it, each behind a page of its own', () => {
    const mail = alertMailOf(aMatch());
    const own = 'https://links.example.org/u/token-of-subscription-1';
    const { id } = aMatch().article;

    expect(linksIn(mail)).toMatchObject({
      'This match': `${own}/hit/${id}`,
      'Not relevant': `${own}/not-relevant/${id}`,
      'Mute River crossings': `${own}/mute/river-crossings`,
      'Change or stop these mails': own,
    });
    expect(linesOf(mail)).toEqual(
      expect.arrayContaining([
        `This match: ${own}/hit/${id}`,
        `Not relevant: ${own}/not-relevant/${id}`,
        `Mute River crossings: ${own}/mute/river-crossings`,
        `Change or stop these mails: ${own}`,
      ]),
    );
  });

  it('offers no such page without a public address, and says whom to ask', () => {
    const mail = alertMailOf(aMatch(), { links: {} });

    expect(Object.keys(linksIn(mail))).toEqual([TITLE, 'Open at the passage']);
    expect(mail.text).toContain('ask the operator of this Tocsin about subscription subscription-1');
  });

  it('of very many topics says how many more there are, and names them all in the text', () => {
    const matches = topicsOf(20);
    const mail = alertMailOf(matches);

    expect(textsIn(mail, '.chip')).toHaveLength(6);
    expect(shownIn(mail)).toContain('and 14 more, named below');
    expect(mail.text.match(/^Why: /gm)).toHaveLength(7);
    expect(mail.text).toContain('Why:        and 14 more');
    expect(Object.keys(linksIn(mail)).filter((label) => label.startsWith('Mute '))).toEqual(
      ['Topic 0', 'Topic 1', 'Topic 2'].map((title) => `Mute ${title}`),
    );
    for (const body of [mail.text, shownIn(mail)])
      for (const { topic } of matches) expect(body).toContain(`${topic.title} (medium)`);
  });

  it('names up to six topics and their reasons without counting the rest', () => {
    const [six, seven] = [topicsOf(6), topicsOf(7)].map((matches) => alertMailOf(matches));

    expect(shownIn(six!)).not.toMatch(/and -?\d+ more/);
    expect(six!.text.match(/^Why: /gm)).toHaveLength(6);
    expect(six!.text).not.toMatch(/and -?\d+ more/);
    expect(shownIn(seven!)).toContain('and 1 more, named below');
    expect(seven!.text).toContain('Why:        and 1 more');
  });

  it.each([
    [10, 'Topic 9$'],
    [11, 'Topic 9 and 1 more$'],
  ])('names ten other topics of the article; of %i: %s', (count, end) => {
    const { text } = alertMailOf(aMatch(), { others: topicsOf(count) });

    expect(text.replaceAll(/\n {2,}/g, ' ')).toMatch(new RegExp(`^Also about: .*${end}`, 'm'));
  });

  it.each([
    [1_000, true],
    [1_001, false],
  ])('links the headline, too, unless the address is over a thousand characters: of %i', (length, isLinked) => {
    const base = 'https://news.example.org/';
    const match = withArticle(
      { url: base + 'x'.repeat(length - base.length) },
      matchOf({ topic: 'River crossings', title: TITLE, passages: [] }),
    );

    expect(Object.keys(linksIn(alertMailOf(match))).includes(TITLE)).toBe(isLinked);
  });

  it('shows each severity in a colour of its own, beside the topic and the passage', () => {
    const colours = SEVERITIES.map((severity) => {
      const { html } = alertMailOf({ ...aMatch(), topic: { ...aMatch().topic, severity } });
      return [...html.matchAll(/border(?:-inline-start|-left):4px solid ([^;]+);/g)].map(([, colour]) => colour);
    });

    for (const [chip, passage, ...more] of colours) {
      expect(chip).toMatch(/^#[0-9a-f]{6}$/);
      expect([passage, more]).toEqual([chip, []]);
    }
    expect(new Set(colours.flat()).size).toBe(SEVERITIES.length);
  });

  it('says to whom it was sent for which topics', () => {
    expect(alertMailOf(aMatch()).text).toContain('this address is subscribed to river-crossings.');
    expect(alertMailOf(aMatch(), { subscription: aSubscription({ topics: ['*'] }) }).text).toContain(
      'this address is subscribed to every topic.',
    );
  });

  it('shows foreign text in its own direction', () => {
    const document = parsed(alertMailOf(withArticle({ title: 'القافلة تعبر النهر' })));

    for (const selector of ['blockquote', 'td.card p a', '.chip', 'table.line b']) {
      const [first] = document.querySelectorAll(selector);
      expect([selector, first?.closest('[dir=auto]') !== null]).toEqual([selector, true]);
    }
  });

  it('loads nothing, with a style sheet for dark screens', () => {
    const mail = alertMailOf(aMatch());

    expect(foreignParts(mail)).toEqual([]);
    expect(mail.html).not.toMatch(/url\(|@import/);
    expect(mail.html).toContain('prefers-color-scheme: dark');
  });
});

describe('an update', () => {
  const update = (
    news: readonly string[] = ['14 dead', 'Odesa'],
    alsoNew: readonly { match: Match; news: readonly string[] }[] = [],
  ) => alertMailOf(aMatch(), { story: storyOf(aMatch()), update: { news, alsoNew }, threadId: 'first@example.org' });

  it('says first what is new, then the passage', () => {
    const mail = update();

    expect(linesOf(mail).slice(0, 3)).toEqual([
      'New: 14 dead, Odesa',
      '',
      'A *convoy* of forty trucks crossed the *river* at dawn.',
    ]);
    expect(shownIn(mail)).toMatch(/New: 14 dead, Odesa.*A convoy of forty trucks/);
    expect(previewOf(mail)).toBe(`New: 14 dead, Odesa · ${SENTENCE}`);
  });

  it('for another topic, or a graver one, says which', () => {
    expect(linesOf(update([]))[0]).toBe('New in this story: River crossings (medium)');
  });

  it('lists the reports that waited for it, with what they bring and a link', () => {
    const waited = matchOf({
      topic: 'River crossings',
      title: 'Second bridge closed',
      source: 'Radio Example',
      passages: [],
    });

    const mail = update(undefined, [{ match: waited, news: ['second', 'bridge'] }]);

    expect(mail.text).toContain(
      'Also new:\n* Second bridge closed — Radio Example (second, bridge)\n  https://news.example.org/2026/11/17/convoy?utm_source=feed',
    );
    expect(shownIn(mail)).toContain('Second bridge closed Radio Example (second, bridge)');
    expect(shownIn(mail)).not.toMatch(/more report/);
  });

  it('shows eight news of a hundred characters each, three of a report that waited, and no empty ones', () => {
    const news = Array.from({ length: 9 }, (_, n) => `${n}`);
    const waited = matchOf({ topic: 'River crossings', title: 'T'.repeat(121), passages: [] });

    expect(linesOf(update(news))[0]).toBe('New: 0, 1, 2, 3, 4, 5, 6, 7');
    expect(linesOf(update(['x'.repeat(100), ' ', 'y'.repeat(101)]))[0]).toBe(
      `New: ${'x'.repeat(100)}, ${'y'.repeat(99)}…`,
    );
    expect(update(undefined, [{ match: waited, news }]).text).toContain(
      `* ${'T'.repeat(119)}… — Example News (0, 1, 2)`,
    );
  });

  it('counts the waiting reports that its HTML has no room for, and lists them in the text', () => {
    const alsoNew = Array.from({ length: 100 }, (_, n) => ({
      match: matchOf({ topic: 'River crossings', title: `Report ${n}`, passages: [] }),
      news: [],
    }));

    const mail = update(undefined, alsoNew);

    const shown = textsIn(mail, 'li').length;
    expect(shown).toBeGreaterThan(20);
    expect(shown).toBeLessThan(100);
    expect(shownIn(mail)).toContain(`and ${100 - shown} more reports, listed in the text version of this mail`);
    expect(mail.text.match(/^\* Report \d+ — Example News$/gm)).toHaveLength(100);
  });

  it('has the subject of its alert with a word before it', () => {
    expect(update().subject).toBe('Update: [River crossings] Convoy crosses the river — Example News');
  });

  it('stands below the first alert of its story in a mail program', () => {
    expect(update().headers).toMatchObject({ 'In-Reply-To': '<first@example.org>', References: '<first@example.org>' });
    expect(Object.keys(alertMailOf(aMatch()).headers)).not.toContain('References');
  });

  it.each(['<first@example.org>', 'first@example.org\r\nBcc: a@example.org', ' first@exam ple.org'])(
    'refers to %j without leaving its line',
    (threadId) => {
      const { References } = alertMailOf(aMatch(), { threadId }).headers;

      expect(References).toMatch(/^<[\x21-\x7e]+>$/);
      expect(References?.match(/[<>]/g)).toHaveLength(2);
    },
  );
});

describe('a subject', () => {
  it('reads [Topic] Headline — Source', () => {
    expect(alertSubject(aMatch())).toBe('[River crossings] Convoy crosses the river — Example News');
  });

  it('cuts the headline so that topic and source stay, within 150 characters', () => {
    const match = withArticle({ title: 'Convoy '.repeat(60) });
    const subjects = [alertSubject(match), alertMailOf(match, { update: { news: [], alsoNew: [] } }).subject];

    for (const subject of subjects) {
      expect(subject.length).toBeLessThanOrEqual(150);
      expect(subject).toMatch(/^(Update: )?\[River crossings\] Convoy .* Convoy… — Example News$/);
    }
  });

  it('cuts between characters, not through them', () => {
    const subject = alertSubject(withArticle({ title: '👩‍🚒'.repeat(60) }));

    expect(subject.length).toBeLessThanOrEqual(150);
    expect(subject.replaceAll('👩‍🚒', '')).toBe('[River crossings] … — Example News');
  });
});
