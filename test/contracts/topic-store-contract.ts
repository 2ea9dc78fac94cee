import { randomBytes } from 'node:crypto';
import type { Topic } from '../../shared/model/topic.ts';
import { aTopic } from '../support/builders.ts';
import type { OpenSubject } from './store-contract.ts';

const topicNumber = (number: number, change: Partial<Topic> = {}): Topic =>
  aTopic({ id: `topic-${String(number).padStart(3, '0')}`, ...change });

const NOTHING = { changed: [], ended: [], disabled: [], missing: [] };

const LATER = '2026-11-30T12:00:00.000Z';
const LATER_STILL = '2026-12-01T12:00:00.000Z';

export function describeTopicStore(open: OpenSubject): void {
  describe('topics', () => {
    it('are none at first', async () => {
      const { topics } = await open();

      expect(await topics.listTopics()).toEqual([]);
      expect(await topics.getTopic('river-crossings')).toBeNull();
      expect(await topics.revision()).toBe(await topics.revision());
    });

    it('come back as they were put', async () => {
      const { topics } = await open();
      const topic = aTopic({
        title: 'Überquerungen — 도하',
        codes: { cameo: ['150', '152'], own: 'x' },
        any: { en: ['"river crossing"'], ko: ['도하'], '*': [] },
        sets: { forces: { en: 'army OR navy', '*': 'NATO' } },
      });

      expect(await topics.putTopics([topic])).toEqual({ ...NOTHING, changed: [topic.id] });

      expect(await topics.listTopics()).toEqual([topic]);
      expect(await topics.getTopic(topic.id)).toEqual(topic);
      expect(await topics.getTopic(topic.id, topic.version)).toEqual(topic);
    });

    it('change nothing when they are put again', async () => {
      const { topics } = await open();
      await topics.putTopics([topicNumber(1), topicNumber(2)]);
      const revision = await topics.revision();

      expect(await topics.putTopics([topicNumber(2), topicNumber(1)])).toEqual(NOTHING);

      expect(await topics.revision()).toBe(revision);
    });

    it('are listed by id', async () => {
      const { topics } = await open();

      await topics.putTopics([topicNumber(3), topicNumber(1), topicNumber(2)]);

      expect((await topics.listTopics()).map(({ id }) => id)).toEqual(['topic-001', 'topic-002', 'topic-003']);
    });

    it('keep each version for good', async () => {
      const { topics } = await open();
      const [first, second] = ['1.0.0+0000001', '1.0.1+0000002'].map((version) => aTopic({ version, title: version }));
      await topics.putTopics([first!]);

      expect(await topics.putTopics([second!])).toEqual({ ...NOTHING, changed: [first!.id] });

      expect(await topics.getTopic(first!.id)).toEqual(second);
      expect(await topics.getTopic(first!.id, first!.version)).toEqual(first);
      expect(await topics.getTopic(first!.id, '9.9.9+9999999')).toBeNull();
    });

    it('do not take one version for another whose name begins the same', async () => {
      const { topics } = await open();
      await topics.putTopics([aTopic({ version: '1.0.0+00000012' })]);

      expect(await topics.getTopic(aTopic().id, '1.0.0+0000001')).toBeNull();
    });

    it('count as changed when only their wording for readers did', async () => {
      const { topics } = await open();
      await topics.putTopics([aTopic({ title: 'Old' })]);
      const revision = await topics.revision();

      expect(await topics.putTopics([aTopic({ title: 'New' })])).toEqual({ ...NOTHING, changed: [aTopic().id] });

      expect((await topics.getTopic(aTopic().id))?.title).toBe('New');
      expect(await topics.revision()).not.toBe(revision);
    });

    it('that are not named stay in force', async () => {
      const { topics } = await open();
      await topics.putTopics([topicNumber(1)]);

      await topics.putTopics([topicNumber(2)]);

      expect((await topics.listTopics()).map(({ id }) => id)).toEqual(['topic-001', 'topic-002']);
    });

    it('end when their pack is replaced without them, and only then', async () => {
      const { topics } = await open();
      await topics.putTopics([
        topicNumber(1, { pack: 'ours' }),
        topicNumber(2, { pack: 'ours' }),
        topicNumber(3, { pack: 'theirs' }),
      ]);
      const revision = await topics.revision();

      const outcome = await topics.putTopics([topicNumber(2, { pack: 'ours' })], { replacePacks: ['ours'] });

      expect(outcome).toEqual({ ...NOTHING, ended: ['topic-001'] });
      expect((await topics.listTopics()).map(({ id }) => id)).toEqual(['topic-002', 'topic-003']);
      expect(await topics.getTopic('topic-001')).toBeNull();
      expect(await topics.getTopic('topic-001', aTopic().version)).not.toBeNull();
      expect(await topics.revision()).not.toBe(revision);
    });

    it('may all end', async () => {
      const { topics } = await open();
      const none = await topics.revision();
      await topics.putTopics([topicNumber(1)]);

      expect(await topics.putTopics([], { replacePacks: [aTopic().pack] })).toEqual({
        ...NOTHING,
        ended: ['topic-001'],
      });

      expect(await topics.listTopics()).toEqual([]);
      expect(await topics.revision()).toBe(none);
    });

    it('may come back after they ended', async () => {
      const { topics } = await open();
      await topics.putTopics([topicNumber(1)]);
      await topics.putTopics([], { replacePacks: [aTopic().pack] });

      expect(await topics.putTopics([topicNumber(1)])).toEqual({ ...NOTHING, changed: ['topic-001'] });

      expect(await topics.listTopics()).toEqual([topicNumber(1)]);
    });

    it('are listed with where they came from', async () => {
      const { topics } = await open();
      await topics.putTopics([topicNumber(2, { pack: 'theirs' })]);
      await topics.putTopics([topicNumber(1)], { source: 'configuration' });

      expect(await topics.listEntries()).toMatchObject([
        { id: 'topic-001', version: aTopic().version, source: 'configuration', disabledAt: null, isMissing: false },
        { id: 'topic-002', version: aTopic().version, source: 'push', disabledAt: null, isMissing: false },
      ]);
    });

    it('have the origin of the last put, which changes nothing else', async () => {
      const { topics } = await open();
      await topics.putTopics([topicNumber(1)]);
      const revision = await topics.revision();

      expect(await topics.putTopics([topicNumber(1)], { source: 'configuration' })).toEqual(NOTHING);

      expect(await topics.listEntries()).toMatchObject([{ source: 'configuration' }]);
      expect(await topics.revision()).toBe(revision);
    });

    it('of the configuration stay out of force once removed, however often they are put', async () => {
      const { topics } = await open();
      const both = [topicNumber(1), topicNumber(2)];
      await topics.putTopics(both, { source: 'configuration' });
      const revision = await topics.revision();

      expect(await topics.removeTopic('topic-001', LATER)).toBe('disabled');
      expect(await topics.revision()).not.toBe(revision);
      expect(await topics.removeTopic('topic-001', LATER_STILL)).toBe('disabled');
      expect(await topics.putTopics(both, { source: 'configuration' })).toEqual({
        ...NOTHING,
        disabled: ['topic-001'],
      });
      expect(await topics.putTopics(both)).toEqual({ ...NOTHING, disabled: ['topic-001'] });
      expect(await topics.removeTopic('topic-001', LATER_STILL)).toBe('disabled');

      expect(await topics.listTopics()).toEqual([topicNumber(2)]);
      expect(await topics.getTopic('topic-001')).toBeNull();
      expect(await topics.getTopic('topic-001', aTopic().version)).toEqual(topicNumber(1));
      expect(await topics.listEntries()).toMatchObject([{ id: 'topic-001', disabledAt: LATER }, { disabledAt: null }]);
    });

    it('are restored in their newest version', async () => {
      const { topics } = await open();
      const newer = topicNumber(1, { version: '1.0.1+0000002', title: 'Newer' });
      await topics.putTopics([topicNumber(1)], { source: 'configuration' });
      const revision = await topics.revision();
      await topics.removeTopic('topic-001', LATER);

      expect(await topics.restoreTopic('topic-001')).toBe(true);
      expect(await topics.revision()).toBe(revision);
      await topics.removeTopic('topic-001', LATER);
      await topics.putTopics([newer], { source: 'configuration' });
      expect(await topics.listTopics()).toEqual([]);
      expect(await topics.restoreTopic('topic-001')).toBe(true);

      expect(await topics.listTopics()).toEqual([newer]);
    });

    it('that were only pushed end when they are removed, and may be pushed again', async () => {
      const { topics } = await open();
      await topics.putTopics([topicNumber(1)]);

      expect(await topics.removeTopic('topic-001', LATER)).toBe('ended');
      expect(await topics.listEntries()).toEqual([]);
      expect(await topics.putTopics([topicNumber(1)])).toEqual({ ...NOTHING, changed: ['topic-001'] });
    });

    it('that are not there are neither removed nor restored', async () => {
      const { topics } = await open();
      await topics.putTopics([topicNumber(1)]);

      expect(await topics.removeTopic('topic-002', LATER)).toBeNull();
      expect(await topics.restoreTopic('topic-002')).toBe(false);
      expect(await topics.restoreTopic('topic-001')).toBe(true);
      expect(await topics.listTopics()).toEqual([topicNumber(1)]);
    });

    it('of a pack file that is gone end, those of another origin do not', async () => {
      const { topics } = await open();
      await topics.putTopics([topicNumber(1, { pack: 'elsewhere' })]);
      await topics.putTopics([topicNumber(2, { pack: 'gone' }), topicNumber(3), topicNumber(4)], {
        source: 'configuration',
      });

      const outcome = await topics.putTopics([topicNumber(3), topicNumber(4)], {
        source: 'configuration',
        replacePacks: [aTopic().pack],
      });

      expect(outcome).toEqual({ ...NOTHING, ended: ['topic-002'] });
      expect((await topics.listTopics()).map(({ id }) => id)).toEqual(['topic-001', 'topic-003', 'topic-004']);
    });

    it('of too many pack files that are gone stay and are marked, until the files are back', async () => {
      const { topics } = await open();
      const [first, second] = [topicNumber(1), topicNumber(2)];
      await topics.putTopics([first, second], { source: 'configuration' });
      const revision = await topics.revision();

      await expect(topics.putTopics([], { source: 'configuration' })).rejects.toMatchObject({ code: 'topics_missing' });
      const kept = await topics.putTopics([], { source: 'configuration', whenMostEnd: 'keep' });

      expect(kept).toEqual({ ...NOTHING, missing: ['topic-001', 'topic-002'] });
      expect(await topics.revision()).toBe(revision);
      expect(await topics.listEntries()).toMatchObject([{ isMissing: true }, { isMissing: true }]);
      await topics.putTopics([first, second], { source: 'configuration' });
      expect(await topics.listEntries()).toMatchObject([{ isMissing: false }, { isMissing: false }]);
      expect(await topics.putTopics([], { source: 'configuration', whenMostEnd: 'end' })).toEqual({
        ...NOTHING,
        ended: ['topic-001', 'topic-002'],
      });
    });

    it('are removed by one while another puts some', async () => {
      const { topics, elsewhere } = await open();
      await topics.putTopics([topicNumber(1), topicNumber(2)], { source: 'configuration' });

      await Promise.all([
        topics.removeTopic('topic-001', LATER),
        elsewhere.topics.putTopics(
          [topicNumber(1, { title: 'Newer', version: '1.0.1+0000002' }), topicNumber(2), topicNumber(3)],
          { source: 'configuration' },
        ),
      ]);

      expect((await topics.listTopics()).map(({ id }) => id)).toEqual(['topic-002', 'topic-003']);
      expect(await elsewhere.topics.restoreTopic('topic-001')).toBe(true);
      expect((await topics.getTopic('topic-001'))?.title).toBe('Newer');
    });

    it('may be more than one transaction takes', async () => {
      const { topics } = await open();
      const many = Array.from({ length: 130 }, (_, number) => topicNumber(number));

      const { changed } = await topics.putTopics(many);

      expect(changed).toHaveLength(130);
      expect(await topics.listTopics()).toEqual(many);
    });

    it('may be larger than one record takes', async () => {
      const { topics } = await open();
      // Random words, so that packing does not make it small.
      const long = aTopic({ any: { en: Array.from({ length: 4_000 }, () => randomBytes(16).toString('base64')) } });

      await topics.putTopics([long, topicNumber(1)]);

      expect(await topics.getTopic(long.id)).toEqual(long);
      expect(await topics.listTopics()).toEqual([long, topicNumber(1)]);
    });

    it('are all in force when two put different ones at the same time', async () => {
      const { topics, elsewhere } = await open();

      await Promise.all([topics.putTopics([topicNumber(1)]), elsewhere.topics.putTopics([topicNumber(2)])]);

      const { topics: atOnce } = await open();
      await atOnce.putTopics([topicNumber(1), topicNumber(2)]);
      expect((await topics.listTopics()).map(({ id }) => id)).toEqual(['topic-001', 'topic-002']);
      expect(await topics.revision()).toBe(await atOnce.revision());
    });
  });
}
