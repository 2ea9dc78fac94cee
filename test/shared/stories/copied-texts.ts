// Texts of our own, and copies of them as outlets make them: another headline, agency line or byline, a cut tail, other quotes, a foot.
import { joinedSentences, type CopiedText as OwnText } from '../../support/outlet-copies.ts';

export const OWN_TEXTS: readonly OwnText[] = [
  {
    language: 'en',
    title: 'Harbour of Lindmark closed after tanker runs aground',
    sentences: [
      'The harbour of Lindmark was closed on Sunday after a tanker loaded with 30,000 tonnes of rapeseed oil ran aground at its entrance.',
      '“We expect to free the ship at high water tomorrow,” said the harbour master, Ina Rosvall.',
      'Nobody was hurt, and no oil has leaked so far, according to the coast guard.',
      'Two tugs from the neighbouring port of Hamnvik were on their way in the evening.',
      'Ferries to the islands leave from the old fishing quay until the channel is clear.',
      'The tanker, built in 2009, had been inspected in March without complaints.',
    ],
  },
  {
    language: 'en',
    title: 'Teachers in Oakhaven end three-week strike',
    sentences: [
      'Teachers in Oakhaven returned to their schools on Wednesday after their union accepted an offer of 6.5% over two years.',
      'The strike, the longest in the city since 1988, had kept some 41,000 pupils at home for three weeks.',
      '“Nobody got everything, but the classes will be smaller,” said the union’s chair, Delia Marsh.',
      'The city will hire 120 assistants for schools in poorer districts from September.',
      'Parents’ groups welcomed the agreement and asked for the lost lessons to be made up in June.',
    ],
  },
  {
    language: 'de',
    title: 'Brücke bei Altenrode nach Felssturz gesperrt',
    sentences: [
      'Die Straßenbrücke bei Altenrode ist nach einem Felssturz in der Nacht zum Montag für den Verkehr gesperrt worden.',
      '„Wir müssen jeden Pfeiler einzeln prüfen“, sagte die Landrätin Gesine Wolters vor Ort.',
      'Rund 200 Kubikmeter Gestein hatten sich oberhalb der Saale gelöst und einen Pfeiler getroffen.',
      'Verletzt wurde niemand, weil die Strecke wegen Bauarbeiten bereits halb gesperrt war.',
      'Pendler müssen bis auf Weiteres einen Umweg von 23 Kilometern über Kelbra fahren.',
    ],
  },
  {
    language: 'fr',
    title: 'Une fuite d’ammoniac entraîne l’évacuation d’un quartier de Montreval',
    sentences: [
      'Quelque 800 habitants d’un quartier de Montreval ont été évacués mardi matin après une fuite d’ammoniac dans une usine de surgelés.',
      '« Il n’y a plus de danger pour la population », a assuré le préfet, Hervé Lanoix, en fin de journée.',
      'Quatre employés, légèrement intoxiqués, ont été conduits à l’hôpital de la ville voisine.',
      'La fuite provenait d’une vanne remplacée la semaine dernière par une entreprise extérieure.',
      'Une enquête a été ouverte et la production restera arrêtée jusqu’à jeudi.',
    ],
  },
  {
    language: 'ru',
    title: 'В Северореченске закрыли мост после столкновения барж',
    sentences: [
      'Мост через реку в Северореченске закрыли для движения после того, как ночью в его опору врезались две баржи с песком.',
      '«Осмотр опор займет не меньше трех дней», — сообщил глава города Олег Тарасенко.',
      'На баржах находились семь человек, никто из них не пострадал.',
      'Автобусы временно ходят через объездную дорогу, путь стал длиннее на 18 километров.',
      'Прокуратура проверяет, почему на баржах не работали огни.',
    ],
  },
  {
    language: 'es',
    title: 'Un derrumbe bloquea la única carretera a Valdeparra',
    sentences: [
      'Un derrumbe provocado por las lluvias bloqueó en la madrugada del viernes la única carretera que une Valdeparra con la capital de la provincia.',
      '“Trabajamos con tres máquinas y esperamos abrir un carril el domingo”, dijo la alcaldesa, Nuria Quesada.',
      'Unos 1.200 vecinos dependen de la vía para llegar al hospital y a la escuela secundaria.',
      'Un helicóptero trasladó a dos pacientes que necesitaban diálisis.',
      'La carretera ya se había cerrado en enero por un desprendimiento menor.',
    ],
  },
  {
    language: 'zh',
    title: '临江市一座立交桥因裂缝封闭',
    sentences: [
      '临江市交通部门周二宣布，市中心一座建成于1996年的立交桥因桥墩出现裂缝而全面封闭。',
      '“检修至少需要两个月，”交通局副局长何伟民在记者会上说。',
      '每天约有六万辆汽车经过这座桥，附近的三条公交线路已经改道。',
      '工程师是在例行检查中发现裂缝的，目前没有人员受伤。',
      '市民可以通过电话和网络查询绕行路线。',
    ],
  },
  {
    language: 'ar',
    title: 'إغلاق ميناء السدرة بعد جنوح سفينة شحن',
    sentences: [
      'أعلنت سلطات ميناء السدرة إغلاق الميناء يوم الأحد بعد جنوح سفينة شحن محملة بالقمح عند مدخله.',
      'وقال مدير الميناء سالم العبيدي إن تعويم السفينة سيبدأ مع المد في صباح الغد.',
      'ولم يصب أحد من أفراد الطاقم البالغ عددهم 21 بحارا، ولم يتسرب أي وقود إلى البحر.',
      'وتنتظر خمس سفن أخرى في عرض البحر حتى يعاد فتح القناة.',
      'وكانت السفينة قد خضعت لفحص فني في شهر مارس الماضي.',
    ],
  },
];

type Change = readonly [name: string, change: (text: OwnText) => readonly [title: string, text: string]];

const whole = ({ sentences }: OwnText): string => sentences.join(' ');

export const wholeText = ({ sentences }: OwnText): string => joinedSentences(sentences);

/** What outlets do to an agency's text. */
export const CHANGES: readonly Change[] = [
  ['nothing', (text) => [text.title, whole(text)]],
  ['another headline', (text) => [`${text.sentences[0]!.slice(0, 60)}…`, whole(text)]],
  ['an agency line before it', (text) => [text.title, `LINDMARK (Nordwire) — ${whole(text)}`]],
  [
    'a byline and a time before it',
    (text) => [text.title, `By Maria Lopez and Jan Novak | Updated 14:35\n\n${whole(text)}`],
  ],
  [
    'a foot',
    (text) => [text.title, `${whole(text)} Read more on our site. Sign up for updates by e-mail. © 2026 Daily Courier`],
  ],
  ['its last sentence cut', (text) => [text.title, text.sentences.slice(0, -1).join(' ')]],
  ['its second half cut', (text) => [text.title, text.sentences.slice(0, 3).join(' ')]],
  ['all but the first two sentences cut', (text) => [text.title, text.sentences.slice(0, 2).join(' ')]],
  [
    'straight quotes and hyphens',
    (text) => [
      text.title,
      whole(text)
        .replace(/[“”„«»]\s?|\s?[»”]/gu, '"')
        .replace(/’/gu, "'")
        .replace(/—/gu, '-'),
    ],
  ],
  ['every sentence a paragraph', (text) => [text.title, text.sentences.join('\n\n')]],
  [
    'another headline, a byline and a cut tail',
    (text) => [`${text.sentences[0]!.slice(0, 50)}…`, `By our correspondent. ${text.sentences.slice(0, -2).join(' ')}`],
  ],
  ['a mark for what was left out', (text) => [text.title, `${text.sentences.slice(0, 3).join(' ')} […]`]],
];

interface Report {
  readonly title: string;
  readonly text: string;
}

const [HARBOUR, TEACHERS] = OWN_TEXTS as readonly [OwnText, OwnText];
const reportOf = (text: OwnText): Report => ({ title: text.title, text: whole(text) });
const BACKGROUND =
  'The harbour was closed on Sunday after a tanker loaded with rapeseed oil ran aground at its entrance, and ferries to the islands have left from the old quay since.';
const EDITORS =
  'Our picture editors choose the most striking photographs from all continents for you, every day of the week.';

/** Pairs that share much of their texts, and are no copies. */
export const NO_COPIES: readonly { readonly because: string; readonly first: Report; readonly second: Report }[] = [
  {
    because: 'a name inside the text was changed',
    first: reportOf(HARBOUR),
    second: { title: HARBOUR.title, text: whole(HARBOUR).replace('Hamnvik', 'Sandvika') },
  },
  {
    because: 'a number inside the text was changed',
    first: reportOf(TEACHERS),
    second: { title: TEACHERS.title, text: whole(TEACHERS).replace('41,000', '47,000') },
  },
  {
    because: 'the text has a new beginning',
    first: reportOf(HARBOUR),
    second: {
      title: 'Tanker freed from entrance of Lindmark harbour',
      text: `Tugs pulled the tanker free on Monday morning, and the first ferry left the harbour at noon, its crew and passengers cheering from the deck. ${whole(HARBOUR)}`,
    },
  },
  {
    because: 'only the background is the same',
    first: {
      title: 'Pilot of Lindmark tanker questioned by police',
      text: `Police questioned the pilot of the tanker for six hours, his lawyer said, but did not arrest him. ${BACKGROUND}`,
    },
    second: {
      title: 'Lindmark fishermen ask for damages',
      text: `Fishermen who cannot leave the port want the owner of the ship to pay for each lost day at sea. ${BACKGROUND}`,
    },
  },
  {
    because: 'the beginning is the same, but both go on differently',
    first: {
      title: 'Markets in the morning: bonds fall',
      text: `This is what moves prices on the exchanges of the region in the first hour of trading. Bonds fell after the central bank had hinted at another rise, and dealers in the capital spoke of nervous clients who sold whatever they could sell before the weekend, banks most of all, while gold hardly moved.`,
    },
    second: {
      title: 'Markets in the morning: wheat rises',
      text: `This is what moves prices on the exchanges of the region in the first hour of trading. Wheat rose when the rains in the north went on for another week, and millers bought flour from abroad as long as the harbours could take the ships that waited outside, though freight had become much dearer since spring.`,
    },
  },
  {
    because: 'the headline has a number that is not in the text',
    first: reportOf(HARBOUR),
    second: { title: 'Lindmark harbour: 12 ships wait', text: whole(HARBOUR) },
  },
  {
    because: 'the same lines stand under every headline of a feed',
    first: { title: 'Floods in Valdeparra and a home run', text: EDITORS },
    second: { title: 'Rare armadillos, pan bashing and a stamp', text: EDITORS },
  },
];
