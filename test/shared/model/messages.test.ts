// Messages of the two queues: those of older versions are read, those of newer ones go back to the queue.
import { parseArticleMessage, parsePollMessage } from '../../../shared/model/messages.ts';

const POLL = { v: 1, kind: 'poll', pollBatch: '000007', slot: null, feedIds: ['a'] };

describe('a message to poll feeds', () => {
  it('is read as it was sent', () => {
    expect(parsePollMessage(JSON.stringify(POLL))).toEqual(POLL);
  });

  it.each([
    ['its batch', '000007'],
    ['none', null],
  ])('of an older version, which called the batch a group, names %s', (_name, pollGroup) => {
    const { pollBatch: _, ...rest } = POLL;

    expect(parsePollMessage(JSON.stringify({ ...rest, pollGroup }))).toEqual({ ...rest, pollBatch: pollGroup });
  });
});

describe('a message that this version does not know', () => {
  it.each([
    ['of a newer version', { ...POLL, v: 2 }],
    ['of another kind', { ...POLL, kind: 'article' }],
    ['that is no object', 7],
    ['that is null', null],
  ])('%s goes back to the queue', (_name, message) => {
    const read = () => parsePollMessage(JSON.stringify(message));

    expect(read).toThrow(expect.objectContaining({ code: 'service_unavailable', retryable: true }));
    expect(read).toThrow('expected a message of kind "poll", version 1');
  });

  it('is refused for articles in the same way', () => {
    expect(() => parseArticleMessage(JSON.stringify(POLL))).toThrow('expected a message of kind "article", version 1');
  });
});
