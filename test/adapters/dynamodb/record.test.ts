// Records that are read field by field, and the small parts that go with reading them.
import { decodeCursor, encodeCursor } from '../../../adapters/dynamodb/cursor.ts';
import { decodeManyWith } from '../../../adapters/dynamodb/decode-many.ts';
import { isExpired, unexpired } from '../../../adapters/dynamodb/expiry.ts';
import { listedIfFailed, outcomeWrite } from '../../../adapters/dynamodb/outcome-write.ts';
import { nameOf, RecordReader, shown } from '../../../adapters/dynamodb/record.ts';
import { PENDING_HIT_FILTER, passesFilter } from '../../../adapters/dynamodb/stream-filter.ts';
import { DamagedRecordError } from '../../../shared/core/errors.ts';
import type { DeliveryId } from '../../../shared/model/ids.ts';
import { aClock, epochSeconds, later, START } from '../../support/builders.ts';
import { aLog } from '../../support/fakes.ts';

const reader = (record: unknown) => new RecordReader(record, 'THING#1 / THING');

describe('a record that is read field by field', () => {
  const whole = reader({
    text: '',
    number: 0,
    one: 'b',
    set: new Set(['x']),
    bytes: new Uint8Array([7]),
    list: [],
    cleared: null,
  });

  it('gives what is there', () => {
    expect([whole.string('text'), whole.stringOrNull('text')]).toEqual(['', '']);
    expect([whole.number('number'), whole.numberOrNull('number')]).toEqual([0, 0]);
    expect(whole.oneOf('one', ['a', 'b'])).toBe('b');
    expect(whole.stringSet('set')).toEqual(new Set(['x']));
    expect(whole.bytes('bytes')).toEqual(new Uint8Array([7]));
    expect(whole.list('list')).toEqual([]);
  });

  it.each(['absent', 'cleared'])('may lack some of it: what is %s', (field) => {
    expect([whole.stringOrNull(field), whole.numberOrNull(field), whole.stringSet(field)]).toEqual([
      null,
      null,
      new Set(),
    ]);
  });

  it.each<[string, (record: RecordReader) => unknown, string]>([
    ['a missing text', (record) => record.string('absent'), '"absent" is missing, expected a text'],
    ['a cleared text', (record) => record.string('cleared'), '"cleared" is missing, expected a text'],
    ['a number for a text', (record) => record.string('number'), '"number" is number 0, expected a text'],
    ['a number for a text or none', (record) => record.stringOrNull('number'), 'expected a text'],
    ['a text for a number', (record) => record.number('text'), '"text" is "", expected a number'],
    ['a text for a number or none', (record) => record.numberOrNull('text'), 'expected a number'],
    ['an unknown word', (record) => record.oneOf('one', ['a', 'c']), '"one" is "b", expected one of a, c'],
    ['a list for a set', (record) => record.stringSet('list'), '"list" is [], expected a set of texts'],
    ['a text for bytes', (record) => record.bytes('text'), '"text" is "", expected bytes'],
    ['a text for a list', (record) => record.list('text'), '"text" is "", expected a list'],
  ])('is damaged by %s', (_what, read, problem) => {
    expect(() => read(whole)).toThrow(DamagedRecordError);
    expect(() => read(whole)).toThrow('THING#1 / THING');
    expect(() => read(whole)).toThrow(problem);
  });

  it('knows no endless number', () => {
    expect(() => reader({ n: Number.POSITIVE_INFINITY }).number('n')).toThrow('"n" is number Infinity');
  });

  it.each([
    [null, 'missing'],
    [undefined, 'missing'],
    [[], '[]'],
    ['text', '"text"'],
    [7, 'number 7'],
  ])('is a map, and not %j', (record, got) => {
    expect(() => reader(record)).toThrow(`expected a map, got ${got}`);
  });

  it('is named by its key', () => {
    expect(nameOf({ pk: 'A#1', sk: 'B' })).toBe('A#1 / B');
  });

  it.each([
    ['a'.repeat(58), `"${'a'.repeat(58)}"`],
    ['a'.repeat(59), `"${'a'.repeat(59)}…`],
    [true, 'boolean true'],
  ])('is shown in an error by up to sixty characters: %j', (value, as) => {
    expect(shown(value)).toBe(as);
  });
});

describe('a list of records', () => {
  const decode = (record: { readonly ok: boolean }) => {
    if (!record.ok) throw new DamagedRecordError('THING#1', 'it is torn');
    return 'read';
  };
  const records = [{ ok: true }, { ok: false }, { ok: true }];

  it('leaves out damaged ones and says so in the log', () => {
    const log = aLog();

    expect(decodeManyWith(log)(records, decode)).toEqual(['read', 'read']);
    expect(log.lines).toMatchObject([
      { level: 'error', message: expect.stringContaining('it is torn'), fields: { code: 'damaged_record' } },
    ]);
  });

  it('fails where there is no log, and for every other error', () => {
    const fails = () => {
      throw new TypeError('a bug');
    };

    expect(() => decodeManyWith(undefined)(records, decode)).toThrow('it is torn');
    expect(() => decodeManyWith(aLog())(records, fails)).toThrow('a bug');
  });

  it('leaves out those that have expired, from the very second on', () => {
    const clock = aClock();
    const at = (ms: number) => ({ expiresAt: epochSeconds(later(ms)) });

    expect([at(-1000), at(0), at(1000), {}, { expiresAt: '0' }].map((record) => isExpired(record, clock))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(unexpired([at(0), at(1000)], clock)).toEqual([at(1000)]);
  });
});

describe('a cursor', () => {
  const QUERY = ['topic', 'river'];
  const cursor = encodeCursor(QUERY, 'position ü');

  it('brings back the position; there is none for the first page', () => {
    expect(decodeCursor(QUERY, cursor)).toBe('position ü');
    expect(decodeCursor(QUERY, null)).toBeNull();
    expect(cursor).toMatch(/^[\w-]+$/);
  });

  it('is good for its own query only', () => {
    expect(() => decodeCursor(['topic', 'lake'], cursor)).toThrow(
      `cursor "${cursor.slice(0, 40)}" belongs to another query; pass the cursor of the page before`,
    );
  });

  const encoded = (text: string): string => Buffer.from(text).toString('base64url');
  it.each([
    ['empty', ''],
    ['not in base64', '!!'],
    ['in base64 with its padding', `${encoded('abcdefghij')}==`],
    ['a fingerprint and nothing', encoded('abcdefgh')],
    ['too short a fingerprint', encoded('abcdefg!x')],
    ['a fingerprint in capitals', encoded('ABCDEFGHx')],
    ['something before a fingerprint', encoded('!abcdefghx')],
  ])('is refused when it is %s', (_what, text) => {
    expect(() => decodeCursor(QUERY, text)).toThrow(
      expect.objectContaining({ code: 'bad_cursor', message: expect.stringContaining('is not a cursor') }),
    );
  });
});

describe('the write of an outcome', () => {
  it('sets what is given, removes what is null, and leaves the rest', () => {
    const write = outcomeWrite(
      { state: 'sent', dueAt: null, providerId: 'ses-1', reason: null, sentAt: undefined },
      'PENDING#1',
      START,
    );

    expect(write).toEqual({
      UpdateExpression:
        'SET #state = :state, #providerId = :providerId, #updatedAt = :updatedAt REMOVE #dueAt, #reason, #pendingShard, #reasonCode',
      ExpressionAttributeNames: {
        '#state': 'state',
        '#dueAt': 'dueAt',
        '#providerId': 'providerId',
        '#reason': 'reason',
        '#reasonCode': 'reasonCode',
        '#updatedAt': 'updatedAt',
        '#pendingShard': 'pendingShard',
      },
      ExpressionAttributeValues: { ':state': 'sent', ':providerId': 'ses-1', ':updatedAt': START },
    });
  });

  it('keeps the record among what is pending while it is due, and cuts a long reason', () => {
    const { UpdateExpression, ExpressionAttributeValues } = outcomeWrite(
      { state: 'pending', dueAt: later(1000), reason: 'x'.repeat(100_000), reasonCode: 'internal' },
      'PENDING#1',
      START,
    );

    expect(UpdateExpression).not.toContain('REMOVE');
    expect(ExpressionAttributeValues).toMatchObject({ ':dueAt': later(1000), ':pendingShard': 'PENDING#1' });
    expect(String(ExpressionAttributeValues[':reason']).length).toBeLessThan(100_000);
  });

  it('lists a delivery that did not arrive, and takes any other off the list', () => {
    const id = 'm1.s1' as DeliveryId;

    expect(listedIfFailed(id, { state: 'failed' }, START)).toEqual({
      listedIn: 'FAILEDDELIVERIES',
      listedAt: `${START}#m1.s1`,
    });
    expect(listedIfFailed(id, { state: 'sent' }, START)).toEqual({ listedIn: null, listedAt: null });
  });
});

describe('the filter of the stream', () => {
  const image = (type: string, alertState: string) => ({ type: { S: type }, alertState: { S: alertState } });

  it.each([
    [
      'a new hit whose readers are to get an alert',
      { eventName: 'INSERT', dynamodb: { NewImage: image('hit', 'pending') } },
      true,
    ],
    ['the same with more matches', { eventName: 'MODIFY', dynamodb: { NewImage: image('hit', 'pending') } }, true],
    ['the same, expired', { eventName: 'REMOVE', dynamodb: { NewImage: image('hit', 'pending') } }, false],
    ['one that is alerted', { eventName: 'MODIFY', dynamodb: { NewImage: image('hit', 'done') } }, false],
    ['a match', { eventName: 'INSERT', dynamodb: { NewImage: image('match', 'pending') } }, false],
    ['a new hit without an alert', { eventName: 'INSERT', dynamodb: { NewImage: image('hit', 'done') } }, false],
    ['another record', { eventName: 'INSERT', dynamodb: { NewImage: image('feed', 'pending') } }, false],
    ['a record without an image', { eventName: 'INSERT', dynamodb: {} }, false],
    ['a record of nothing', { eventName: 'INSERT' }, false],
    ['a record without a name', { dynamodb: { NewImage: image('hit', 'pending') } }, false],
    [
      'a record whose type is no text',
      { eventName: 'INSERT', dynamodb: { NewImage: { type: {}, alertState: { S: 'pending' } } } },
      false,
    ],
  ])('decides on %s', (_what, record, passes) => {
    expect(passesFilter(PENDING_HIT_FILTER, record)).toBe(passes);
  });
});
