import type { TimeWords } from '../time-words.ts';

const DAY = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const EVENT =
  'wars?|conflict|crisis|invasion|coup|revolution|uprising|unrest|riots?|protests|annexation|intervention|offensive|genocide|massacre|famine|occupation|withdrawal|pullout|bombings?|attacks?|raid|siege|deployments?|landings?|operation|summit|expulsions?|hijacking|mutiny|blockade|airlift';
const WHEN = '(?:in|during|back in|until|till|by|around|before|after|of|between|through)';

export const ENGLISH: TimeWords = {
  dates: [
    `${WHEN} (?:early |late |mid-?|the summer of |the spring of |the autumn of |the fall of |the winter of )?<Y>`,
    `(?:${WHEN} )?(?:early |late |mid-)?<M>(?: of|,)? <Y>`,
    `(?:on )?<M> ${DAY},? <Y>`,
    `(?:on )?(?:the )?${DAY} (?:of )?<M>,? <Y>`,
    String.raw`(?:from|between) (?:<M> )?\d{4} (?:to|until|till|through|and) (?:\p{L}+ )?<Y>`,
    String.raw`(?:in|during) (?:the|a|an|its|their|his|her|that) <Y>(?: [\p{L}-]+){0,3} (?:${EVENT})`,
    '(?:in|during|throughout|through|after|under|from|of) (?:the )?(?:(?:height|end|start|days|years|era|time|times) of (?:the )?)?<E>',
  ],
  beginnings: [
    String.raw`(?:since|than in|than during|as in|like in|unlike in|unlike|like|compared (?:to|with)|dating (?:back )?(?:to|from)) (?:the )?(?:early |late |mid-?|at least |end of (?:the )?|start of (?:the )?)*(?:<M> )?(?:\d{1,2},? )?<Y>`,
    '(?:since|than in|than during|as in|like in|unlike in|unlike|like|compared (?:to|with)|dating (?:back )?(?:to|from)) (?:the )?(?:end of |start of |fall of |height of |days of |(?:early|late) )*(?:the )?<E>',
  ],
  eras: [
    ['(?:first world war|world war (?:i|one)|great war|wwi|ww1)', 1918],
    ['(?:second world war|world war (?:ii|two)|wwii|ww2)', 1945],
    ['korean war', 1953],
    ['vietnam war', 1975],
    ['cold war', 1991],
    ['falklands war', 1982],
    ['(?:first |persian )?gulf war', 1991],
    ['iran-iraq war', 1988],
    ['six-day war', 1967],
    ['yom kippur war', 1973],
    ['(?:bosnian|yugoslav|balkan) wars?', 1999],
    ['(?:american|us|spanish|english|russian) civil war', 1939],
    ['(?:napoleonic|crimean|boer|opium|punic|crusader) wars?', 1902],
    ['soviet (?:era|times|rule|union|occupation)', 1991],
    [
      '(?:nazi|tsarist|colonial|medieval|ancient|victorian|ottoman|roman) (?:era|times|rule|period|occupation|germany|empire|rome|greece)',
      1945,
    ],
    ['antiquity|middle ages', 1500],
    ['third reich|apartheid era', 1994],
    [
      String.raw`(?:early |late |mid-?)?(?:1[0-8]\d0s|(?:5|6|7|8|9|1[0-9])th[ -]century|sixteenth century|seventeenth century|eighteenth century|nineteenth century|1900s)`,
      1909,
    ],
    [
      '(?:early |late |mid-?)?(?:19[1-7]0s|(?:20)th[ -]century|twentieth century|(?:nineteen)?(?:twenties|thirties|forties|fifties|sixties|seventies))',
      1979,
    ],
    ["(?:early |late |mid-?)?(?:1980s|eighties|['’]?[3-8]0s)", 1989],
    ['(?:early |late |mid-?)?(?:1990s|nineties)', 1999],
    ['(?:early |late |mid-?)?2000s', 2009],
    ['(?:early |mid-?)2010s', 2016],
    ['2010s', 2019],
  ],
  events: [
    String.raw`<Y>(?: [\p{L}-]+){0,2} (?:${EVENT})(?: (?:of|in|on|at|from) (?:the )?\p{L}+)?`,
    String.raw`<E>(?: [\p{L}-]+)? (?:${EVENT})(?: of)?(?: [\p{L}-]+){0,3}`,
  ],
  counted:
    'soldiers|troops|people|men|women|tonnes|tons|dollars|euros|pounds|homes|houses|villages|cases|deaths|miles|metres|km|of the|to \\d',
  attributes: String.raw`\p{L}{2,}ed|built|made|born|begun|won|held|fought|written|taken|bought|agreement|treaty|pact|accord|deal|law|convention|protocol|truce|ceasefire|resolution`,
  past: String.raw`(?:decades?|centur(?:y|ies)|(?:many|several|some|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|hundred|[2-9]|[1-9]\d+)(?: or (?:so|more))? (?:years|decades|centuries)|years|a (?:decade|century|generation)|generations) (?:ago|earlier|before)|last century|in the last century|on this day(?: in history)?|in those days|in days gone by|once upon a time`,
  lastYear: 'last year|(?:a|one) year (?:ago|earlier)|a year and a half ago|the previous year|the year before',
  had: 'had',
  present:
    'today|yesterday|tomorrow|tonight|now|currently|this (?:morning|afternoon|evening|week|weekend|month|year|summer|winter|spring|autumn)|(?:earlier|later) this|(?:last|next|past|coming) (?:night|week|weekend|month|few days|few weeks|days)|recent(?:ly)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:days|weeks|hours|months|a week|a month|a day) ago|so far|at the moment|latest',
  tense:
    "will|is|are|am|has|have|can|must|may|should|plans?|wants?|hopes?|continues?|remains?|seeks?|seeking|considers?|calls? for|urges?|would|could|to be|it's|he's|they're|we're|isn't|aren't|won't|hasn't|haven't",
  opens: {
    since: 'since(?! (?:then|when))',
    told: '(?:who|which|that) had|having',
    after: 'after|when|following|before',
    memory: String.raw`(?:(?:decades|centuries|years|(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:years|decades|centuries)|a (?:decade|century|generation)) (?:after|since)|anniversary|centenary|bicentenary|jubilee|commemorat(?:es?|ing|ed|ions?)|re-?enact(?:s|ment|ments|ed|ing|ors)?|museum|exhibition|exhibit|memoirs?|memories of|remembers|remembering|recall(?:s|ed|ing) (?:how|when|the (?:day|days|time|night|moment|war))|reminisc\p{L}+|obituary|quiz|trivia|time capsule|(?:the|a|an|new|his|her|their|this|classic|war|debut|best-?selling|historical|graphic|latest|period)(?: [\p{L}-]+)? (?:film|movie|novel|play|opera|musical|drama|documentary|biopic|miniseries|video game|board game)(?! (?:makers?|industry|festival|star|director|crew|set)))`,
    other:
      'who|which|whose|where|that|because|while|whereas|although|though|if|unless|as|says?|said|saying|so that|and (?:now|then)|but',
  },
  hints:
    'ago|earlier|last |century|centuries|decade|generation|on this day|those days|gone by|once upon|since|had|having|year before|previous year|annivers|cent?enar|jubilee|commemorat|enact|museum|exhibit|memoir|memor|remember|recall|reminisc|obituar|quiz|trivia|capsule|film|movie|novel|opera|musical|drama|documentar|biopic|miniseries|game|play|(?:world|great|korean|vietnam|cold|falklands|gulf|iraq|day|kippur|bosnian|yugoslav|balkan|civil|napoleonic|crimean|boer|opium|punic|crusader) war|ww[i12]|soviet|nazi|tsarist|colonial|medieval|ancient|victorian|ottoman|roman |antiquity|middle ages|third reich|apartheid|[0-9]0s|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|years (?:after|since)',
  headlines: String.raw`on this day(?: in)?|this day in|(?:\d+|fifty|sixty|seventy|eighty|ninety|a hundred|one hundred) years ago(?: today)?|years ago today|(?:a|the|short|brief|secret|visual) (?:brief |short )?history of|in history|from the archives?|obituary|obituaries|(?:dies|dead|died)(?: peacefully)?,? (?:at|aged) (?:[6-9]\d|1[01]\d)|, (?:[6-9]\d|1[01]\d), (?:dies|dead|is dead)|(?:film|movie|book|tv|theat(?:re|er)|game|music|album|exhibition|opera|stage) reviews?|review\s?[–—|]|quiz|(?:\d+(?:th|st|nd|rd)|centenary|golden|silver) (?:anniversary|jubilee)`,
};
