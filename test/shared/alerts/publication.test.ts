import { composeAlertEvent, composePublication, publicationSubject } from '../../../shared/alerts/publication.ts';
import { deliveryIdOf } from '../../../shared/model/ids.ts';
import { aStoryIn } from '../../support/alert-mails.ts';
import { aHit, aMatch, aSubscription } from '../../support/builders.ts';

const deliveryId = deliveryIdOf(aMatch().id, aSubscription().id);
const titled = (title: string) => ({ ...aMatch(), article: { ...aMatch().article, title } });

describe('a publication', () => {
  const publication = composePublication(aMatch(), deliveryId, 'UTC');

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

  it('can be filtered by type, topic, severity, language and source', () => {
    expect(publication.attributes).toEqual({
      type: 'match.created',
      topic: 'river-crossings',
      severity: 'medium',
      language: 'en',
      source: 'news.example.org',
    });
  });

  it('reaches people, too, where no alert will be published for its article', () => {
    expect(composePublication(aMatch(), deliveryId, 'UTC', true).attributes['type']).toEqual([
      'match.created',
      'alert',
    ]);
  });

  it('reads as text with the passage first', () => {
    expect(publication.text).toMatch(/^A \*convoy\* of forty trucks/);
    expect(publication.text).not.toMatch(/these mails|\/u\//);
  });

  it.each([
    ['Résumé: “Łódź” — 5 °C…', '[River crossings] Resume: "Lodz" - 5 C... - Example News'],
    ['수송대가 강을 건너다', '[River crossings] Article in English - Example News'],
    ['Convoy '.repeat(40), /^\[River crossings\] Convoy (Convoy )+Convoy\.\.\. - Example News$/],
    ['', '[River crossings] Article in English - Example News'],
  ])('has a subject that SNS takes: %j', (title, subject) => {
    const written = publicationSubject(titled(title));

    expect(written).toEqual(subject instanceof RegExp ? expect.stringMatching(subject) : subject);
    expect(written).toMatch(/^[ -~]{1,99}$/);
  });
});

describe('the event of an alert', () => {
  const event = (title: string, news: readonly string[] | null) => {
    const match = titled(title);
    const story = { hit: aHit({}, [match]), story: aStoryIn(match, ['Example News', 'Second Paper']) };
    const update = news === null ? null : { news, alsoNew: [] };
    return composeAlertEvent({ matches: [match], story, update, deliveryId, timeZone: 'UTC' });
  };

  it('reads like the mail, without links that lead back', () => {
    const { text, subject } = event('Convoy crosses the river', null);

    expect(text).toMatch(/^A \*convoy\* of forty trucks/);
    expect(text).toContain('also in 1: Second Paper');
    expect(text).not.toMatch(/these mails|\/u\//);
    expect(subject).toBe('[River crossings] Convoy crosses the river - Example News');
  });

  it('gives machines its story, what is new, and every match, in the envelope of every event', () => {
    const matches = [aMatch(), aMatch({ topicId: 'raids' })] as const;
    const hit = aHit({}, matches);
    const update = { news: ['14 dead'], alsoNew: [] };

    const [first, later] = [null, update].map((each) =>
      composeAlertEvent({ matches, story: { hit, story: null }, update: each, deliveryId, timeZone: 'UTC' }),
    );

    expect(JSON.parse(first!.json)).toMatchObject({
      type: 'alert',
      id: deliveryId,
      timestamp: aMatch().times.matchedAt,
      data: {
        story: { id: hit.story.id, kind: 'first' },
        isUpdate: false,
        news: [],
        matches: matches.map(({ id }) => ({ schema: 'tocsin.match.v1', id, link: expect.any(String) })),
      },
    });
    expect(JSON.parse(later!.json).data).toMatchObject({ isUpdate: true, news: ['14 dead'] });
  });

  it('can be filtered by each of its topics, and by what leads it', () => {
    const grave = aMatch({ topicId: 'raids' });
    const matches = [{ ...grave, topic: { ...grave.topic, id: 'raids', severity: 'critical' } }, aMatch()] as const;
    const story = { hit: aHit({}, matches), story: null };

    const { attributes, matchId } = composeAlertEvent({ matches, story, update: null, deliveryId, timeZone: 'UTC' });

    expect(attributes).toEqual({
      type: 'alert',
      topic: ['raids', 'river-crossings'],
      severity: 'critical',
      language: 'en',
      source: 'news.example.org',
    });
    expect(matchId).toBe(grave.id);
  });

  it('of an update says so in a subject that SNS takes, and what is new first', () => {
    const { text, subject } = event('Convoy '.repeat(40), ['14 dead']);

    expect(text).toMatch(/^New: 14 dead\n/);
    expect(subject).toMatch(/^Update: \[River crossings\] Convoy/);
    expect(subject).toMatch(/^[ -~]{1,99}$/);
  });
});
