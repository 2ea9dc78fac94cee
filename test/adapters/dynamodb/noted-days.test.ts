import { NotedDays } from '../../../adapters/dynamodb/noted-days.ts';
import type { TableClient } from '../../../adapters/dynamodb/table-client.ts';

const DAY = 86_400;
const NOON = '2026-11-30T12:00:00.000Z';

/** A table that keeps what it is asked to update; `answer` may throw. */
function aTable(answer: () => unknown = () => ({})) {
  const updates: { readonly Key: unknown; readonly ExpressionAttributeValues?: Record<string, unknown> }[] = [];
  const table = {
    update: async (request: (typeof updates)[number]) => {
      updates.push(request);
      return answer();
    },
  } as unknown as TableClient;
  const days = new NotedDays(table, (day) => ({ pk: 'DAYS', sk: day }), 'aDay');
  const untils = () => updates.map(({ ExpressionAttributeValues }) => ExpressionAttributeValues?.[':until']);
  return { days, updates, untils };
}

describe('a day with entries', () => {
  it('is noted once, however many entries it has', async () => {
    const { days, updates } = aTable();

    for (const hour of ['00', '12', '23']) await days.note(`2026-11-30T${hour}:00:00.000Z`, 10 * DAY);

    expect(updates).toEqual([
      {
        Key: { pk: 'DAYS', sk: '2026-11-30' },
        UpdateExpression: 'SET expiresAt = :until, #type = :type',
        ConditionExpression: 'attribute_not_exists(expiresAt) OR expiresAt < :until',
        ExpressionAttributeNames: { '#type': 'type' },
        ExpressionAttributeValues: { ':until': 11 * DAY, ':type': 'aDay' },
      },
    ]);
  });

  it.each([
    [10 * DAY - 1, 11 * DAY],
    [10 * DAY, 11 * DAY],
    [10 * DAY + 1, 12 * DAY],
  ])('with an entry until %d is kept until %d: a day longer, in whole days', async (expiresAt, until) => {
    const { days, untils } = aTable();

    await days.note(NOON, expiresAt);

    expect(untils()).toEqual([until]);
  });

  it('is noted again for an entry that is kept longer, and not for one that is kept shorter', async () => {
    const { days, untils } = aTable();

    for (const expiresAt of [10 * DAY, 20 * DAY, 10 * DAY, 20 * DAY]) await days.note(NOON, expiresAt);

    expect(untils()).toEqual([11 * DAY, 21 * DAY]);
  });

  it('is noted again where that failed', async () => {
    let isOut = true;
    const { days, updates } = aTable(() => {
      if (isOut) throw new Error('out');
      return null;
    });

    await expect(days.note(NOON, 10 * DAY)).rejects.toThrow('out');
    isOut = false;
    await days.note(NOON, 10 * DAY);
    await days.note(NOON, 10 * DAY);

    expect(updates).toHaveLength(2);
  });
});
