import { DAY, judge } from './judge.ts';

describe('in English, evidence is news', () => {
  it.each([
    ['in the plain past tense', 'The ministry «deployed troops» to the border on Monday.'],
    ['in the past tense without a day', 'The country «sent soldiers» to the island.'],
    ['in the perfect', 'Chile «has sent troops» to the port.'],
    ['after "after" with a weekday', 'Markets fell after «sending troops» on Tuesday.'],
    ['after "after" in the plain past', 'Oil rose after Kenya «imposed sanctions» on the firm.'],
    ['after "when"', 'Two people died when a «missile hit» a house.'],
    ['in reported speech with "had"', 'The minister said that «troops had been sent» north.'],
    ['beside a clause with an old year', 'Georgia, which joined the pact in 2014, «sent troops» to Mali.'],
    ['before "since" with a year', 'It is the first «deployment» of «troops» since 2014.'],
    ['behind "since" with a year and no comma', 'Since 2014 the country «has deployed troops» there.'],
    ['before a comparison with an era', 'It is the largest «deployment» of «troops» since the Cold War.'],
    ['beside a comparison with an old year', 'More «troops were sent» than in 2003.'],
    ['in a year to come', 'They will «send 900 soldiers» by 2030.'],
    ['in the year of the article', 'In February 2023 they «sent troops».'],
    ['in the year before', 'In 2022 they «sent troops».'],
    ['about a thing with a year', 'Parliament «ratified» the 1998 «treaty».'],
    ['about arms built long ago', 'Poland «sent tanks» built in 1985.'],
    ['about arms of an era', 'Poland «sends» Soviet-era «jets».'],
    ['with a count that looks like a year', 'They flew in 2015 soldiers and «sent troops».'],
    ['with a thousand', 'About 2,000 «troops were sent».'],
    ['with the name of a model', 'The F-2023 «missile was tested».'],
    ['with a price', 'For $1500 they «sent troops».'],
    ['in the main clause of "since"', 'Since Ruritania invaded, Chile «has sent weapons».'],
    ['behind a causal "since"', 'Prices rose since «troops are deployed».'],
    ['beside an anniversary', 'On the anniversary of the war, they «sent troops».'],
    ['about film makers', 'Painters and film makers protested against the «deployment» of the «guard».'],
    ['in the future of an old plan', 'Brazil will «send troops» under a plan made in 2012.'],
    [
      'behind an old date with a clause of its own',
      'In 1973 the old king and his many sons ruled, and they «sent troops».',
    ],
    ['around an old date with words of its own', 'Italy, a poor kingdom in 1911 still, «sends troops».'],
    ['with a round count', 'They came in 2000 villages and «sent troops».'],
    ['with a count like an old year', 'They came in 1500 villages and «sent troops».'],
    ['behind an old date and a dash', 'In 1973 – they «send troops» again.'],
    ['after a semicolon', 'In 1991 nobody came; they «sent troops».'],
    ['with both an old and a recent year', 'They «sent troops» in 2014 and in 2023.'],
  ])('%s', (_, sentence) => {
    expect(judge(sentence, 'en')).toEqual({ time: 'now', reason: '' });
  });
});

describe('in English, evidence is background', () => {
  it.each([
    ['inside "since"', 'Prices have doubled since «sanctions were imposed».', 'inside “since …”'],
    ['in a relative clause with "had"', 'The «force» that had been «sent» to Mali came home.', 'inside “that had …”'],
    ['in a clause of "who had"', 'Men who had «fought» in the «army» spoke.', 'inside “who had …”'],
    ['after "after" with "had"', 'They met after «parliament» had «ratified» it.', 'inside “after …”'],
    ['last year', 'Trade fell following last year’s «ceasefire».', '“last year”'],
    ['a year ago', 'They «sent troops» a year ago.', '“a year ago”'],
    ['what happened on an anniversary', 'The museum on Monday showed a «missile launch».', 'inside “museum …”'],
  ])('%s', (_, sentence, reason) => {
    expect(judge(sentence, 'en')).toEqual({ time: 'background', reason });
  });
});

describe('in English, evidence is history', () => {
  it.each([
    ['in an old year', 'Italy «sent troops» to Tripoli in 1911.', '“in 1911”, more than a year before the article'],
    [
      'behind an old year',
      'In 1911, Italy «sent troops» to Tripoli.',
      '“In 1911”, more than a year before the article',
    ],
    ['around an old year', 'Italy, in 1911, «sent troops».', '“in 1911”, more than a year before the article'],
    [
      'behind a year with a colon',
      '1911: Italy «sends troops» to Tripoli.',
      '“1911”, more than a year before the article',
    ],
    [
      'in the war of an old year',
      'Egypt «sent troops» in the 1973 war.',
      '“in the 1973 war”, more than a year before the article',
    ],
    [
      'from one old year to another',
      'They «kept troops» there from 2014 to 2016.',
      '“from 2014 to 2016”, more than a year before the article',
    ],
    [
      'after "after" with an old month',
      'After Ruritania «sent troops» in February 2022, prices rose.',
      '“in February 2022”, more than a year before the article',
    ],
    [
      'on an old day',
      'On Monday, March 17, 2003, they «sent troops».',
      '“March 17, 2003”, more than a year before the article',
    ],
    [
      'in a relative clause with a year',
      'Georgia, which «sent troops» in 2014, is small.',
      '“in 2014”, more than a year before the article',
    ],
    [
      'that says "that"',
      'It is known that they «sent troops» in 1991.',
      '“in 1991”, more than a year before the article',
    ],
    [
      'named with its year',
      'The 2003 «invasion of Iraq» is a theme.',
      '“2003 invasion of Iraq”, more than a year before the article',
    ],
    ['in an era', 'They «stationed troops» here during the Cold War.', '“Cold War”, long before the article'],
    ['in a decade', 'They «stationed troops» here in the 1980s.', '“1980s”, long before the article'],
    ['in a century', 'They «sent troops» in the 19th century.', '“19th century”, long before the article'],
    ['decades ago', 'Decades ago, they «sent troops».', '“Decades ago”'],
    ['some years ago', 'They «sent troops» ten years ago.', '“ten years ago”'],
    ['under "anniversary"', 'They marked the anniversary of the «invasion».', 'inside “anniversary …”'],
    ['in a museum', 'A museum shows how «troops landed».', 'inside “museum …”'],
    ['in a film', 'The new film follows «soldiers sent» to the front.', 'inside “The new film …”'],
    [
      'in a caption with an old day at its end',
      '«Protesters shout» while he speaks in London, Ont., on Sept. 6, 2021.',
      '“on Sept. 6, 2021”, more than a year before the article',
    ],
    [
      'in an unrest of an old year',
      'During a 2021 unrest, they «sent troops».',
      '“During a 2021 unrest”, more than a year before the article',
    ],
    [
      'in an old year behind a participle of the evidence',
      '«Sanctions» were «imposed» in 2014.',
      '“in 2014”, more than a year before the article',
    ],
    [
      'behind an old date with a few words',
      'During the 1973 war with their two neighbours, they «sent troops».',
      '“During the 1973 war”, more than a year before the article',
    ],
    [
      'around an old date and a word',
      'Italy, in 1911 alone, «sent troops».',
      '“in 1911”, more than a year before the article',
    ],
    [
      'on an old day after its weekday',
      'They «sent troops» on Monday, 17 March 2003.',
      '“17 March 2003”, more than a year before the article',
    ],
    [
      'decades after',
      'Three decades after the «accord» was «signed», there is no peace.',
      'inside “Three decades after …”',
    ],
    [
      'named with its era',
      'Leaders criticise the Cold War «deployment of tanks».',
      '“Cold War”, long before the article',
    ],
    [
      'in a life',
      'The designer, who now paints birds, was first photographed in 2016 at the «launch» of a «missile».',
      '“in 2016”, more than a year before the article',
    ],
    [
      'under a headline of the past',
      '100 years ago today | «Troops were sent» to the port.',
      'the headline says “100 years ago today”',
    ],
    ['in an obituary', 'General dies at 91 | He «sent troops» to the port.', 'the headline says “dies at 91”'],
    [
      'under a headline with a year',
      '1911: a year of war | Italy «sent troops» to Tripoli.',
      'the headline begins with “1911”, more than a year before the article',
    ],
  ])('%s', (_, sentence, reason) => {
    expect(judge(sentence, 'en')).toEqual({ time: 'history', reason });
  });

  it('although the headline is of the past, not what happens today', () => {
    expect(judge('General dies at 91 | On Monday «troops were sent» to his house.', 'en').time).toBe('now');
  });

  it('by the day of the article', () => {
    const sentence = 'They «sent troops» in 1987.';

    expect(judge(sentence, 'en', new Date('1987-06-01')).time).toBe('now');
    expect(judge(sentence, 'en', new Date('1988-12-31')).time).toBe('now');
    expect(judge(sentence, 'en', DAY).time).toBe('history');
  });

  it('a year and a month after the end of what the date names', () => {
    const sentence = 'They «sent troops» in March 2022.';

    expect(judge(sentence, 'en', new Date('2023-05-05T23:00:00Z')).time).toBe('now');
    expect(judge(sentence, 'en', new Date('2023-05-07T01:00:00Z')).time).toBe('history');
  });

  it('without a day to judge by, for eras and clauses only', () => {
    expect(judge('They «sent troops» in 1911.', 'en', null).time).toBe('now');
    expect(judge('They «sent troops» during the Cold War.', 'en', null).time).toBe('history');
  });

  it('not where an era was not over yet', () => {
    expect(judge('They «sent troops» during the Cold War.', 'en', new Date('1987-06-01')).time).toBe('now');
  });
});
