// Which topics end when packs are put: what was dropped from a pack, what lost its pack file, and when that is too much to be meant.
import type { TopicEntry, TopicSource } from '../../../shared/model/topic.ts';
import { type PutTopicsOptions, planPut, planRemoval, planRestoring } from '../../../shared/packs/topic-changes.ts';

const entry = (id: string, change: Partial<TopicEntry> = {}): TopicEntry => ({
  id,
  version: '1.0.0+0000001',
  pack: id.slice(0, 1),
  digest: `digest of ${id}`,
  source: 'configuration',
  disabledAt: null,
  isMissing: false,
  ...change,
});

const byId = (entries: readonly TopicEntry[]) => new Map(entries.map((each) => [each.id, each]));

/** `a1 a2 b1`: topics of the packs a and b, from the folder where nothing else is said. */
const topics = (ids: string, source: TopicSource | null = 'configuration'): readonly TopicEntry[] =>
  ids.split(' ').map((id) => entry(id, { source }));

/** The folder is put with these topics, each pack of which has a file. */
const put = (known: readonly TopicEntry[], ids: string, options: PutTopicsOptions = {}) => {
  const wanted = ids === '' ? [] : topics(ids);
  const replacePacks = [...new Set(wanted.map(({ pack }) => pack))];
  return planPut(byId(known), byId(wanted), { source: 'configuration', replacePacks, ...options }).report;
};

const NOTHING = { changed: [], ended: [], disabled: [], missing: [] };

describe('a pack file that is gone', () => {
  it('ends its topics, up to half of all', () => {
    expect(put(topics('a1 a2 b1 b2'), 'a1 a2')).toEqual({ ...NOTHING, ended: ['b1', 'b2'] });
  });

  it('is refused when more than half of all topics would end, with what is gone and what to do', () => {
    const attempt = () => put(topics('a1 b1 c1'), 'a1');

    expect(attempt).toThrow(expect.objectContaining({ code: 'topics_missing' }));
    expect(attempt).toThrow(
      [
        '2 of 3 topics in force would end, because their pack files are gone; nothing was changed',
        '  packs: b, c',
        '  if the folder of the packs is not mounted or not complete, restore the files',
        '  to end the topics: tocsin topics push --end-missing; on AWS add --stack NAME, and run it before the next deploy',
      ].join('\n'),
    );
  });

  it('counts topics of every origin among all, but not those that were removed', () => {
    const pushed = topics('x1 x2 x3', 'push');
    const removed = topics('y1 y2 y3').map((each) => ({ ...each, disabledAt: '2026-11-30T12:00:00.000Z' }));

    expect(put([...topics('a1 b1 b2'), ...pushed], 'a1').ended).toEqual(['b1', 'b2']);
    expect(() => put([...topics('a1 b1 b2'), ...removed], 'a1')).toThrow(/2 of 3 topics/);
  });

  it('counts what was dropped from files that are there among what would end', () => {
    expect(() => put(topics('a1 a2 a3 b1 b2'), 'a1')).toThrow(/1 of 5|2 of 5/);
    expect(put(topics('a1 a2 b1 b2'), 'a1 b1 b2').ended).toEqual(['a2']);
  });

  it('is refused when no file is left, even if most topics came another way', () => {
    expect(() => put([...topics('a1'), ...topics('x1 x2 x3', 'push')], '')).toThrow(/1 of 4 topics/);
  });

  it('leaves the topics in force where that is asked for, and takes over what is there', () => {
    expect(put(topics('a1 a2 b1 b2 c1'), 'a1 d1', { whenMostEnd: 'keep' })).toEqual({
      changed: ['d1'],
      ended: ['a2'],
      disabled: [],
      missing: ['b1', 'b2', 'c1'],
    });
  });

  it('ends all the same where that is asked for', () => {
    expect(put(topics('a1 b1'), '', { whenMostEnd: 'end' }).ended).toEqual(['a1', 'b1']);
  });
});

describe('what does not end with a file', () => {
  it.each([
    ['was pushed', topics('x1', 'push')],
    ['was put by a version that recorded no origin', topics('x1', null)],
    [
      'was removed, so that it stays so when the file is back',
      [entry('x1', { disabledAt: '2026-11-30T12:00:00.000Z' })],
    ],
  ])('is a topic that %s', (_what, others) => {
    const plan = planPut(byId([...topics('a1'), ...others]), byId(topics('a1')), {
      source: 'configuration',
      replacePacks: ['a'],
    });

    expect(plan).toEqual({ write: [], remove: [], report: NOTHING });
  });

  it('is a topic that another pack has now', () => {
    const moved = entry('b1', { pack: 'a', digest: 'as part of a' });
    const { report } = planPut(byId(topics('a1 b1')), byId([...topics('a1'), moved]), {
      source: 'configuration',
      replacePacks: ['a'],
    });

    expect(report).toEqual({ ...NOTHING, changed: ['b1'] });
  });

  it('is any topic when single packs are pushed', () => {
    expect(put(topics('a1 b1 c1'), 'a1', { source: 'push' })).toEqual(NOTHING);
  });
});

describe('a topic that is dropped from a pack', () => {
  it('ends wherever it came from, though it be all that the pack had', () => {
    const known = [...topics('a1 b1'), ...topics('a2', 'push'), ...topics('a3', null)];

    expect(put(known, 'b1', { replacePacks: ['a', 'b'] }).ended).toEqual(['a1', 'a2', 'a3']);
  });
});

describe('what is written when topics are put', () => {
  const REMOVED = '2026-11-30T12:00:00.000Z';
  const put1 = (before: readonly TopicEntry[], after: TopicEntry, options: PutTopicsOptions = {}) =>
    planPut(byId(before), byId([after]), options);

  it('is a new topic, in force, as pushed', () => {
    const asked = entry('a1', { source: null, disabledAt: REMOVED, isMissing: true });

    expect(put1([], asked)).toEqual({
      write: [entry('a1', { source: 'push' })],
      remove: [],
      report: { ...NOTHING, changed: ['a1'] },
    });
  });

  it.each<[what: string, before: Partial<TopicEntry>, isChanged: boolean]>([
    ['another version', { version: '0.9.0+0000001' }, true],
    ['another text', { digest: 'before' }, true],
    ['another source', { source: 'push' }, false],
    ['no file', { isMissing: true }, false],
  ])('is a topic that had %s', (_what, before, isChanged) => {
    expect(put1([entry('a1', before)], entry('a1'), { source: 'configuration' })).toEqual({
      write: [entry('a1')],
      remove: [],
      report: { ...NOTHING, changed: isChanged ? ['a1'] : [] },
    });
  });

  it('is nothing for a topic that is there as it is put', () => {
    expect(put1([entry('a1')], entry('a1'), { source: 'configuration' })).toEqual({
      write: [],
      remove: [],
      report: NOTHING,
    });
  });

  it('stays removed when it was removed, in its new text', () => {
    const before = entry('a1', { disabledAt: REMOVED, digest: 'before' });

    expect(put1([before], entry('a1'), { source: 'configuration' })).toEqual({
      write: [entry('a1', { disabledAt: REMOVED })],
      remove: [],
      report: { ...NOTHING, disabled: ['a1'] },
    });
  });

  it('is the mark of a topic whose file is gone, once', () => {
    const known = [...topics('a1 b1'), entry('c1', { isMissing: true })];
    const plan = planPut(byId(known), byId(topics('a1')), {
      source: 'configuration',
      replacePacks: ['a'],
      whenMostEnd: 'keep',
    });

    expect(plan).toEqual({
      write: [entry('b1', { isMissing: true })],
      remove: [],
      report: { ...NOTHING, missing: ['b1', 'c1'] },
    });
  });

  it('is nothing of a topic that ends, which is removed; ids are sorted', () => {
    const plan = planPut(byId(topics('a3 a1 a2')), byId([]), { replacePacks: ['a'] });

    expect(plan).toEqual({ write: [], remove: ['a1', 'a2', 'a3'], report: { ...NOTHING, ended: ['a1', 'a2', 'a3'] } });
  });

  it('a push ends nothing that it does not replace, however little it is', () => {
    expect(planPut(byId(topics('a1 b1')), byId([])).report).toEqual(NOTHING);
  });
});

describe('a topic that is removed', () => {
  const AT = '2026-11-30T12:00:00.000Z';

  it('ends where it was pushed', () => {
    expect(planRemoval(byId(topics('a1', 'push')), 'a1', AT)).toEqual({ write: [], remove: ['a1'], outcome: 'ended' });
  });

  it.each<TopicSource | null>(['configuration', null])('is disabled where it came from %s', (source) => {
    expect(planRemoval(byId(topics('a1', source)), 'a1', AT)).toEqual({
      write: [entry('a1', { source, disabledAt: AT })],
      remove: [],
      outcome: 'disabled',
    });
  });

  it.each<TopicSource>(['configuration', 'push'])('is left as it is when it was removed before, from %s', (source) => {
    const known = byId([entry('a1', { source, disabledAt: '2026-01-01T00:00:00.000Z' })]);

    expect(planRemoval(known, 'a1', AT)).toEqual({ write: [], remove: [], outcome: 'disabled' });
  });

  it('must exist', () => {
    expect(planRemoval(byId(topics('a1')), 'a2', AT)).toBeNull();
    expect(planRestoring(byId(topics('a1')), 'a2')).toBeNull();
  });

  it('is in force again when it is restored, and nothing is written for one that is in force', () => {
    expect(planRestoring(byId([entry('a1', { disabledAt: AT })]), 'a1')).toEqual({ write: [entry('a1')], remove: [] });
    expect(planRestoring(byId(topics('a1')), 'a1')).toEqual({ write: [], remove: [] });
  });
});
