// How grants become the statements of a policy. That each function has what it needs: test/infra/table-grants.test.ts.
import { indexNames, tableStatements } from '../../../adapters/dynamodb/grants.ts';

describe('the statements of a function', () => {
  it('name each partition, and its ids by a star', () => {
    expect(tableStatements('schedule-polls')).toEqual([
      { actions: ['GetItem', 'UpdateItem'], partitions: ['SCHEDULE'] },
      { actions: ['BatchGetItem'], partitions: ['FEED#*'] },
      { actions: ['Query'], partitions: ['POLLGROUPS'] },
    ]);
  });

  it('hold what shares the same actions together, in order', () => {
    expect(tableStatements('poll-feeds')).toEqual([
      { actions: ['BatchGetItem', 'UpdateItem'], partitions: ['FEED#*'] },
      { actions: ['PutItem'], partitions: ['MEMORY#*'] },
      { actions: ['GetItem', 'UpdateItem'], partitions: ['POLLGROUPS'] },
      { actions: ['GetItem', 'PutItem'], partitions: ['HOST#*'] },
      { actions: ['Query'], partitions: ['MEMORY#*'] },
    ]);
    expect(tableStatements('api').filter(({ actions }) => actions.includes('Query'))).toEqual([
      { actions: ['Query'], partitions: expect.arrayContaining(['FEEDMATCHES#*', 'MATCHDAYS', 'STORYDAYS']) },
    ]);
  });

  it('keep together what a batch reads, where one kind of it is queried as well', () => {
    expect(tableStatements('sweep').find(({ actions }) => actions.includes('BatchGetItem'))?.partitions).toEqual([
      'HIT#*',
      'MATCH#*',
      'STORY#*',
    ]);
  });

  it('end with what is not limited to a kind', () => {
    expect(tableStatements('configure').at(-1)).toEqual({
      actions: ['Scan', 'GetItem', 'UpdateItem'],
      partitions: 'every',
    });
    expect(tableStatements('send-alerts').filter(({ partitions }) => partitions === 'every')).toEqual([]);
  });

  it('are beside the indexes, by their names', () => {
    expect([indexNames('api'), indexNames('sweep'), indexNames('poll-feeds')]).toEqual([
      ['related', 'listed', 'pending'],
      ['pending'],
      [],
    ]);
  });
});
