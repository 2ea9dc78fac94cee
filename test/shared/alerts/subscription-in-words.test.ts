import { differencesInWords, settingsInWords } from '../../../shared/alerts/subscription-in-words.ts';
import type { Subscription } from '../../../shared/model/subscription.ts';
import { aSubscription, later, START } from '../../support/builders.ts';

const NOW = new Date(START);
const inWords = (change: Partial<Subscription>): readonly string[] =>
  settingsInWords(aSubscription(change), NOW, (instant) => instant.slice(0, 10));
/** Sentences that a newcomer's subscription does not have. */
const different = (change: Partial<Subscription>): readonly string[] =>
  inWords(change).filter((sentence) => !inWords({}).includes(sentence));

describe('the settings of a subscription in sentences', () => {
  it.each<[Partial<Subscription>, readonly string[]]>([
    [{ follow: 'first' }, ['One alert per event: its first report, and no updates.']],
    [{ follow: 'all' }, ['Every report of an event: the first as an alert, the others as updates.']],
    [{ digest: 'hourly' }, ['Alerts are gathered: hourly digest; none when there is nothing to report.']],
    [
      { digest: 'daily', digestAt: '06:30', whenEmpty: true },
      [
        'Alerts are gathered: daily digest at 06:30 (the time zone of mails); sent even when there is nothing to report.',
      ],
    ],
    [
      { digest: 'weekly', digestDay: 'friday', timeZone: 'Asia/Tokyo' },
      ['Alerts are gathered: weekly digest on Friday at 07:00 (Asia/Tokyo); none when there is nothing to report.'],
    ],
    [
      { quietHours: { from: '22:00', until: '07:00' }, timeZone: 'UTC' },
      ['Quiet from 22:00 to 07:00 (UTC): alerts wait until then, except those of critical topics.'],
    ],
    [
      { minSeverity: 'medium', languages: ['en', 'pt-BR'], onlySources: ['a.example', 'Wire'], exceptSources: ['b'] },
      ['Only medium or more severe; only in English, Brazilian Portuguese; only from a.example, Wire; not from b.'],
    ],
    [{ strength: 'weak' }, ['Also articles that mention a topic in passing.']],
    [{ strength: 'strong' }, ['Only articles that are clearly about a topic.']],
    [
      { topicRules: [{ topic: 'bridges', strength: 'fair' }] },
      ['For bridges: not where a topic is mentioned in passing.'],
    ],
    [
      { topicRules: [{ topic: 'bridges', digest: 'none', minSeverity: 'low', languages: [], follow: 'significant' }] },
      ['For bridges: each alert at once; of every severity; in every language; updates when there is something new.'],
    ],
    [
      { topicRules: [{ topic: 'bridges', onlySources: [], exceptSources: [] }] },
      ['For bridges: from every source; no source left out.'],
    ],
    [
      {
        mutes: [
          { kind: 'source', value: 'Wire', until: later(86_400_000) },
          { kind: 'topic', value: 'over', until: later(0) },
        ],
      },
      ['No alerts from the source "Wire" until 2026-11-18.'],
    ],
    [{ channel: 'sns-email' }, ['Amazon SNS mails each alert at once; only the topics can be chosen.']],
  ])('%j', (change, sentences) => {
    expect(different(change)).toEqual(sentences);
  });
});

describe('what differs from the default, in few words', () => {
  it('is nothing for a newcomer', () => {
    expect(differencesInWords(aSubscription(), NOW)).toBe('');
  });

  it('names each difference once', () => {
    const subscription = aSubscription({
      digest: 'weekly',
      minSeverity: 'critical',
      follow: 'first',
      quietHours: { from: '22:00', until: '07:00' },
      topicRules: ['a', 'b'].map((topic) => ({ topic, follow: 'all' })),
      mutes: [
        { kind: 'story', value: 'one', until: later(1) },
        { kind: 'story', value: 'over', until: later(0) },
      ],
    });

    expect(differencesInWords(subscription, NOW)).toBe(
      'weekly digest on Monday at 07:00; only critical; only first reports; quiet 22:00-07:00; 2 topics with other rules; 1 mute',
    );
  });
});
