// What a reader gets to see: each mail is parsed the way a mail program would, and compared with what the match holds.
import { parseHTML } from 'linkedom';
import { alertLinksUnder } from '../../../shared/alerts/alert-links.ts';
import { alertSubject, composeAlertMail } from '../../../shared/alerts/alert-mail.ts';
import { composeDigestMail, MAX_WITH_PASSAGE } from '../../../shared/alerts/digest-mail.ts';
import { messageIdOf } from '../../../shared/alerts/mail-headers.ts';
import { composePublication, publicationSubject } from '../../../shared/alerts/publication.ts';
import type { Mail } from '../../../shared/model/alert.ts';
import { deliveryIdOf } from '../../../shared/model/ids.ts';
import type { Match, Passage } from '../../../shared/model/match.ts';
import type { Subscription } from '../../../shared/model/subscription.ts';
import { aDigest, aMatch, aSubscription, later } from '../../support/builders.ts';

const MAIL = { from: 'alerts@example.org', replyTo: null, timeZone: 'Europe/Berlin' };
const LINKS = alertLinksUnder('https://links.example.org');
/** The only elements a mail of ours is made of. */
const OUR_ELEMENTS = new Set(
  'html head meta title style body table tbody tr td blockquote mark p a span br ul li h2'.split(' '),
);

const mailOf = (match: Match, subscription: Subscription = aSubscription(), links = LINKS): Mail =>
  composeAlertMail({ match, subscription, deliveryId: deliveryIdOf(match.id, subscription.id), mail: MAIL, links });

const parsed = (mail: Mail) => parseHTML(mail.html).document;
const textsOf = (document: ReturnType<typeof parsed>, selector: string): string[] =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');

/** A passage that begins at `start` of its field, with each of the words highlighted where it first stands. */
function passageOf(text: string, words: readonly string[], start = 40): Passage {
  return {
    text,
    field: 'body',
    origin: 'feed',
    start,
    end: start + text.length,
    highlights: words.map((word) => [start + text.indexOf(word), start + text.indexOf(word) + word.length]),
  };
}

const withArticle = (change: Partial<Match['article']>, match = aMatch()): Match => ({
  ...match,
  article: { ...match.article, ...change },
});

/** Elements, attributes and addresses that a mail must not have; empty when all is well. */
function foreignParts(mail: Mail): string[] {
  return [...parsed(mail).querySelectorAll('*')].flatMap((element) => {
    const name = element.tagName.toLowerCase();
    const attributes = [...element.attributes].flatMap((attribute) => {
      if (/^on|^src|^background$|^srcset$/.test(attribute.name)) return [`${name} ${attribute.name}`];
      return attribute.name === 'href' && !/^https?:\/\//.test(attribute.value) ? [`${name} ${attribute.value}`] : [];
    });
    return OUR_ELEMENTS.has(name) ? attributes : [name, ...attributes];
  });
}

describe('foreignParts', () => {
  it('finds an element, a handler and an address that are not ours', () => {
    const html = '<p onclick="x"><img src="x"><a href="javascript:x">a</a></p>';

    expect(foreignParts({ ...mailOf(aMatch()), html })).toEqual(['p onclick', 'img', 'img src', 'a javascript:x']);
  });
});

describe('an alert mail', () => {
  it('begins with the passage, its matched words marked, in both bodies', () => {
    const mail = mailOf(aMatch());

    const [quote] = parsed(mail).querySelectorAll('td.card > *');
    expect(quote?.textContent).toBe('A convoy of forty trucks crossed the river at dawn.');
    expect(textsOf(parsed(mail), 'mark')).toEqual(['convoy', 'river']);
    expect(mail.text.split('\n')[0]).toBe('A *convoy* of forty trucks crossed the *river* at dawn.');
  });

  it.each([
    ['Korean', '수송대가 새벽에 강을 건넜다.', ['수송대', '강']],
    ['Arabic', 'عبرت القافلة النهر عند الفجر.', ['القافلة', 'النهر']],
    ['emoji and combining marks', 'The 🚛 convoy neared the rivie\u0300re 👩‍🚒 banks.', ['convoy', 'rivie\u0300re']],
    ['characters of HTML', 'A <b>convoy</b> & "river" it\'s &amp; done', ['<b>convoy</b>', '"river"']],
    ['a passage over two paragraphs', 'The convoy left.\n\nIt reached the river.', ['convoy', 'river']],
  ])('marks exactly the highlighted words: %s', (_name, text, words) => {
    const mail = mailOf(aMatch({}, { passages: [passageOf(text, words)] }));

    expect(textsOf(parsed(mail), 'mark')).toEqual(words);
    expect(textsOf(parsed(mail), 'blockquote')).toEqual([text.replace(/\s+/g, ' ')]);
  });

  it('says where a sentence was too long to be shown whole', () => {
    const text = 'long before the convoy came to the river and long after';
    const mail = mailOf(aMatch({}, { passages: [{ ...passageOf(text, ['convoy', 'river']), cut: 'both' }] }));

    expect(textsOf(parsed(mail), 'blockquote')).toEqual([`…${text}…`]);
    expect(mail.text.split('\n')[0]).toMatch(/^…long before .* after…$/);
  });

  it('shows up to three passages', () => {
    const passages = ['one convoy', 'two convoy', 'three convoy', 'four convoy'].map((text, place) =>
      passageOf(text, ['convoy'], place * 100),
    );

    const mail = mailOf(aMatch({}, { passages }));

    expect(textsOf(parsed(mail), 'blockquote')).toEqual(['one convoy', 'two convoy', 'three convoy']);
    expect(mail.text).toContain('three *convoy*');
    expect(mail.text).not.toContain('four');
  });

  it('shows source, times in the set zone, language, origin, reason and topic', () => {
    const match: Match = {
      ...withArticle({
        publishedAt: '2026-11-17T07:30:00.000Z',
        firstSeenAt: '2026-11-17T08:00:00.000Z',
        language: 'ko',
        origin: 'summary',
        extractionFailure: 'answered 403',
      }),
      passages: aMatch().passages.map((passage) => ({ ...passage, origin: 'summary' })),
      sources: [
        ...aMatch().sources,
        { ...aMatch().sources[0]!, title: 'Second Paper' },
        { ...aMatch().sources[0]!, title: 'Third Paper' },
      ],
    };

    const facts = mailOf(match).text.split('\n');

    expect(facts).toEqual(
      expect.arrayContaining([
        'Example News · also in Second Paper, Third Paper',
        'Published:  2026-11-17 08:30 +01:00',
        'Seen:       2026-11-17 09:00 +01:00',
        'Language:   Korean',
        "Matched in: the feed's summary (the page could not be read: answered 403)",
        'Why:        en: convoy NEAR/5 river',
        'Topic:      River crossings (river-crossings, version 1.0.0+0000001), severity medium',
      ]),
    );
    expect(textsOf(parsed(mailOf(match)), 'table.line td.text')).toEqual([
      '2026-11-17 08:30 +01:00',
      '2026-11-17 09:00 +01:00',
      'Korean',
      "the feed's summary (the page could not be read: answered 403)",
      'en: convoy NEAR/5 river',
      'River crossings (river-crossings, version 1.0.0+0000001), severity medium',
    ]);
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

    expect(mailOf({ ...withArticle({ origin }), passages }).text.split('\n')).toContain(line);
  });

  it('gives the reason of a page that is tried again in its own words', () => {
    const match = withArticle({
      origin: 'summary',
      extractionFailure: 'the page could not be read yet (answered 503)',
    });

    expect(mailOf(match).text).toContain("Matched in: the feed's text (the page could not be read yet (answered 503))");
  });

  it('opens the page at a passage from the page, although one from the feed comes first', () => {
    const passages = [
      { ...passageOf('Troops were sent.', ['Troops']), origin: 'summary' as const },
      { ...passageOf('The troops came home.', ['troops']), origin: 'article' as const },
    ];

    expect(mailOf({ ...aMatch(), passages }).text).toContain('#:~:text=The-,troops,-came');
  });

  it('opens the article at the passage and names the host that is asked', () => {
    const match = withArticle({ url: 'https://user:secret@bücher.example:8443/a#top' });

    const mail = mailOf(match);

    const links = [...parsed(mail).querySelectorAll('td.card a')].map((link) => link.getAttribute('href'));
    expect(new Set(links)).toEqual(
      new Set([
        'https://xn--bcher-kva.example:8443/a#top:~:text=A-,convoy%20of%20forty%20trucks%20crossed%20the%20river,-at%20dawn',
      ]),
    );
    expect(textsOf(parsed(mail), 'td.card span').join()).toContain('xn--bcher-kva.example:8443');
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
    const mail = mailOf(withArticle({ url, canonicalUrl: '' }));

    expect(parsed(mail).querySelectorAll('td.card a')).toHaveLength(0);
    expect(mail.text).toContain('(the feed gave no link)');
  });

  it('shows foreign text in its own direction', () => {
    const document = parsed(mailOf(withArticle({ title: 'القافلة تعبر النهر' })));

    for (const selector of ['blockquote', 'td.card > p', 'table.line td.text']) {
      expect([...document.querySelectorAll(selector)].slice(0, 2).map((one) => one.getAttribute('dir'))).toEqual(
        expect.arrayContaining(['auto']),
      );
    }
  });

  it('loads nothing, with a style sheet for dark screens', () => {
    const mail = mailOf(aMatch());

    expect(foreignParts(mail)).toEqual([]);
    expect(mail.html).not.toMatch(/url\(|@import/);
    expect(mail.html).toContain('prefers-color-scheme: dark');
  });

  it('ends with the unsubscribe link, or with words where there is none', () => {
    expect(mailOf(aMatch()).text).toContain('Stop these mails: https://links.example.org/u/token-of-subscription-1');
    expect(mailOf(aMatch(), aSubscription(), {}).text).toContain('end subscription subscription-1');
  });
});

const PAYLOADS = [
  '<script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</style><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "'><iframe src=javascript:alert(1)>",
  '<a href="javascript:alert(1)">x</a>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;img src=x onerror=alert(1)&#62;',
  '<!--[if mso]><script>alert(1)</script><![endif]-->',
  '--><script>alert(1)</script>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<math><mtext></p><style><img src=x onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<table background="javascript:alert(1)">',
  '{{constructor.constructor("alert(1)")()}}',
  '#{alert(1)} <%= alert(1) %>',
  '\u0000<script\u0000>alert(1)</script>',
  '<scr\u00adipt>alert(1)</scr\u00adipt>',
  '＜script＞alert(1)＜/script＞',
  '\ud800<script>alert(1)</script>',
];

describe('hostile text', () => {
  it.each(PAYLOADS)('stays text wherever it stands: %j', (payload) => {
    const source = { ...aMatch().sources[0]!, title: payload };
    const match: Match = {
      ...withArticle({ title: payload, extractionFailure: payload, language: payload }),
      topic: { ...aMatch().topic, title: payload },
      sources: [source, { ...source, title: `${payload}2` }],
      passages: [passageOf(`before ${payload} after`, [payload])],
      why: payload,
    };
    const mails = [mailOf(match), digestOf([match]), digestOf(Array.from({ length: 60 }, () => match))];

    for (const mail of mails) {
      expect(foreignParts(mail)).toEqual([]);
      expect(parsed(mail).querySelector('title')?.textContent).toBe(mail.subject);
    }
  });

  it.each([
    ['a line break', 'A\r\nBcc: victim@example.org'],
    ['a lone carriage return', 'A\rBcc: victim@example.org'],
    ['a lone line feed', 'A\nBcc: victim@example.org'],
    ['a NUL', 'A\u0000B'],
    ['an escape sequence', 'A\u001b[31mB'],
    ['a C1 control', 'A\u0085Bcc: victim@example.org'],
    ['a line separator', 'A\u2028Bcc: victim@example.org'],
    ['a paragraph separator', 'A\u2029Bcc: victim@example.org'],
    ['a right-to-left override', 'A\u202egpj.exe'],
    ['an isolate', 'A\u2067B\u2069'],
    ['a lone surrogate', 'A\ud83dB'],
    ['a folded header', 'A\r\n\tX: y'],
  ])('cannot leave its line in a subject or header: %s', (_name, hostile) => {
    const match: Match = {
      ...withArticle({ title: hostile }),
      topic: { ...aMatch().topic, id: hostile, title: hostile },
      sources: [{ ...aMatch().sources[0]!, title: hostile, host: hostile }],
    };

    const { subject, headers, messageId } = mailOf(match);
    const publication = composePublication(match, deliveryIdOf(match.id, aSubscription().id), 'UTC');

    expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    expect(subject.isWellFormed()).toBe(true);
    for (const value of [...Object.values(headers), messageId, publication.subject]) {
      expect(value).toMatch(/^[\x20-\x7e]+$/);
    }
    for (const value of Object.values(publication.attributes)) expect(value).not.toMatch(/\p{Cc}/u);
  });
});

describe('a subject', () => {
  it('reads [Topic] Headline — Source', () => {
    expect(alertSubject(aMatch())).toBe('[River crossings] Convoy crosses the river — Example News');
  });

  it('cuts the headline so that topic and source stay, within 150 characters', () => {
    const subject = alertSubject(withArticle({ title: 'Convoy '.repeat(60) }));

    expect(subject.length).toBeLessThanOrEqual(150);
    expect(subject).toMatch(/^\[River crossings\] Convoy .* Convoy… — Example News$/);
  });

  it('cuts between characters, not through them', () => {
    const subject = alertSubject(withArticle({ title: '👩‍🚒'.repeat(60) }));

    expect(subject.length).toBeLessThanOrEqual(150);
    expect(subject.replaceAll('👩‍🚒', '')).toBe('[River crossings] … — Example News');
  });
});

describe('the headers of an alert mail', () => {
  it('let a reader end it with one click and a program sort it', () => {
    const { headers, messageId } = mailOf(aMatch());

    expect(headers).toEqual({
      'List-ID': '<river-crossings.tocsin.example.org>',
      'Auto-Submitted': 'auto-generated',
      'X-Tocsin-Delivery': `${aMatch().id}.subscription-1`,
      'List-Unsubscribe': '<https://links.example.org/u/token-of-subscription-1>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(messageId).toBe(`${aMatch().id}.subscription-1@example.org`);
  });

  it.each([
    ['News <alerts@Example.org>', 'example.org'],
    ['alerts@bücher.example', 'xn--bcher-kva.example'],
    [null, 'localhost'],
  ])('has a Message-ID under the domain of its sender %s', (from, domain) => {
    expect(messageIdOf('match.subscription', from)).toBe(`match.subscription@${domain}`);
  });

  it.each([
    ['http://127.0.0.1:4100', true],
    ['http://localhost:4100', true],
    ['http://tocsin.example.org', false],
  ])('offer one click at %s: %s', (base, offered) => {
    const { headers } = mailOf(aMatch(), aSubscription(), alertLinksUnder(base));

    expect(headers['List-Unsubscribe']).toBe(`<${base}/u/token-of-subscription-1>`);
    expect('List-Unsubscribe-Post' in headers).toBe(offered);
  });

  it('name no unsubscribe address where there is none', () => {
    expect(Object.keys(mailOf(aMatch(), aSubscription(), {}).headers)).toEqual([
      'List-ID',
      'Auto-Submitted',
      'X-Tocsin-Delivery',
    ]);
  });
});

const digestOf = (matches: readonly Match[], cause: 'asked' | 'storm' = 'asked'): Mail =>
  composeDigestMail({
    digest: aDigest({ cause }),
    matches,
    subscription: aSubscription({ digest: cause === 'asked' ? 'hourly' : 'none' }),
    mail: MAIL,
    links: LINKS,
  });

describe('a digest mail', () => {
  const match = (topicId: string, articleId: string, minutes: number, severity: 'low' | 'critical' = 'low'): Match => ({
    ...withArticle(
      { title: `Headline ${articleId}` },
      aMatch({ topicId, articleId, firstSeenAt: later(minutes * 60_000) }),
    ),
    topic: { id: topicId, version: '1', title: `Topic ${topicId}`, severity },
  });

  it('counts on top and groups by topic, gravest first, in the order of first sight', () => {
    const mail = digestOf([match('a', '1', 9), match('a', '2', 3), match('b', '3', 5, 'critical')]);

    expect(mail.subject).toBe('[2 topics] 3 alerts — hourly digest, 2026-11-17 10:00 +01:00');
    expect(textsOf(parsed(mail), 'li')).toEqual(['Topic b: 1 (severity critical)', 'Topic a: 2 (severity low)']);
    expect(textsOf(parsed(mail), 'h2')).toEqual(['Topic b', 'Topic a']);
    expect([...mail.text.matchAll(/^Headline (.)$/gm)].map(([, id]) => id)).toEqual(['3', '2', '1']);
  });

  it('lists every alert, the first ones of each topic with their passage', () => {
    const matches = Array.from({ length: 200 }, (_, n) => match(n < 190 ? 'a' : 'b', `${n}`, n));

    const mail = digestOf(matches, 'storm');

    const document = parsed(mail);
    expect(textsOf(document, 'td.card a').filter((text) => text.startsWith('Headline'))).toHaveLength(200);
    expect(textsOf(document, 'blockquote')).toHaveLength(MAX_WITH_PASSAGE - 10);
    expect(mail.text.match(/^Headline \d+$/gm)).toHaveLength(200);
    expect(mail.text).toContain('200 alerts came at once');
  });

  it('says where each passage comes from, in both bodies of the mail', () => {
    const [passage] = aMatch().passages;
    const mail = digestOf([{ ...aMatch(), passages: [{ ...passage!, origin: 'summary' }] }]);

    expect(mail.text.replace(/\s+/g, ' ')).toContain("09:00 +01:00, matched in the feed's summary https://");
    expect(parsed(mail).body.textContent).toContain("09:00 +01:00, matched in the feed's summary");
  });

  it('keeps one Message-ID over all tries', () => {
    expect(digestOf([aMatch()]).messageId).toBe(`${aDigest().id}@example.org`);
    expect(digestOf([aMatch()]).headers['List-ID']).toBe('<digest.tocsin.example.org>');
  });
});

describe('a publication', () => {
  const publication = composePublication(aMatch(), deliveryIdOf(aMatch().id, aSubscription().id), 'UTC');

  it('gives machines the published match, in the envelope of every event', () => {
    const { expiresAt: _expiresAt, alertState: _alertState, ...shown } = aMatch();

    expect(JSON.parse(publication.json)).toEqual({
      type: 'match.created',
      id: `${aMatch().id}.subscription-1`,
      timestamp: aMatch().times.matchedAt,
      data: {
        schema: 'tocsin.match.v1',
        ...shown,
        link: 'https://news.example.org/2026/11/17/convoy?utm_source=feed#:~:text=A-,convoy%20of%20forty%20trucks%20crossed%20the%20river,-at%20dawn',
      },
    });
  });

  it('can be filtered by topic, severity, language and source', () => {
    expect(publication.attributes).toEqual({
      topic: 'river-crossings',
      severity: 'medium',
      language: 'en',
      source: 'news.example.org',
    });
  });

  it('reads as text with the passage first', () => {
    expect(publication.text).toMatch(/^A \*convoy\* of forty trucks/);
    expect(publication.text).not.toContain('Stop these mails');
  });

  it.each([
    ['Résumé: “Łódź” — 5 °C…', '[River crossings] Resume: "Lodz" - 5 C... - Example News'],
    ['수송대가 강을 건너다', '[River crossings] Article in English - Example News'],
    ['Convoy '.repeat(40), /^\[River crossings\] Convoy (Convoy )+Convoy\.\.\. - Example News$/],
    ['', '[River crossings] Article in English - Example News'],
  ])('has a subject that SNS takes: %j', (title, subject) => {
    const written = publicationSubject(withArticle({ title }));

    expect(written).toEqual(subject instanceof RegExp ? expect.stringMatching(subject) : subject);
    expect(written).toMatch(/^[ -~]{1,99}$/);
  });
});
