import { MAX_WITH_PASSAGE } from '../../../shared/alerts/digest-mail.ts';
import type { Match } from '../../../shared/model/match.ts';
import { aDigestStory, aStoryIn, digestMailOf, matchOf, passageOf } from '../../support/alert-mails.ts';
import { aDigest, aSubscription, later } from '../../support/builders.ts';
import { foreignParts, linksIn, parsed, previewOf, shownIn, textsIn } from '../../support/parsed-mail.ts';

const MINUTE = 60_000;

const match = (topic: string, name: string, minutes = 0, change: Partial<Parameters<typeof matchOf>[0]> = {}): Match =>
  matchOf({
    topic,
    severity: 'low',
    title: `Headline ${name}`,
    passages: [passageOf(`The sentence about ${name}.`, ['sentence'])],
    why: 'en: sentence OR word',
    seen: later(minutes * MINUTE),
    ...change,
  });
const single = (...about: Parameters<typeof match>) => aDigestStory([[match(...about)]]);
const flat = (text: string): string => text.replace(/\s+/g, ' ');

describe('a digest mail', () => {
  it('counts on top and groups by topic, gravest first, in the order of first sight', () => {
    const mail = digestMailOf([
      single('Topic a', '1', 9),
      single('Topic a', '2', 3),
      single('Topic b', '3', 5, { severity: 'critical' }),
    ]);

    expect(mail.subject).toBe('[2 topics] 3 stories — hourly digest, 2026-11-17 10:00 +01:00');
    expect(mail.text).toMatch(/^3 stories from 2026-11-17 09:00 \+01:00 to 2026-11-17 10:00 \+01:00\./);
    expect(textsIn(mail, 'li')).toEqual(['Topic b (critical): 1', 'Topic a (low): 2']);
    expect(textsIn(mail, 'h2')).toEqual(['Topic b', 'Topic a']);
    expect([...mail.text.matchAll(/^Headline (.)$/gm)].map(([, name]) => name)).toEqual(['3', '2', '1']);
  });

  it('says when in the zone of the subscriber who has one', () => {
    const coverage = { feeds: 2, read: 1, failing: [{ title: 'Gazette', since: later(0) }] };
    const subscription = aSubscription({ digest: 'hourly', timeZone: 'Asia/Tokyo' });

    const mail = digestMailOf([single('Topic a', '1')], { subscription, coverage });

    expect(mail.subject).toMatch(/ 1 story — hourly digest, 2026-11-17 18:00 \+09:00$/);
    for (const body of [mail.text, shownIn(mail)]) {
      expect(flat(body)).toContain('Example News, 2026-11-17 17:00 +09:00');
      expect(body).not.toContain('+01:00');
    }
  });

  it('shows each story once, however many reports it has', () => {
    const story = aDigestStory([[match('Topic a', '1')], [match('Topic a', '2', 5)], [match('Topic a', '3', 9)]], {
      news: ['14 dead', 'Odesa'],
    });

    const mail = digestMailOf([story]);

    expect(mail.subject).toMatch(/^\[Topic a\] 1 story/);
    expect(mail.text).toMatch(/^1 story in 3 reports/);
    expect(textsIn(mail, 'blockquote')).toEqual(['The sentence about 1.']);
    for (const body of [mail.text, shownIn(mail)]) expect(body).toContain('Later: 14 dead, Odesa');
  });

  it('takes no news from a copy', () => {
    const story = aDigestStory([[match('Topic a', '1')], [match('Topic a', '2', 5)]], { news: ['14 dead'] });
    const [first, second] = story.reports;
    const hit = { ...second!.hit!, story: { ...second!.hit!.story, kind: 'copy' as const } };

    const mail = digestMailOf([{ ...story, reports: [first, { ...second!, hit }] }]);

    expect(mail.text).not.toContain('14 dead');
  });

  it('says in how many other outlets a story is', () => {
    const lead = match('Topic a', '1');
    const outlets = ['Example News', ...Array.from({ length: 5 }, (_, n) => `Paper ${n}`)];

    const mail = digestMailOf([aDigestStory([[lead]], { story: aStoryIn(lead, outlets) })]);

    for (const body of [mail.text, shownIn(mail)]) expect(flat(body)).toContain('+01:00, also in 5, matched in');
  });

  it('leads with a sentence of the text, from another report where the first has only a headline', () => {
    const bare = match('Topic a', '1', 0, {
      passages: [passageOf('Headline 1', ['Headline'], { field: 'title', origin: 'title', start: 0 })],
    });

    const mail = digestMailOf([aDigestStory([[bare], [match('Topic a', '2', 5)]])]);

    expect(textsIn(mail, 'blockquote')).toEqual(['The sentence about 2.']);
    expect(previewOf(mail)).toBe('The sentence about 2.');
  });

  it('shows a story that stands only in headlines once, with the matched words marked', () => {
    const passages = [passageOf('Headline 1', ['Headline'], { field: 'title', origin: 'title', start: 0 })];

    const mail = digestMailOf([single('Topic a', '1', 0, { passages })]);

    expect(textsIn(mail, 'blockquote')).toEqual([]);
    expect(textsIn(mail, 'mark')).toEqual(['Headline']);
    expect(mail.text.split(/Headline\*? 1/)).toHaveLength(2);
  });

  it('puts a story of several topics under the gravest, and names the others', () => {
    const grave = match('Topic b', '1', 0, { severity: 'critical' });

    const mail = digestMailOf([aDigestStory([[grave, match('Topic a', '1')]])]);

    expect(textsIn(mail, 'h2')).toEqual(['Topic b']);
    for (const body of [mail.text, shownIn(mail)]) expect(body).toContain('Also about: Topic a');
  });

  it('gives the clause, the version of the topic and a way to the page of the match', () => {
    const mail = digestMailOf([single('Topic a', '1')]);

    for (const body of [mail.text, shownIn(mail)])
      expect(flat(body)).toContain('Why: en: sentence OR word (topic-a 1.0.0+0000001)');
    expect(linksIn(mail)['this match']).toMatch(/^https:\/\/links\.example\.org\/u\/token-of-subscription-1\/hit\//);
    expect(linksIn(digestMailOf([single('Topic a', '1')], { links: {} }))).not.toHaveProperty('this match');
  });

  it('lists what repeats a story in one line each, after everything that is new', () => {
    const repeat = aDigestStory([[match('Topic a', 'again')]], { isRepeat: true });

    const mail = digestMailOf([single('Topic a', '1'), repeat]);

    expect(mail.subject).toMatch(/ 1 story /);
    expect(textsIn(mail, 'h2')).toEqual(['Topic a', 'Also reported, nothing new']);
    expect(textsIn(mail, 'blockquote')).toEqual(['The sentence about 1.']);
    expect(mail.text).toMatch(/Also reported, nothing new\n-+\n\n\* Headline again — Example News, /);
    expect(mail.text).not.toContain('The sentence about again.');
  });

  it('lists every story, the first ones of each topic with their passage', () => {
    const stories = Array.from({ length: 200 }, (_, n) => single(n < 190 ? 'Topic a' : 'Topic b', `${n}`, n));

    const mail = digestMailOf(stories, { digest: aDigest({ cause: 'storm' }) });

    expect(mail.text).toContain('200 stories came at once');
    expect(new Set(mail.text.match(/Headline \d+/g))).toHaveProperty('size', 200);
    expect(textsIn(mail, 'td.card a').filter((text) => text.startsWith('Headline'))).toHaveLength(200);
    expect(textsIn(mail, 'blockquote').length).toBeGreaterThan(20);
    expect(textsIn(mail, 'blockquote').length).toBeLessThanOrEqual(MAX_WITH_PASSAGE);
  });

  it('gives each topic its share of the passages', () => {
    const stories = Array.from({ length: 100 }, (_, n) => single(n < 90 ? 'Topic a' : 'Topic b', `${n}`, n));

    const passages = textsIn(digestMailOf(stories), 'blockquote');

    expect(passages.filter((text) => /about 9\d/.test(text))).toHaveLength(10);
    expect(passages.length).toBeGreaterThan(20);
  });

  it('of more than 25 topics has headings for the gravest 24, and counts all of them', () => {
    const stories = Array.from({ length: 30 }, (_, n) =>
      single(`Topic ${n}`, `${n}`, n, { severity: n === 29 ? 'critical' : 'low' }),
    );

    const mail = digestMailOf(stories);

    expect(mail.subject).toMatch(/^\[30 topics\] 30 stories /);
    expect(textsIn(mail, 'h2')).toHaveLength(25);
    expect(textsIn(mail, 'h2').at(0)).toBe('Topic 29');
    expect(textsIn(mail, 'h2').at(-1)).toBe('Other topics');
    expect(mail.text).toContain('Other topics (low): 6');
  });

  it('of 25 topics has a heading for each', () => {
    const mail = digestMailOf(Array.from({ length: 25 }, (_, n) => single(`Topic ${n}`, `${n}`, n)));

    expect(textsIn(mail, 'h2')).toHaveLength(25);
    expect(mail.text).not.toContain('Other topics');
  });

  it('says four news of sixty characters each, and five other topics, then how many more', () => {
    const news = ['1', '2', 'x'.repeat(60), 'y'.repeat(61), '5'];
    const others = Array.from({ length: 6 }, (_, n) => match(`Other ${n}`, '1'));
    const mailOf = (count: number) => {
      const reports = [[match('Topic a', '1'), ...others.slice(0, count)], [match('Topic a', '2', 5)]] as const;
      return digestMailOf([aDigestStory(reports, { news, severity: 'low' })]);
    };

    for (const body of [mailOf(6).text, shownIn(mailOf(6))].map(flat)) {
      expect(body).toContain(`Later: 1, 2, ${'x'.repeat(60)}, ${'y'.repeat(59)}… `);
      expect(body).toContain('Also about: Other 0, Other 1, Other 2, Other 3, Other 4 and 1 more');
    }
    expect(mailOf(5).text).toMatch(/Other 4$/m);
  });

  it('cuts a headline in a line, and a clause, at 160 characters', () => {
    const line = (length: number) =>
      digestMailOf([aDigestStory([[match('Topic a', 'x', 0, { title: 'T'.repeat(length) })]], { isRepeat: true })])
        .text;
    const clause = (length: number) =>
      flat(digestMailOf([single('Topic a', 'x', 0, { why: `en: ${'c'.repeat(length - 4)}` })]).text);

    expect(line(160)).toContain(`* ${'T'.repeat(160)} — `);
    expect(line(161)).toContain(`* ${'T'.repeat(159)}… — `);
    expect(clause(160)).toContain(`Why: en: ${'c'.repeat(156)} (topic-a`);
    expect(clause(161)).toContain(`Why: en: ${'c'.repeat(155)}… (topic-a`);
  });

  it('underlines the name of each topic', () => {
    const { text } = digestMailOf([single('Floods', '1'), single('T'.repeat(61), '2')]);

    expect(text).toMatch(/^Floods\n======$/m);
    expect(text).toMatch(/^T{59}…\n={60}$/m);
  });

  it('that came between digests is called by the usual period of its reader', () => {
    const of = (period: 'none' | 'weekly') =>
      digestMailOf([single('Topic a', '1')], {
        digest: aDigest({ period }),
        subscription: aSubscription({ digest: 'daily' }),
      }).subject;

    expect([of('none'), of('weekly')]).toEqual([
      expect.stringContaining('— daily digest,'),
      expect.stringContaining('— weekly digest,'),
    ]);
  });

  it('counts nothing where everything has room', () => {
    const repeat = aDigestStory([[match('Topic a', 'again')]], { isRepeat: true });

    expect(shownIn(digestMailOf([single('Topic a', '1'), repeat]))).not.toMatch(/more stor/);
  });

  it('counts what the HTML has no room for, and lists it in the text', () => {
    const mail = digestMailOf(Array.from({ length: 1_000 }, (_, n) => single('Topic a', `${n}`, n)));

    expect(shownIn(mail)).toMatch(/and \d+ more stories, each listed in the text version of this mail/);
    const shown = textsIn(mail, 'td.card a').filter((text) => text.startsWith('Headline')).length;
    expect(shownIn(mail)).toContain(`and ${1_000 - shown} more stories`);
    expect(new Set(mail.text.match(/Headline \d+/g))).toHaveProperty('size', 1_000);
  });

  it('says where each passage comes from, in both bodies of the mail', () => {
    const passages = [passageOf('A sentence.', ['sentence'], { origin: 'summary' })];
    const mail = digestMailOf([single('Topic a', '1', 0, { passages })]);

    for (const body of [mail.text, shownIn(mail)])
      expect(flat(body)).toContain("09:00 +01:00, matched in the feed's summary");
  });

  it('keeps one Message-ID over all tries', () => {
    const mail = digestMailOf([single('Topic a', '1')]);

    expect(mail.messageId).toBe(`${aDigest().id}@example.org`);
    expect(mail.headers['List-ID']).toBe('<digest.tocsin.example.org>');
  });

  it('is made of our own elements and loads nothing', () => {
    expect(foreignParts(digestMailOf([single('Topic a', '1')]))).toEqual([]);
  });
});

describe('the last line of a digest', () => {
  const failing = [
    { title: 'Gazette', since: later(-24 * 60 * MINUTE) },
    { title: '', since: later(-60 * MINUTE) },
  ];
  const lastLine = (coverage: Parameters<typeof digestMailOf>[1]) => flat(digestMailOf([], coverage).text);

  it.each([
    [{ feeds: 214, read: 214, failing: [] }, '214 of 214 feeds read. --'],
    [
      { feeds: 214, read: 212, failing },
      '212 of 214 feeds read; 2 failing: Gazette since 2026-11-16 09:00 +01:00, one without a name since 2026-11-17 08:00 +01:00. --',
    ],
    [{ feeds: 2_000, read: 500, failing }, '08:00 +01:00 and 1,498 more. --'],
    [{ feeds: 1, read: 0, failing: [] }, '0 of 1 feed read; 1 failing. --'],
  ])('says how many feeds were read, and which fail since when: %j', (coverage, words) => {
    expect(lastLine({ coverage })).toContain(words);
    expect(shownIn(digestMailOf([], { coverage }))).toContain(words.replace(' --', ''));
  });

  it('is left out before the feeds were first checked', () => {
    expect(lastLine({ coverage: null })).not.toContain('feeds read');
  });
});

describe('a digest without a story', () => {
  const subscription = aSubscription({ digest: 'daily', whenEmpty: true });
  const coverage = { feeds: 3, read: 3, failing: [] };

  it('is a sentence and the line on the feeds', () => {
    const mail = digestMailOf([], { subscription, coverage, digest: aDigest({ period: 'daily' }) });

    expect(mail.subject).toBe('Nothing new — daily digest, 2026-11-17 10:00 +01:00');
    expect(textsIn(mail, 'td.card > p').map(flat)).toEqual([
      'Nothing new for you from 2026-11-17 09:00 +01:00 to 2026-11-17 10:00 +01:00.',
      '3 of 3 feeds read.',
    ]);
    expect(parsed(mail).querySelectorAll('h2, li')).toHaveLength(0);
  });

  it('names the reports that bring nothing new', () => {
    const mail = digestMailOf([aDigestStory([[match('Topic a', '1')]], { isRepeat: true })], { subscription });

    expect(mail.subject).toMatch(/^Nothing new/);
    expect(mail.text).toContain('* Headline 1 — Example News');
  });
});
