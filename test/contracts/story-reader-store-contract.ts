import type { DeliveryId } from '../../shared/model/ids.ts';
import { readerAfter, type StoryReader } from '../../shared/model/story.ts';
import { aSubscription, epochSeconds, later, START } from '../support/builders.ts';
import type { OpenSubject } from './store-contract.ts';

const FIRST = 'article-1.1.reader' as DeliveryId;
const SECOND = 'article-2.1.reader' as DeliveryId;
const IN_TWO_MINUTES = later(120_000);
const READER = {
  storyId: 'story-1',
  subscriptionId: aSubscription().id,
  expiresAt: epochSeconds(later(90 * 86_400_000)),
};
const ALERTED = {
  ...READER,
  topics: ['river-crossings'],
  severity: 'medium',
  alertedAt: later(1_000),
  alertedBy: 'digest-1',
} as const;

export function describeStoryReaderStore(open: OpenSubject): void {
  const known = ({ storyReaders }: Awaited<ReturnType<OpenSubject>>): Promise<StoryReader | null> =>
    storyReaders.getReader(READER.storyId, READER.subscriptionId);

  describe('the reader of a story', () => {
    it('is null before anything was sent', async () => {
      expect(await known(await open())).toBeNull();
    });

    it('is there when the first alert is being sent, and knows nothing yet', async () => {
      const subject = await open();

      const reader = await subject.storyReaders.beginSending(READER, FIRST, START, IN_TWO_MINUTES);

      expect(reader).toEqual({
        ...READER,
        topics: [],
        severity: null,
        threadId: null,
        alertedAt: null,
        alertedBy: null,
        providerId: null,
        spokeFor: [],
        held: [],
        sending: FIRST,
        sendingUntil: IN_TWO_MINUTES,
      });
      expect(await known(subject)).toEqual(reader);
    });

    it('is sent one alert at a time; the delivery that is being sent may begin again', async () => {
      const { storyReaders, elsewhere } = await open();

      const begun = await Promise.all([
        storyReaders.beginSending(READER, FIRST, START, IN_TWO_MINUTES),
        elsewhere.storyReaders.beginSending(READER, SECOND, START, IN_TWO_MINUTES),
      ]);
      const who = begun.find((reader) => reader !== null)!.sending!;

      expect(begun.filter((reader) => reader !== null)).toHaveLength(1);
      expect(await storyReaders.beginSending(READER, who, later(1), later(130_000))).toMatchObject({ sending: who });
    });

    it('may be sent another once the time of the first has run out', async () => {
      const { storyReaders } = await open();
      await storyReaders.beginSending(READER, FIRST, START, IN_TWO_MINUTES);

      const early = await storyReaders.beginSending(READER, SECOND, later(119_999), later(240_000));
      const late = await storyReaders.beginSending(READER, SECOND, IN_TWO_MINUTES, later(240_000));

      expect([early, late?.sending]).toEqual([null, SECOND]);
    });

    it('may be sent another at once where a clock that ran ahead gave the first too much time', async () => {
      const { storyReaders } = await open();
      const tenMinutesMore = later(120_000 + 600_000);
      await storyReaders.beginSending(READER, FIRST, START, tenMinutesMore);

      const whileItMayBe = await storyReaders.beginSending(READER, SECOND, START, IN_TWO_MINUTES);
      await storyReaders.beginSending(READER, FIRST, START, later(120_000 + 600_001));
      const onceItCannotBe = await storyReaders.beginSending(READER, SECOND, START, IN_TWO_MINUTES);

      expect([whileItMayBe, onceItCannotBe?.sending]).toEqual([null, SECOND]);
    });

    it('has what came of it, and is free for the next', async () => {
      const subject = await open();
      const reader = (await subject.storyReaders.beginSending(READER, FIRST, START, IN_TWO_MINUTES))!;
      const outcome: StoryReader = {
        ...readerAfter(reader, ALERTED),
        threadId: '<first@example.org>',
        alertedBy: FIRST,
        providerId: 'mail-1',
        spokeFor: [SECOND],
        held: [SECOND],
      };

      await subject.storyReaders.endSending(outcome, FIRST);

      expect(await known(subject)).toEqual({ ...outcome, sending: null, sendingUntil: null });
      expect(await subject.storyReaders.beginSending(READER, SECOND, later(1), later(2))).toMatchObject({
        topics: ['river-crossings'],
        held: [SECOND],
      });
    });

    it('takes no outcome from one whose right went to another', async () => {
      const subject = await open();
      const slow = (await subject.storyReaders.beginSending(READER, FIRST, START, IN_TWO_MINUTES))!;
      const next = await subject.storyReaders.beginSending(READER, SECOND, IN_TWO_MINUTES, later(240_000));

      await subject.storyReaders.endSending(readerAfter(slow, ALERTED), FIRST);

      expect(await known(subject)).toEqual(next);
    });

    it('has what a digest brought, whether or not anything was sent before', async () => {
      const subject = await open();

      await subject.storyReaders.noteAlerted(ALERTED);
      await subject.storyReaders.noteAlerted({
        ...ALERTED,
        topics: ['floods'],
        severity: 'low',
        alertedAt: later(9_000),
      });

      expect(await known(subject)).toEqual(
        readerAfter(null, { ...ALERTED, topics: ['floods', 'river-crossings'], alertedAt: later(9_000) }),
      );
    });

    it('keeps what a digest brought while an alert was being sent', async () => {
      const subject = await open();
      const reader = (await subject.storyReaders.beginSending(READER, FIRST, START, IN_TWO_MINUTES))!;

      await subject.storyReaders.noteAlerted({
        ...ALERTED,
        topics: ['floods'],
        severity: 'high',
        alertedAt: later(9_000),
      });
      const meanwhile = await known(subject);
      await subject.storyReaders.endSending({ ...readerAfter(reader, ALERTED), alertedBy: FIRST }, FIRST);

      expect(meanwhile).toMatchObject({ sending: FIRST, topics: ['floods'] });
      expect(await known(subject)).toMatchObject({
        topics: ['floods', 'river-crossings'],
        severity: 'high',
        alertedAt: later(9_000),
        alertedBy: 'digest-1',
        sending: null,
      });
    });

    it('keeps everything when digests and a sender write at the same time', async () => {
      const { elsewhere, ...subject } = await open();
      const { storyReaders } = subject;
      const reader = (await storyReaders.beginSending(READER, FIRST, START, IN_TWO_MINUTES))!;
      const outcome = { ...readerAfter(reader, ALERTED), alertedBy: FIRST, held: [SECOND] };

      await Promise.all([
        storyReaders.endSending(outcome, FIRST),
        ...['floods', 'fires', 'storms'].map((topic) =>
          elsewhere.storyReaders.noteAlerted({ ...ALERTED, topics: [topic] }),
        ),
      ]);

      expect(await storyReaders.getReader(READER.storyId, READER.subscriptionId)).toMatchObject({
        topics: ['fires', 'floods', 'river-crossings', 'storms'],
        held: [SECOND],
        sending: null,
      });
    });

    it('forgets an alert that did not arrive, and keeps what waits', async () => {
      const subject = await open();
      const reader = (await subject.storyReaders.beginSending(READER, FIRST, START, IN_TWO_MINUTES))!;
      const sent = { ...readerAfter(reader, ALERTED), threadId: 'thread', providerId: 'ses-1', held: [SECOND] };
      await subject.storyReaders.endSending({ ...sent, alertedBy: FIRST }, FIRST);

      for (const other of [SECOND, 'digest-1'])
        await subject.storyReaders.forgetAlert(READER.storyId, READER.subscriptionId, other);
      expect(await known(subject)).toMatchObject({ alertedBy: FIRST, topics: ['river-crossings'] });

      for (let times = 0; times < 2; times += 1)
        await subject.storyReaders.forgetAlert(READER.storyId, READER.subscriptionId, FIRST);
      expect(await known(subject)).toMatchObject({
        topics: [],
        severity: null,
        threadId: null,
        alertedAt: null,
        alertedBy: null,
        providerId: null,
        held: [SECOND],
      });
    });

    it('has nothing to forget where it is not known', async () => {
      const subject = await open();
      await subject.storyReaders.forgetAlert(READER.storyId, READER.subscriptionId, FIRST);

      expect(await known(subject)).toBeNull();
    });

    it('knows nothing any more at the second it expires', async () => {
      const subject = await open();
      await subject.storyReaders.noteAlerted({ ...ALERTED, expiresAt: epochSeconds(later(10_000)) });

      subject.clock.set(later(10_000));
      const expired = await known(subject);
      const reader = await subject.storyReaders.beginSending(READER, FIRST, later(10_000), IN_TWO_MINUTES);

      expect(expired).toBeNull();
      expect(reader).toMatchObject({ topics: [], alertedAt: null, sending: FIRST, expiresAt: READER.expiresAt });
      expect(await known(subject)).toEqual(reader);
    });
  });
}
