import { knownTopics, topicPath } from '../../../cli/topics/stored-topics.ts';
import { aboutSubscriptions, aboutTopics } from '../../../cli/topics/topic-changes.ts';
import type { TopicSubscription } from '../../../shared/usecases/managing/end-topics.ts';

const NOTHING = { topicsEnded: [], topicsMissing: [], topicsDisabled: [], subscriptionsToEnded: [] };
const subscription = (topic: string, id: string): TopicSubscription =>
  ({ topic, id, channel: 'email', target: `${id}@example.org` }) as TopicSubscription;

describe('what a start says of topics that differ from their files', () => {
  it('is nothing where there is nothing to say', () => {
    expect(aboutTopics(NOTHING, 'config')).toEqual([]);
  });

  it.each([
    [{ topicsEnded: ['a', 'b'] }, ['Topics that ended: a, b.']],
    [{ topicsDisabled: ['a', 'b'] }, ['Topics that stay removed: a, b. To undo: tocsin topics restore ID']],
    [
      { topicsMissing: ['a', 'b'] },
      [
        'LOOK: the pack files of 2 topics are missing, too many to have been deleted on purpose. The topics stay in force.',
        'Restore the files in /etc/tocsin/topics, or end the topics: tocsin topics push --end-missing',
      ],
    ],
    [
      { topicsEnded: ['a'], subscriptionsToEnded: [subscription('a', 'x')] },
      ['Topics that ended: a.', 'Still subscribed to a, which no longer matches: x@example.org (email, x).'],
    ],
  ])('is what to know and what to do: %j', (change, lines) => {
    expect(aboutTopics({ ...NOTHING, ...change }, '/etc/tocsin')).toEqual(lines);
  });
});

it('subscriptions to ended topics have a line for each topic, in which nothing foreign is raw', () => {
  const odd = { ...subscription('b', 'z'), target: 'z\n@example.org' };

  expect(aboutSubscriptions([subscription('a', 'x'), odd, subscription('a', 'y')])).toEqual([
    'Still subscribed to a, which no longer matches: x@example.org (email, x), y@example.org (email, y).',
    'Still subscribed to b, which no longer matches: z @example.org (email, z).',
  ]);
});

describe('topics that a command names', () => {
  const asked: unknown[] = [];
  const api = {
    close: async () => {},
    call: async <T>(_method: string, _path: string, options: object = {}) => {
      asked.push(options);
      return { items: [{ id: 'bridges' }, { id: 'sanctions' }], cursor: null } as T;
    },
  };

  it('are each taken once, those that were removed too', async () => {
    expect(await knownTopics(api, ['sanctions', 'bridges', 'sanctions'])).toEqual(['sanctions', 'bridges']);
    expect(asked).toEqual([{ query: { state: 'all' } }]);
  });

  it('are refused together when one is unknown, with the nearest names', async () => {
    await expect(knownTopics(api, ['bridges', 'brigdes', 'weather'])).rejects.toMatchObject({
      code: 'unknown_topic',
      message: expect.stringContaining('nothing was changed'),
      problems: [
        'unknown topic "brigdes"; did you mean bridges?',
        'unknown topic "weather"; see tocsin topics list --all',
      ],
    });
  });

  it('are one part of a path, whatever they hold', () => {
    expect(topicPath('a/b')).toBe('/v1/topics/a%2Fb');
  });
});
