// What recognises a story's next report comes back as it was stored, and what an older version stored does too.
import { deflateRawSync } from 'node:zlib';
import { decodeKnownStory, encodeStory } from '../../../adapters/dynamodb/hit-codec.ts';
import { packStory, unpackStory } from '../../../adapters/dynamodb/story-words.ts';
import { DocumentReader } from '../../../shared/stories/read-document.ts';
import { joinStory, type StoryRecord, startStory } from '../../../shared/stories/story-record.ts';
import { weighDocument } from '../../../shared/stories/weigh-document.ts';
import { WordStatistics } from '../../../shared/stories/word-statistics.ts';
import { hitAt, placementOf } from '../../contracts/some-stories.ts';

const reader = new DocumentReader();
const weighed = (title: string, text: string) =>
  weighDocument(
    reader.read({ id: title, title, text, language: 'en', timeMs: 1_772_438_400_000, isTimeKnown: true }),
    new WordStatistics(),
  );

const RECORD = joinStory(
  startStory(
    's1',
    weighed('Ferry sinks off Crete on day 3', 'A ferry with 300 people sank off Crete, divers said.'),
    [5, -7],
  ),
  weighed('Crete ferry: “47 bodies found”', 'Divers found 47 bodies in the wreck of the ferry on Monday morning.'),
  false,
);
const { story } = placementOf(hitAt(0, 's1'));
const storedBefore = (record: unknown) => ({
  ...encodeStory(story, null, 3),
  words: deflateRawSync(JSON.stringify(record)),
});

describe('the words of a story', () => {
  it('come back as they were stored', () => {
    expect(decodeKnownStory(encodeStory(story, RECORD, 3))).toEqual({ story, record: RECORD, version: 3 });
  });

  it('come back wherever in the memory of the database client the bytes begin', () => {
    const bytes = packStory(RECORD);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);

    expect(unpackStory(shifted.subarray(3))).toEqual(RECORD);
  });

  it('take less room than compressed text', () => {
    expect(packStory(RECORD).length).toBeLessThan(deflateRawSync(JSON.stringify(RECORD)).length * 1.2);
  });

  it('are read as the version before stored them, where samples had no places', () => {
    const before: StoryRecord = {
      ...RECORD,
      newest: RECORD.newest.map((report) => {
        const { hashes, isWhole } = report.sample;
        return { ...report, sample: { hashes, isWhole } };
      }),
    };

    expect(decodeKnownStory(storedBefore({ version: 1, record: before }))!.record).toEqual(before);
    expect(unpackStory(packStory(before))).toEqual(before);
  });

  it('attract nothing where their version is not known', () => {
    const later = Buffer.from(packStory(RECORD)).toString('latin1').replace('"version":2', '"version":9');

    expect(decodeKnownStory(storedBefore({ version: 9, record: RECORD }))).toBeNull();
    expect(unpackStory(Buffer.from(later, 'latin1'))).toBeNull();
  });

  it('that cannot be read are named with their record', () => {
    const item = encodeStory(story, RECORD, 3);

    for (const packedWords of [new Uint8Array([1, 2, 3]), packStory(RECORD).slice(0, -1), 'text'])
      expect(() => decodeKnownStory({ ...item, packedWords })).toThrow(/STORY/);
  });
});
