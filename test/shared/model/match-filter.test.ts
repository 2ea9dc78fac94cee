// Which stored matches a filter lets through, whatever store holds them.
import type { FeedId } from '../../../shared/model/ids.ts';
import type { Match, MatchFilter } from '../../../shared/model/match.ts';
import { filterIdentity, fitsFilter, normalFilter } from '../../../shared/model/match-filter.ts';
import { aMatch, later, START } from '../../support/builders.ts';

const source = (name: string, host: string) => ({ feedId: `feed-${name}` as FeedId, title: `${name} News`, host });
const passage = (text: string): Match['passages'][number] => ({
  text,
  field: 'body',
  origin: 'feed',
  start: 0,
  end: text.length,
  highlights: [],
});
const base = aMatch();
/** Two feeds carry it, and two passages show it. */
const match: Match = {
  ...base,
  article: { ...base.article, title: 'Fähre am Fluss', language: 'pt' },
  sources: [source('Anglia', 'anglia.example.org'), source('Élysée', 'elysee.example.org')],
  passages: [passage('The convoy left.'), passage('The Bridge held.')],
};

describe('a match fits', () => {
  it.each<[string, MatchFilter]>([
    ['no filter at all', {}],
    ['its topic', { topic: 'river-crossings' }],
    ['the first of its feeds', { feedId: 'feed-Anglia' as FeedId }],
    ['another of its feeds', { feedId: 'feed-Élysée' as FeedId }],
    ['the instant at which it was first seen', { since: START }],
    ['an instant just before', { since: later(-1) }],
    ['an end just after', { until: later(1) }],
    ['the host of a source, whatever the case', { source: 'Elysee.Example.ORG' }],
    ['the host with www.', { source: 'www.anglia.example.org' }],
    ['a part of the title of a source, whatever the case', { source: 'élysée n' }],
    ['its language, whatever the case', { language: 'PT' }],
    ['its language with a region', { language: 'pt-BR' }],
    ['its language with a region of another country', { language: 'pt-PT' }],
    ['a part of the headline, whatever the case', { text: 'FÄHRE' }],
    ['a part of any passage, whatever the case', { text: 'bridge HELD' }],
    ['a text whose accents are written as characters of their own', { text: 'fähre'.normalize('NFD') }],
    ['its strength', { strength: 'strong' }],
    ['its prominence', { prominence: 'lead' }],
    [
      'all of it together',
      { topic: 'river-crossings', since: START, until: later(1), source: 'Anglia', language: 'pt-BR', text: 'convoy' },
    ],
  ])('%s', (_name, filter) => {
    expect(fitsFilter(match, filter)).toBe(true);
  });

  it.each<[string, MatchFilter]>([
    ['another topic', { topic: 'river' }],
    ['another feed', { feedId: 'feed' as FeedId }],
    ['an instant just after it was first seen', { since: later(1) }],
    ['an end at which it was first seen', { until: START }],
    ['a part of a host only', { source: 'example.org' }],
    ['a host that has www. elsewhere than in front', { source: 'anglia.www.example.org' }],
    ['a host where any character stands for the dot of www.', { source: 'wwwxanglia.example.org' }],
    ['another source', { source: 'gazette' }],
    ['another language', { language: 'es' }],
    ['a language whose code is longer', { language: 'ptx' }],
    ['words that stand in two passages', { text: 'left. The Bridge' }],
    ['words that stand nowhere', { text: 'ferry' }],
    ['another strength, though it is a lower one', { strength: 'fair' }],
    ['another prominence', { prominence: 'headline' }],
    ['one condition of two', { topic: 'river-crossings', text: 'ferry' }],
  ])('not %s', (_name, filter) => {
    expect(fitsFilter(match, filter)).toBe(false);
  });
});

describe('the normal form of a filter', () => {
  it('has its instants in UTC with milliseconds, and the rest as it was', () => {
    const filter = { topic: 'river-crossings', since: '2026-11-17T09:00:00+01:00', until: '2026-11-18' };

    expect(normalFilter(filter)).toEqual({ ...filter, since: START, until: '2026-11-18T00:00:00.000Z' });
  });

  it('has no instants where the filter has none', () => {
    expect(normalFilter({ text: 'ferry' })).toEqual({ text: 'ferry' });
  });

  it.each(['since', 'until'])('is refused for %s that is no instant', (name) => {
    const read = () => normalFilter({ [name]: 'soon' });

    expect(read).toThrow(expect.objectContaining({ code: 'bad_instant' }));
    expect(read).toThrow(`${name}: "soon" is not an instant; expected one such as 2026-11-17T08:00:00Z`);
  });
});

describe('the identity of a filter', () => {
  const filter = {
    topic: 't',
    feedId: 'f' as FeedId,
    since: 's',
    until: 'u',
    source: 'o',
    language: 'l',
    text: 'x',
    strength: 'weak',
    prominence: 'body',
  } as const;

  it('has every condition, in one order', () => {
    const reversed = Object.fromEntries(Object.entries(filter).reverse());

    expect(filterIdentity(filter)).toEqual(['matches', 't', 'f', 's', 'u', 'o', 'l', 'x', 'weak', 'body']);
    expect(filterIdentity(reversed)).toEqual(filterIdentity(filter));
  });

  it('has null for a condition that is absent', () => {
    expect(filterIdentity({ until: 'u' })).toEqual(['matches', null, null, null, 'u', null, null, null, null, null]);
  });
});
