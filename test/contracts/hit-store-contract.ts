import { withMatches } from '../../shared/model/hit.ts';
import { aHit, aMatch, epochSeconds, later, START } from '../support/builders.ts';
import { allPages } from './paging.ts';
import { hitAt, matchOf, placeAlone } from './some-stories.ts';
import type { OpenSubject } from './store-contract.ts';

const gained = (hit = aHit(), topic = 'treaties') =>
  withMatches(hit, [...hit.matches, matchOf(topic)], { isQuiet: false, at: later(1_000) })!;

export function describeHitStore(open: OpenSubject): void {
  describe('a hit', () => {
    it('comes back as it was placed', async () => {
      const subject = await open();
      const hit = aHit({
        story: { id: 's1', kind: 'new', reason: 'shares *bridge*', news: ['40', 'Odesa'], texts: 3 },
        matches: [matchOf('river-crossings'), matchOf('treaties', 'critical')],
      });

      await placeAlone(subject, hit);

      expect(await subject.hits.getHit(hit.article)).toEqual(hit);
      expect(await subject.hits.getHits([hit.article, hit.article])).toEqual([hit]);
    });

    it('that was never placed is null', async () => {
      const { hits } = await open();

      expect(await hits.getHit(aHit().article)).toBeNull();
      expect(await hits.getHits([aHit().article])).toEqual([]);
    });

    it('gains matches as another revision', async () => {
      const subject = await open();
      await placeAlone(subject);

      expect(await subject.hits.revise(aHit(), gained())).toBe('revised');

      expect(await subject.hits.getHit(aHit().article)).toEqual(gained());
    });

    it('is revised by one of two at the same time, and not at all once it has changed', async () => {
      const { hits, elsewhere, ...others } = await open();
      await placeAlone(others);

      const outcomes = await Promise.all([
        hits.revise(aHit(), gained(aHit(), 'treaties')),
        elsewhere.hits.revise(aHit(), gained(aHit(), 'floods')),
      ]);

      expect(outcomes.sort()).toEqual(['conflict', 'revised']);
      expect(await hits.revise(aHit(), gained(aHit(), 'bridges'))).toBe('conflict');
      expect((await hits.getHit(aHit().article))?.matches).toHaveLength(2);
    });

    it('is no longer pending once every subscriber has a record for its revision', async () => {
      const subject = await open();
      await placeAlone(subject);

      await subject.hits.markAlerted(aHit().article, 1, later(500), null);
      await subject.hits.markAlerted(aHit().article, 1, later(900), null);

      expect(await subject.hits.getHit(aHit().article)).toEqual(aHit({ alertState: 'done', changedAt: later(500) }));
      expect(await subject.due.listDue(later(86_400_000), 10)).toEqual([]);
    });

    it('is due once more, until its deliveries were looked at', async () => {
      const subject = await open();
      await placeAlone(subject);
      const { hits, due } = subject;
      const { article } = aHit();

      await hits.markAlerted(article, 1, later(500), later(2_000));

      expect(await hits.getHit(article)).toEqual(
        aHit({ alertState: 'done', changedAt: later(500), checkAt: later(2_000) }),
      );
      expect(await due.listDue(later(1_999), 10)).toEqual([]);
      expect(await due.listDue(later(2_000), 10)).toEqual([{ kind: 'hit', id: article, dueAt: later(2_000) }]);

      await hits.noteChecked(article, later(1_000));
      expect(await due.listDue(later(2_000), 10)).toHaveLength(1);

      await hits.noteChecked(article, later(2_000));
      expect(await due.listDue(later(86_400_000), 10)).toEqual([]);
      expect(await hits.getHit(article)).toEqual(aHit({ alertState: 'done', changedAt: later(500) }));
    });

    it('that gained a match quietly is looked at as before', async () => {
      const subject = await open();
      await placeAlone(subject);
      const { hits, due } = subject;
      await hits.markAlerted(aHit().article, 1, later(500), later(2_000));
      const before = (await hits.getHit(aHit().article))!;

      await hits.revise(before, withMatches(before, [matchOf('floods')], { isQuiet: true, at: later(600) })!);

      expect(await due.listDue(later(2_000), 10)).toHaveLength(1);
    });

    it('that is pending again is not looked at before it was alerted', async () => {
      const subject = await open();
      await placeAlone(subject);
      const { hits, due } = subject;
      await hits.markAlerted(aHit().article, 1, later(500), later(2_000));
      const before = (await hits.getHit(aHit().article))!;
      await hits.revise(before, gained(before));

      await hits.noteChecked(aHit().article, later(2_000));

      expect(await due.listDue(later(86_400_000), 10)).toEqual([
        { kind: 'hit', id: aHit().article, dueAt: later(1_000) },
      ]);
    });

    it('keeps where the recording of its deliveries stands, for one of two who go on from the same place', async () => {
      const subject = await open();
      await placeAlone(subject);
      const { hits, elsewhere } = subject;
      const { article } = aHit();

      const first = await Promise.all([
        hits.noteExpanded(article, 1, null, 'topic#reader-100'),
        elsewhere.hits.noteExpanded(article, 1, null, 'topic#reader-100'),
      ]);
      const second = await hits.noteExpanded(article, 1, 'topic#reader-100', 'topic#reader-200');
      const stale = await hits.noteExpanded(article, 1, 'topic#reader-100', 'topic#reader-300');

      expect([[...first].sort(), second, stale]).toEqual([[false, true], true, false]);
      expect(await hits.getHit(article)).toMatchObject({ alertState: 'pending', expandedTo: 'topic#reader-200' });
    });

    it('starts over with its next revision, and forgets the place once it is alerted', async () => {
      const subject = await open();
      await placeAlone(subject);
      const { hits } = subject;
      const { article } = aHit();
      await hits.noteExpanded(article, 1, null, 'topic#reader-100');
      const before = (await hits.getHit(article))!;

      await hits.revise(before, { ...gained(), expandedTo: null });
      expect((await hits.getHit(article))?.expandedTo).toBeNull();
      expect(await hits.noteExpanded(article, 1, 'topic#reader-100', 'topic#reader-200')).toBe(false);
      await hits.noteExpanded(article, 2, null, 'topic#reader-100');
      await hits.markAlerted(article, 2, START, null);
      expect(await hits.getHit(article)).toMatchObject({ alertState: 'done', expandedTo: null });
    });

    it('is still pending when it gained a match while its previous revision was alerted', async () => {
      const subject = await open();
      await placeAlone(subject);
      await subject.hits.revise(aHit(), gained());

      await subject.hits.markAlerted(aHit().article, 1, later(2_000), null);

      expect(await subject.hits.getHit(aHit().article)).toEqual(gained());
    });

    it('that was alerted since it was read is read again before it gains matches', async () => {
      const subject = await open();
      await placeAlone(subject);
      await subject.hits.markAlerted(aHit().article, 1, later(500), null);

      const outcome = await subject.hits.revise(aHit(), gained());
      const known = (await subject.hits.getHit(aHit().article))!;

      expect(outcome).toBe('conflict');
      expect(await subject.hits.revise(known, gained(known))).toBe('revised');
      expect(await subject.hits.getHit(aHit().article)).toMatchObject({
        revision: 2,
        newFrom: 1,
        alertState: 'pending',
      });
    });

    it('is not created by being marked or revised', async () => {
      const { hits } = await open();

      await hits.markAlerted(aHit().article, 1, START, null);

      expect(await hits.revise(aHit(), gained())).toBe('conflict');
      expect(await hits.getHit(aHit().article)).toBeNull();
    });

    it('is gone at the second it expires, and may then be placed again', async () => {
      const subject = await open();
      const hit = aHit({ expiresAt: epochSeconds(later(10_000)) });
      await placeAlone(subject, hit);

      subject.clock.set(later(9_999));
      const before = await subject.hits.getHit(hit.article);
      subject.clock.set(later(10_000));

      expect(before).toEqual(hit);
      expect(await subject.hits.getHit(hit.article)).toBeNull();
      expect(await subject.hits.getHits([hit.article])).toEqual([]);
      expect(await subject.hits.hitsOfStory(hit.story.id, { limit: 10, cursor: null })).toEqual({
        items: [],
        cursor: null,
      });
      expect(await placeAlone(subject, { ...hit, expiresAt: epochSeconds(later(86_400_000)) })).toBe('placed');
      expect(await subject.hits.getHit(hit.article)).not.toBeNull();
    });
  });

  describe('the hits of a story', () => {
    it('come newest first, in pages, and are those of the story only', async () => {
      const subject = await open();
      for (const ms of [2_000, 0, 1_000]) await placeAlone(subject, hitAt(ms, 'shared'));
      await placeAlone(subject, aHit({}, [aMatch({ articleId: 'of another' })]));

      const pages = await allPages(2, (page) => subject.hits.hitsOfStory('shared', page));

      expect(pages).toEqual([[hitAt(2_000, 'shared'), hitAt(1_000, 'shared')], [hitAt(0, 'shared')]]);
    });

    it('refuse the cursor of another story', async () => {
      const subject = await open();
      for (const ms of [0, 1_000]) await placeAlone(subject, hitAt(ms, 'shared'));
      const { cursor } = await subject.hits.hitsOfStory('shared', { limit: 1, cursor: null });

      expect(cursor).not.toBeNull();
      await expect(subject.hits.hitsOfStory('other', { limit: 1, cursor })).rejects.toMatchObject({
        code: 'bad_cursor',
      });
    });
  });
}
