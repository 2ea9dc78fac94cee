// The items of the two built-in sample feeds, written for Tocsin: invented news in the style of a wire and of a paper, in five languages, and
// decoys that use the same words for something else, or name an army in passing. `flower-market` mentions a topic in passing: a weak match. One event
// is reported by both, then goes on, then is reported again: `border-*`. Places and institutions are real, events and people are not.

/** The title of each feed, by the outlet. */
export const SAMPLE_OUTLETS = { wire: 'Tocsin sample feed', gazette: 'Tocsin sample gazette' } as const;
export type SampleOutlet = keyof typeof SAMPLE_OUTLETS;

export interface SampleItem {
  readonly slug: string;
  readonly outlet: SampleOutlet;
  readonly language: 'en' | 'ko' | 'ru' | 'zh' | 'es';
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** Published in this order. */
export const SAMPLE_ITEMS: readonly SampleItem[] = [
  {
    slug: 'border-brigade',
    outlet: 'wire',
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
    outlet: 'gazette',
    language: 'en',
    title: 'New coach deploys young midfielder as a striker, and it pays off',
    paragraphs: [
      'The new coach deployed his youngest midfielder as a striker on Saturday and was rewarded with two goals before half-time.',
      '"He is a soldier on the pitch," the coach said of the 19-year-old, who had been sent on only twice this season.',
    ],
  },
  {
    slug: 'fisheries-treaty',
    outlet: 'wire',
    language: 'en',
    title: 'Parliament ratifies fisheries treaty after three-year delay',
    paragraphs: [
      'Lawmakers in Norland voted 84 to 51 on Monday to ratify the North Sea fisheries treaty, three years after it was signed.',
      'The treaty enters into force thirty days after the last of the five signatories deposits its instrument of ratification, which two of them still have to do.',
    ],
  },
  {
    slug: 'ko-dispatch',
    outlet: 'wire',
    language: 'ko',
    title: '국방부, 평화유지군 300명 추가 파병 결정',
    paragraphs: [
      '국방부는 23일 남수단 평화유지 임무에 병력 300명을 추가로 파병하기로 결정했다고 밝혔다.',
      '이번에 보내는 부대는 공병과 의무 인력으로 구성되며, 내년 1월부터 6개월 동안 현지에 배치된다.',
    ],
  },
  {
    slug: 'border-brigade-again',
    outlet: 'gazette',
    language: 'en',
    title: 'Mechanised brigade ordered to Norland’s eastern border',
    paragraphs: [
      'Norland has ordered a mechanised brigade of about 4,000 troops to its eastern border, the defence ministry announced on Monday.',
      'The deployment is defensive and will be reviewed in spring, the minister said; neighbouring states had been told in advance. Residents of the border towns expect the first columns within days.',
    ],
  },
  {
    slug: 'kubernetes-release',
    outlet: 'gazette',
    language: 'en',
    title: 'How our team deploys to five hundred servers without waking anybody',
    paragraphs: [
      'We deploy the application to 500 servers in small battalions, as we like to call them, and roll back by ourselves when a health check fails.',
      'The new release of the deployment tool needs one command where the old one needed seven.',
    ],
  },
  {
    slug: 'ru-exercise',
    outlet: 'wire',
    language: 'ru',
    title: 'Совместные военные учения пройдут на севере в декабре',
    paragraphs: [
      'Совместные военные учения двух стран пройдут на северном полигоне с 5 по 12 декабря, сообщило министерство обороны.',
      'В манёврах примут участие около двух тысяч военнослужащих и сорок единиц техники.',
    ],
  },
  {
    slug: 'ceasefire-talks',
    outlet: 'wire',
    language: 'en',
    title: 'Envoys resume ceasefire talks as guns fall silent in the valley',
    paragraphs: [
      'Envoys of both sides resumed ceasefire talks in Geneva on Monday, hours after the shelling in the valley had stopped for the first time in nine days.',
      'The mediators proposed a truce of sixty days and the exchange of all prisoners. Neither delegation rejected the draft.',
    ],
  },
  {
    slug: 'zh-sanctions',
    outlet: 'wire',
    language: 'zh',
    title: '欧盟宣布对十二家航运公司实施制裁',
    paragraphs: [
      '欧盟周一宣布对十二家航运公司实施制裁，冻结其资产，并禁止其船只停靠成员国港口。',
      '声明说，这些公司帮助规避现有的石油禁运。相关国家外交部表示强烈不满。',
    ],
  },
  {
    slug: 'border-emergency',
    outlet: 'wire',
    language: 'en',
    title: 'Norland declares state of emergency as 1,200 troops of brigade reach eastern border',
    paragraphs: [
      'Norland declared a state of emergency in three districts along its eastern border as the first troops of the mechanised brigade arrived there.',
      'The defence ministry said that 1,200 of the 4,000 soldiers were in place. The emergency lets the army close roads for thirty days, the minister told parliament.',
    ],
  },
  {
    slug: 'history-1944',
    outlet: 'gazette',
    language: 'en',
    title: 'Museum shows letters of soldiers sent ashore in 1944',
    paragraphs: [
      'A small museum on the coast has opened an exhibition of letters that soldiers wrote in June 1944, the week they were sent ashore.',
      'Some of the paper still smells of salt, the curator says. The exhibition is open until March.',
    ],
  },
  {
    slug: 'es-tropas',
    outlet: 'wire',
    language: 'es',
    title: 'El Gobierno enviará tropas a la frontera norte por la crisis migratoria',
    paragraphs: [
      'El Gobierno enviará 1.200 soldados a la frontera norte a partir del jueves, anunció el ministro de Defensa.',
      'El despliegue de las tropas durará tres meses y se hará en coordinación con la policía, explicó.',
    ],
  },
  {
    slug: 'barracks-bakery',
    outlet: 'gazette',
    language: 'en',
    title: 'Bakery reopens in the old barracks, and the queue goes round the block',
    paragraphs: [
      'The bakery that moved into the old barracks by the harbour reopened on Saturday, and sold out before ten.',
      'Its owner learned the trade as a cook in the army, and jokes that feeding a brigade was easier than feeding the neighbourhood.',
    ],
  },
  {
    slug: 'sanctions-lifted',
    outlet: 'wire',
    language: 'en',
    title: 'Council lifts sanctions on two banks, extends the arms embargo',
    paragraphs: [
      'The Security Council on Monday lifted sanctions on two state banks and extended an arms embargo by a year.',
      'Diplomats said the asset freeze on eleven officials remains in place until elections are held.',
    ],
  },
  {
    slug: 'flower-market',
    outlet: 'gazette',
    language: 'en',
    title: 'Flower market moves to the old airfield, and the tulips like it there',
    paragraphs: [
      'The flower market has a new home. Since Saturday its ninety stalls stand on the old airfield north of the river, where there is room for carts, children and dogs.',
      'Growers had complained for years that the square by the cathedral was too narrow and too shady. On the runway the sun shines from morning to evening, and the tulips open an hour earlier.',
      'A seller of roses, who has come to the market for forty years, misses the bells. Her daughter misses nothing. They sold out before noon on both days, the two of them agree.',
      'Lilies have become dear, says one grower, because their shipper is under sanctions. The tram goes to the airfield every ten minutes, and the market is open until the first frost.',
    ],
  },
  {
    slug: 'film-review',
    outlet: 'gazette',
    language: 'en',
    title: 'Review: a war film without a single shot',
    paragraphs: [
      'The film follows a regiment of extras through the making of another film, and never leaves the studio canteen.',
      'It is a treaty on boredom, and the funniest thing this reviewer has seen all year.',
    ],
  },
  {
    slug: 'border-emergency-again',
    outlet: 'gazette',
    language: 'en',
    title: 'State of emergency at Norland’s eastern border as the brigade’s first 1,200 troops arrive',
    paragraphs: [
      'A state of emergency was declared in three districts along Norland’s eastern border as the first 1,200 troops of the mechanised brigade arrived.',
      'The army may close roads there for thirty days, the defence minister told parliament. In all, 4,000 soldiers are on their way.',
    ],
  },
  {
    slug: 'missile-test',
    outlet: 'wire',
    language: 'en',
    title: 'Coast guard warns ships ahead of announced missile test',
    paragraphs: [
      'The coast guard told shipping on Monday to keep clear of a stretch of sea where a ballistic missile test is announced for Thursday.',
      'It would be the third launch this year. Two neighbouring governments protested.',
    ],
  },
  {
    slug: 'emergency-floods',
    outlet: 'wire',
    language: 'en',
    title: 'State of emergency declared in two provinces after floods',
    paragraphs: [
      'The president declared a state of emergency in two southern provinces on Monday after three days of floods.',
      'The decree lets the army build bridges and bars price rises for food and fuel.',
    ],
  },
  {
    slug: 'troops-home',
    outlet: 'wire',
    language: 'en',
    title: 'Last peacekeepers leave island base after eleven years',
    paragraphs: [
      'The last 160 peacekeepers left their base on the island on Monday, completing a withdrawal that began in May.',
      'The mission had been extended four times since the accord was signed. A civilian office of twenty people stays.',
    ],
  },
];
