// Messages of the two queues: those of older versions are read, those of newer ones go back to the queue.
import { type ArticleMessage, bodyOf, parseArticleMessage, parsePollMessage } from '../../../shared/model/messages.ts';

const POLL = { v: 1, kind: 'poll', pollBatch: '000007', slot: null, feedIds: ['a'] };

describe('a message to poll feeds', () => {
  it('says twice which batch it is for, so that the version before can read it', () => {
    const message = parsePollMessage(JSON.stringify(POLL));

    expect(JSON.parse(bodyOf(message))).toEqual({ ...POLL, pollGroup: '000007' });
    expect(parsePollMessage(bodyOf(message))).toEqual(POLL);
    expect(JSON.parse(bodyOf({ ...message, pollBatch: null }))).toEqual({ ...POLL, pollBatch: null, pollGroup: null });
  });

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

  it('is quoted in the error, as far as it is one', () => {
    expect(() => parsePollMessage('{"v":2,"kind":"poll"}')).toThrow(
      /^expected a message of kind "poll", version 1; got kind "poll", version 2$/,
    );
    expect(() => parsePollMessage('null')).toThrow(/; got kind undefined, version undefined$/);
  });

  it.each([
    ['text that is no JSON', '{"v":1'],
    ['an empty text', ''],
  ])('is not %s', (_name, body) => {
    expect(() => parsePollMessage(body)).toThrow(
      expect.objectContaining({ code: 'damaged_record', message: expect.stringContaining('it is no JSON') }),
    );
  });

  it('is refused for articles in the same way', () => {
    expect(() => parseArticleMessage(JSON.stringify(POLL))).toThrow('expected a message of kind "article", version 1');
  });
});

describe('a message with an article', () => {
  it('is sent and read as it is', () => {
    const article = { v: 1, kind: 'article', polledAt: '2026-11-17T08:00:00.000Z' } as ArticleMessage;

    expect(parseArticleMessage(bodyOf(article))).toEqual(article);
    expect(JSON.parse(bodyOf(article))).toEqual(article);
  });
});
