// The items of the built-in sample feed, written for Tocsin: invented news in the style of a wire, in five languages, and decoys that use
// the same words for something else. Places and institutions are real, events and people are not.

export interface SampleItem {
  readonly slug: string;
  readonly language: 'en' | 'ko' | 'ru' | 'zh' | 'es';
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** Published in this order. */
export const SAMPLE_ITEMS: readonly SampleItem[] = [
  {
    slug: 'border-brigade',
    language: 'en',
    title: 'Norland to send mechanised brigade to its eastern border',
    paragraphs: [
      'Norland will deploy a mechanised brigade of about 4,000 troops to its eastern border before the end of the month, the defence ministry said on Monday.',
      'The minister told reporters that the deployment was defensive and would be reviewed in spring. Neighbouring states were informed in advance, she added.',
      'Opposition members asked why parliament had not been consulted.',
    ],
  },
  {
    slug: 'midfielder-deployed',
    language: 'en',
    title: 'New coach deploys young midfielder as a striker, and it pays off',
    paragraphs: [
      'The new coach deployed his youngest midfielder as a striker on Saturday and was rewarded with two goals before half-time.',
      '"He is a soldier on the pitch," the coach said of the 19-year-old, who had been sent on only twice this season.',
    ],
  },
  {
    slug: 'fisheries-treaty',
    language: 'en',
    title: 'Parliament ratifies fisheries treaty after three-year delay',
    paragraphs: [
      'Lawmakers in Norland voted 84 to 51 on Monday to ratify the North Sea fisheries treaty, three years after it was signed.',
      'The treaty enters into force thirty days after the last of the five signatories deposits its instrument of ratification, which two of them still have to do.',
    ],
  },
  {
    slug: 'ko-dispatch',
    language: 'ko',
    title: '국방부, 평화유지군 300명 추가 파병 결정',
    paragraphs: [
      '국방부는 23일 남수단 평화유지 임무에 병력 300명을 추가로 파병하기로 결정했다고 밝혔다.',
      '이번에 보내는 부대는 공병과 의무 인력으로 구성되며, 내년 1월부터 6개월 동안 현지에 배치된다.',
    ],
  },
  {
    slug: 'kubernetes-release',
    language: 'en',
    title: 'How our team deploys to five hundred servers without waking anybody',
    paragraphs: [
      'We deploy the application to 500 servers in small battalions, as we like to call them, and roll back by ourselves when a health check fails.',
      'The new release of the deployment tool needs one command where the old one needed seven.',
    ],
  },
  {
    slug: 'ru-exercise',
    language: 'ru',
    title: 'Совместные военные учения пройдут на севере в декабре',
    paragraphs: [
      'Совместные военные учения двух стран пройдут на северном полигоне с 5 по 12 декабря, сообщило министерство обороны.',
      'В манёврах примут участие около двух тысяч военнослужащих и сорок единиц техники.',
    ],
  },
  {
    slug: 'ceasefire-talks',
    language: 'en',
    title: 'Envoys resume ceasefire talks as guns fall silent in the valley',
    paragraphs: [
      'Envoys of both sides resumed ceasefire talks in Geneva on Monday, hours after the shelling in the valley had stopped for the first time in nine days.',
      'The mediators proposed a truce of sixty days and the exchange of all prisoners. Neither delegation rejected the draft.',
    ],
  },
  {
    slug: 'zh-sanctions',
    language: 'zh',
    title: '欧盟宣布对十二家航运公司实施制裁',
    paragraphs: [
      '欧盟周一宣布对十二家航运公司实施制裁，冻结其资产，并禁止其船只停靠成员国港口。',
      '声明说，这些公司帮助规避现有的石油禁运。相关国家外交部表示强烈不满。',
    ],
  },
  {
    slug: 'history-1944',
    language: 'en',
    title: 'Museum shows letters of soldiers sent ashore in 1944',
    paragraphs: [
      'A small museum on the coast has opened an exhibition of letters that soldiers wrote in June 1944, the week they were sent ashore.',
      'Some of the paper still smells of salt, the curator says. The exhibition is open until March.',
    ],
  },
  {
    slug: 'es-tropas',
    language: 'es',
    title: 'El Gobierno enviará tropas a la frontera norte por la crisis migratoria',
    paragraphs: [
      'El Gobierno enviará 1.200 soldados a la frontera norte a partir del jueves, anunció el ministro de Defensa.',
      'El despliegue de las tropas durará tres meses y se hará en coordinación con la policía, explicó.',
    ],
  },
  {
    slug: 'sanctions-lifted',
    language: 'en',
    title: 'Council lifts sanctions on two banks, extends the arms embargo',
    paragraphs: [
      'The Security Council on Monday lifted sanctions on two state banks and extended an arms embargo by a year.',
      'Diplomats said the asset freeze on eleven officials remains in place until elections are held.',
    ],
  },
  {
    slug: 'film-review',
    language: 'en',
    title: 'Review: a war film without a single shot',
    paragraphs: [
      'The film follows a regiment of extras through the making of another film, and never leaves the studio canteen.',
      'It is a treaty on boredom, and the funniest thing this reviewer has seen all year.',
    ],
  },
  {
    slug: 'missile-test',
    language: 'en',
    title: 'Coast guard warns ships ahead of announced missile test',
    paragraphs: [
      'The coast guard told shipping on Monday to keep clear of a stretch of sea where a ballistic missile test is announced for Thursday.',
      'It would be the third launch this year. Two neighbouring governments protested.',
    ],
  },
  {
    slug: 'emergency-floods',
    language: 'en',
    title: 'State of emergency declared in two provinces after floods',
    paragraphs: [
      'The president declared a state of emergency in two southern provinces on Monday after three days of floods.',
      'The decree lets the army build bridges and bars price rises for food and fuel.',
    ],
  },
  {
    slug: 'troops-home',
    language: 'en',
    title: 'Last peacekeepers leave island base after eleven years',
    paragraphs: [
      'The last 160 peacekeepers left their base on the island on Monday, completing a withdrawal that began in May.',
      'The mission had been extended four times since the accord was signed. A civilian office of twenty people stays.',
    ],
  },
];
