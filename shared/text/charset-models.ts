// What the detector knows of news text: by language, the characters that it is written with, most frequent first.
// Orders are rough, from general knowledge of each language; the detector needs no more.

export interface CharsetModel {
  readonly language: string;
  /** By the names of the Encoding Standard. The likelier first. */
  readonly encodings: readonly string[];
  /** Characters beyond ASCII, in lower case, most frequent first. */
  readonly frequent: string;
  /** What else is usual: the characters of an encoding whose first bytes are in these ranges, as its standard orders them by use. */
  readonly usual?: { readonly encoding: string; readonly leads: readonly (readonly [first: number, last: number])[] };
  /** Few publish in it, and its letters stand where those of languages stand in which many do. */
  readonly isRare?: boolean;
}

const CYRILLIC = ['windows-1251', 'koi8-r', 'iso-8859-5', 'ibm866'];
const CENTRAL = ['windows-1250', 'iso-8859-2'];
const WESTERN = ['windows-1252'];

const western = (language: string, frequent: string): CharsetModel => ({ language, encodings: WESTERN, frequent });
const central = (language: string, frequent: string): CharsetModel => ({ language, encodings: CENTRAL, frequent });

export const CHARSET_MODELS: readonly CharsetModel[] = [
  // The order among equals: the first wins.
  western('fr', 'éèàêçùîôâûœëïü'),
  western('de', 'üäößé'),
  western('es', 'óíáéñúü¿¡'),
  western('pt', 'ãçáéíóõêúâàô'),
  western('it', 'èàùòìé'),
  western('sv', 'äåöé'),
  western('da', 'åøæé'),
  { ...western('is', 'áíðéúóöæþý'), isRare: true },
  western('ca', 'óéàèíçòïúü·'),
  western('nl', 'éëïèö'),
  western('fi', 'äöå'),
  western('et', 'äõüöšž'),
  central('pl', 'łóążęśćńź'),
  central('cs', 'íáéěýžčřšůúťóďň'),
  central('sk', 'áíéčýžšúťľôňďóäĺŕ'),
  central('hu', 'áéöóőíüúű'),
  central('hr', 'čšžćđ'),
  central('sl', 'čšž'),
  central('ro', 'ăîâşţ'),
  { language: 'tr', encodings: ['windows-1254'], frequent: 'ıişüğçöİâ' },
  { language: 'lt', encodings: ['windows-1257'], frequent: 'ėšųžūčįęą' },
  { language: 'lv', encodings: ['windows-1257'], frequent: 'āīēšūņļžģķč' },
  // The encoding has letters with signs, and tones of their own that follow.
  { language: 'vi', encodings: ['windows-1258'], frequent: '\u0301\u0323\u0300ưôđâêơ\u0309áàăíóú\u0303ùéè' },
  // Encodings that hold these are followed where they are named, but not guessed.
  { language: 'mt', encodings: [], frequent: 'ħżġċà' },
  { language: 'eo', encodings: [], frequent: 'ĉĝŭŝĵĥ' },
  { language: 'cy', encodings: [], frequent: 'ôâŵîŷê' },
  { language: 'ru', encodings: CYRILLIC, frequent: 'оеаинтсрвлкмдпуяыьзгбчйхжшюцщэфъё' },
  { language: 'uk', encodings: ['windows-1251', 'koi8-u'], frequent: 'оанивтіересклудпмязйьгбчхцюжїшщфєґ' },
  {
    language: 'be',
    encodings: ['windows-1251', 'koi8-u', 'iso-8859-5'],
    frequent: 'аніеоярктсдлпыўзумцьбагвйчхжшюэёф',
    isRare: true,
  },
  { language: 'bg', encodings: CYRILLIC, frequent: 'аоиетнрсвлкдпмзябгъучжцщхшйюфь' },
  { language: 'sr', encodings: CYRILLIC, frequent: 'аоиенрстјвукдпмлзгбчцшхњћжљђфџ' },
  { language: 'el', encodings: ['windows-1253', 'iso-8859-7'], frequent: 'αοιετνσρκπμςλυήηόίέάγθδωύφχβξώζψϊ' },
  { language: 'ar', encodings: ['windows-1256', 'iso-8859-6'], frequent: 'اليموتنربةعدسفهكقأحجشصىطخإءذغزئثضؤظآ' },
  { language: 'fa', encodings: ['windows-1256'], frequent: 'ایرندهمتوبسشکلزفگعخقجحچپصغآيكطضذثظژئ' },
  { language: 'he', encodings: ['windows-1255', 'iso-8859-8'], frequent: 'יוהלאתרבמנשחקדםעפצכסטגןזךףץ' },
  {
    language: 'th',
    encodings: ['windows-874'],
    frequent: 'านรอกเงมยลวดทสตะปบคหแจพชขใไโผณถซศธภฎฐษฉญฟฝ่้ีัิ์ืุู็ํำๆ',
  },
  {
    language: 'ja',
    encodings: ['shift_jis', 'euc-jp'],
    frequent:
      'のにをたはがでとしていなるかられっもさこーンりスあルトまリイうくやアラドックきけレよロタせめシちつテそフれマえおジコろプみほメわサ日本年大国人会中一月事東首相者政新米後市議部見地方社出上時選業明合同長自党民前回行円開発表全対内関問立定経代金化調査',
    // Kana, and the kanji of level 1.
    usual: {
      encoding: 'euc-jp',
      leads: [
        [0xa4, 0xa5],
        [0xb0, 0xcf],
      ],
    },
  },
  {
    language: 'ko',
    encodings: ['euc-kr'],
    frequent:
      '이다는에의을가고하지은로사한기도대자인리스시나어정서으일있그상수들부해라보전원제장주구아여비공만무국동우세게성신선관과오경방면조중유적연마안미화년북러군통령월회의했된된위차계내소문당실식불외재물발개말영진운심생결금출산업교품을단건반남강력여야권총합단체민간표명결과분석보도뉴치행약요했습니었던까지와',
    usual: { encoding: 'euc-kr', leads: [[0xb0, 0xc8]] },
  },
  {
    language: 'zh-Hans',
    encodings: ['gb18030'],
    frequent:
      '的一国在中人和是了有大不年为上会这时发要经以个对地来方者日我到他行成家出学业新民美生部于全市进现分前后说月里们作公动政能多主本关下长也加可将工力高就开产两外定机面过平表场报同与资设实被重子合体物名利其社世海第理事得北法所性最明电等当安议总统府军战斗从还已并据',
    // Level 1 of GB 2312.
    usual: { encoding: 'gbk', leads: [[0xb0, 0xd7]] },
  },
  {
    language: 'zh-Hant',
    encodings: ['big5'],
    frequent:
      '的一國在中人和是了有大不年為上會這時發要經以個對地來方者日我到他行成家出學業新民美生部於全市進現分前後說月裡們作公動政能多主本關下長也加可將工力高就開產兩外定機面過平表場報同與資設實被重子合體物名利其社世海第理事得北法所性最明電等當安議總統府軍戰鬥從還已並據台灣',
    // The characters in frequent use.
    usual: { encoding: 'big5', leads: [[0xa4, 0xc6]] },
  },
];
