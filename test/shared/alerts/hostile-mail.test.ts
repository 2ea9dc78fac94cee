// Whatever feeds, packs and outlets write, a mail stays ours: our elements, our headers, our size.
import { confirmationMail } from '../../../shared/alerts/confirmation-mail.ts';
import { feedIncidentNotice } from '../../../shared/alerts/feed-incident-notice.ts';
import { MOST_HTML_BYTES } from '../../../shared/alerts/mail-page.ts';
import { composePublication } from '../../../shared/alerts/publication.ts';
import type { Mail } from '../../../shared/model/alert.ts';
import { fitMatch } from '../../../shared/model/fit-match.ts';
import { deliveryIdOf } from '../../../shared/model/ids.ts';
import type { Match } from '../../../shared/model/match.ts';
import { aDigestStory, alertMailOf, aStoryIn, digestMailOf, passageOf } from '../../support/alert-mails.ts';
import { aDigest, aFeed, aHit, aMatch, aPollState, aSubscription, START } from '../../support/builders.ts';
import { mailKinds, SCRIPTS } from '../../support/mail-kinds.ts';
import { foreignParts, parsed, previewOf, shownIn, textsIn } from '../../support/parsed-mail.ts';

const PAYLOADS = [
  '<script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</style><img src=x onerror=alert(1)>',
  '</div><script>alert(1)</script>',
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

/** Everything foreign in a match says the same. */
function saying(words: string, id = 'topic-1'): Match {
  const source = { ...aMatch().sources[0]!, title: words };
  return {
    ...aMatch({ topicId: id }),
    article: {
      ...aMatch().article,
      title: words,
      extractionFailure: words,
      language: words,
      url: `https://news.example.org/${encodeURIComponent(words.toWellFormed())}`,
    },
    topic: { id, version: words, title: words, severity: 'high' },
    sources: [source, { ...source, title: `${words}2` }],
    passages: [passageOf(`before ${words} after`, [words])],
    why: words,
  };
}

/** One mail of each kind in which everything foreign says the same. */
function mailsSaying(words: string): readonly Mail[] {
  const match = saying(words);
  const story = {
    hit: aHit({ story: { id: words, kind: 'new', reason: words, news: [words], texts: 2 } }, [match]),
    story: aStoryIn(match, [words, `${words}3`]),
  };
  const update = { news: [words], alsoNew: [{ match, news: [words] }] };
  const coverage = { feeds: 2, read: 1, failing: [{ title: words, since: START }] };
  const stories = [aDigestStory([[match], [saying(words, 'topic-2')]], { news: [words], story: story.story })];
  return [
    alertMailOf(match, { story, others: [match] }),
    alertMailOf([match, saying(`${words} `, 'topic-2')], { story, update, threadId: words, links: {} }),
    alertMailOf({ ...match, passages: [passageOf(words, [words], { field: 'title', origin: 'title', start: 0 })] }),
    digestMailOf([...stories, ...stories.map((each) => ({ ...each, isRepeat: true }))], { coverage }),
    digestMailOf(
      Array.from({ length: 45 }, () => stories[0]!),
      { digest: aDigest({ cause: 'storm' }) },
    ),
  ];
}

describe('hostile text', () => {
  it.each(PAYLOADS)('stays text wherever it stands: %j', (payload) => {
    for (const mail of mailsSaying(payload)) {
      expect(foreignParts(mail)).toEqual([]);
      expect(parsed(mail).querySelector('title')?.textContent).toBe(mail.subject);
    }
  });

  it.each(PAYLOADS)('stays text in a notice to operators: %j', (payload) => {
    const failure = { since: START, count: 3, kind: 'http', message: payload } as never;
    const notice = feedIncidentNotice({
      failing: [aFeed({ title: payload, state: aPollState({ failure }) })],
      gone: [aFeed({ title: '', state: aPollState({ ownTitle: payload, goneAt: START }) })],
      recovered: [aFeed({ title: payload, url: `https://news.example.org/?q=${payload}` })],
    });

    expect(foreignParts(notice)).toEqual([]);
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
  ])('cannot leave its line or turn text around: %s', (_name, hostile) => {
    const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
    const match = saying(hostile, hostile);
    const publication = composePublication(match, deliveryIdOf(match.id, aSubscription().id), 'UTC');

    for (const { subject, headers, messageId, text, html } of mailsSaying(hostile)) {
      expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      for (const body of [subject, text, html]) {
        expect(body).not.toMatch(turning);
        expect(body.isWellFormed()).toBe(true);
      }
      expect(text).not.toMatch(/^Bcc:/m);
      for (const value of [...Object.values(headers), messageId]) expect(value).toMatch(/^[\x20-\x7e]+$/);
    }
    expect(publication.subject).toMatch(/^[\x20-\x7e]+$/);
    for (const value of Object.values(publication.attributes)) expect(value).not.toMatch(/\p{Cc}/u);
  });

  it('that is empty leaves no empty line, link or chip', () => {
    const [mail] = mailsSaying('');

    expect(shownIn(mail!)).toContain('Untitled article');
    expect(textsIn(mail!, '.chip')[0]).toContain('topic-1');
    expect(mail?.text).not.toMatch(/\n\n\n/);
    expect(textsIn(mail!, 'a').filter((text) => text.trim() === '')).toEqual([]);
  });

  it('cannot make a link of its own: an address that is no web address is left out', () => {
    const address = 'javascript:alert(1)';
    const match = { ...aMatch(), article: { ...aMatch().article, url: address, canonicalUrl: address } };
    const links = {
      matchUrl: () => address,
      notRelevantUrl: () => address,
      muteUrl: () => address,
      manageUrl: () => address,
    };
    const mails = [
      alertMailOf(match, { links, update: { news: [], alsoNew: [{ match, news: [] }] } }),
      digestMailOf([aDigestStory([[match]])], { links }),
      { ...confirmationMail({ address }), to: '', headers: {}, messageId: '' },
    ];

    for (const { html } of mails) expect(html).not.toContain('href');
  });
});

describe('the size of a mail', () => {
  const bytes = ({ html }: { readonly html: string }): number => Buffer.byteLength(html);
  const SIGNS = ['"'.repeat(1_000), '語'.repeat(1_000), '<&> 😀 '.repeat(150)];

  /** As large as a record may be, with a hundred topics that share nothing. */
  const large = (words: string, n: number): Match =>
    fitMatch({
      ...saying(words, `topic-${n}-${words}`),
      passages: Array.from({ length: 3 }, (_, at) =>
        passageOf(`${n} ${words}`.repeat(3), [`${n}`], { start: n * 100_000 + at * 5_000 }),
      ),
      sources: Array.from({ length: 32 }, (_, at) => ({ ...aMatch().sources[0]!, title: `${at}${words}` })),
    });

  it.each(SIGNS)('is under 90 KB for an alert of a hundred topics, whatever is written: %j', (words) => {
    const matches = Array.from({ length: 100 }, (_, n) => large(words, n)) as unknown as [Match];
    const story = {
      hit: aHit({ story: { id: 's', kind: 'new', reason: words, news: [], texts: 99 } }, matches),
      story: aStoryIn(
        matches[0],
        Array.from({ length: 32 }, (_, n) => `${n}${words}`),
      ),
    };
    const alsoNew = matches.slice(0, 20).map((match) => ({ match, news: Array.from({ length: 8 }, () => words) }));
    const mail = alertMailOf(matches, { story, others: matches, update: { news: [words], alsoNew } });

    expect(bytes(mail)).toBeLessThan(MOST_HTML_BYTES);
    expect(bytes(alertMailOf(matches, { story, others: matches, links: {} }))).toBeLessThan(MOST_HTML_BYTES);
    expect(textsIn(mail, 'blockquote').length).toBeGreaterThan(0);
  });

  it.each(SIGNS)('is under 90 KB for a digest of hundreds of stories in a hundred topics: %j', (words) => {
    const some = Array.from({ length: 100 }, (_, n) => aDigestStory([[large(words, n)]]));
    const stories = Array.from({ length: 300 }, (_, n) => some[n % 100]!);
    const failing = Array.from({ length: 10 }, () => ({ title: words, since: START }));

    const mail = digestMailOf([...stories, ...stories.map((each) => ({ ...each, isRepeat: true }))], {
      coverage: { feeds: 10_000, read: 0, failing },
    });

    expect(bytes(mail)).toBeLessThan(MOST_HTML_BYTES);
    expect(textsIn(mail, 'blockquote').length).toBeGreaterThan(0);
  });

  it('is under 90 KB for a notice about ten thousand feeds', () => {
    const feeds = Array.from({ length: 10_000 }, () =>
      aFeed({ title: '"'.repeat(500), url: `https://e.example/${'&'.repeat(2_000)}` }),
    );

    expect(bytes(feedIncidentNotice({ failing: feeds, gone: feeds, recovered: feeds }))).toBeLessThan(MOST_HTML_BYTES);
  });
});

describe('each kind of mail', () => {
  const all = mailKinds();
  const kinds = Object.entries(all);

  it.each(kinds)('%s says the same as text, which can be read alone', (_name, { text, html }) => {
    expect(text).not.toMatch(/<[a-z]|&[a-z]+;|undefined|null|NaN|\[object/);
    expect(html).not.toMatch(/undefined|>null<|NaN|\[object/);
    expect(text.trimEnd()).not.toBe('');
    for (const line of textsIn({ html }, 'blockquote, h2, li b, .chip b')) {
      expect(text.replaceAll('*', '').replace(/\s+/g, ' ')).toContain(line.trim().replace(/\s+/g, ' '));
    }
  });

  it.each(SCRIPTS)(
    'marks the words and shows the passage in the list of mails: %s',
    (language, title, sentence, words) => {
      const mail = all[`script-${language}`]!;

      expect(textsIn(mail, 'mark')).toEqual(words);
      expect(previewOf(mail)).toBe(sentence);
      expect(mail.subject).toContain(title);
      expect(mail.text).toContain(title);
    },
  );
});
