// The neighbours that a topic of a pack names.
import { parsePacks } from '../../../shared/packs/parse-pack.ts';

const packWith = (fields: string): string => `apiVersion: tocsin.dev/v1
kind: TopicPack
pack: { id: mine, version: 1.0.0 }
topics:
  - id: one
    title: One
    any: { en: [ treaty ] }
${fields}    tests: [ { match: A treaty. }, { no: A cat. } ]
`;
const topicOf = (fields: string) => parsePacks([{ path: 'mine.yaml', text: packWith(fields) }])[0]!.topics[0]!;

describe('the neighbours of a topic', () => {
  it('are the ids that it names', () => {
    expect(topicOf('    neighbours: [two, three]\n').neighbours).toEqual(['two', 'three']);
  });

  it('are part of what makes a version of it, and a topic without any keeps its version', () => {
    expect(topicOf('    neighbours: [two]\n').version).not.toBe(topicOf('').version);
    expect(topicOf('    neighbours: []\n')).toEqual(topicOf(''));
    expect(topicOf('')).not.toHaveProperty('neighbours');
  });
});
