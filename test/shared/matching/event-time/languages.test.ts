// What each language other than English says of when something happened. The day of all examples is 10 May 2023.

import { readdirSync } from 'node:fs';
import type { EventTime } from '../../../../shared/matching/event-time/event-times.ts';
import { judge } from './judge.ts';

type Examples = Readonly<Record<EventTime, readonly string[]>>;

const EXAMPLES: Readonly<Record<string, Examples>> = {
  fr: {
    now: [
      'Le ministère a «déployé des troupes» lundi.',
      'Le Parlement «ratifie» le «traité» de 1998.',
      'C’est le premier «déploiement» de «troupes» depuis 2014.',
      'C’est le plus grand «déploiement» depuis la guerre froide.',
      'Depuis 2014, le pays «déploie des soldats» là-bas.',
      'Deux personnes sont mortes quand un «missile» a «frappé» une maison.',
      'La Géorgie, qui a rejoint l’alliance en 2014, «envoie des troupes».',
      'La Pologne «livre des chars» construits en 1985.',
      'Ils ont «envoyé des troupes» en 2022.',
      'Le musée est fermé ; ils ont «envoyé des troupes».',
    ],
    background: [
      'Les prix ont doublé depuis que des «sanctions» ont été «imposées».',
      'La «force» qui avait été «envoyée» au Mali est rentrée.',
      'Ils avaient «envoyé des troupes» l’année dernière.',
    ],
    history: [
      'L’Italie a «envoyé des troupes» à Tripoli en 1911.',
      'En 1911, l’Italie a «envoyé des troupes» à Tripoli.',
      'Ils ont «envoyé des troupes» le 3 mars 2003.',
      '1911 : l’Italie «envoie des troupes» à Tripoli.',
      'Des «troupes» étaient «stationnées» ici pendant la guerre froide.',
      'L’Égypte a «envoyé des troupes» pendant la guerre de 1973.',
      'Des «soldats» ont été «envoyés» ici dans les années 1980.',
      'Il y a trente ans, ils ont «envoyé des troupes».',
      'Ils ont «envoyé des troupes» au XIXe siècle.',
      'La ville fête le 80e anniversaire du «débarquement» des «troupes».',
      'L’ancien ministre est mort à l’âge de 91 ans | Il «envoya des troupes» à Suez.',
    ],
  },
  es: {
    now: [
      'El ministerio «desplegó tropas» el lunes.',
      'El Senado «ratificó» el «tratado» de 1998.',
      'Es el primer «despliegue» de «tropas» desde 2014.',
      'Es el mayor «despliegue» desde la Guerra Fría.',
      'Desde 2014 el país «ha desplegado tropas» allí.',
      'Dos personas murieron cuando un «misil» «alcanzó» una casa.',
      'Georgia, que entró en la alianza en 2014, «envió tropas».',
      'Polonia «entrega tanques» construidos en 1985.',
      'Lanzaron «misiles» desde la base del «norte».',
      'En 2022 «enviaron tropas».',
      'Acordaron un «alto el fuego» de treinta días.',
    ],
    background: [
      'Los precios se duplicaron desde que se «impusieron sanciones».',
      'La «fuerza» que había sido «enviada» a Malí volvió.',
      'El año pasado «enviaron tropas».',
    ],
    history: [
      'Italia «envió tropas» a Trípoli en 1911.',
      'En 1911, Italia «envió tropas» a Trípoli.',
      '«Enviaron tropas» el 3 de marzo de 2003.',
      '1911: Italia «envía tropas» a Trípoli.',
      'Hubo «tropas estacionadas» aquí durante la Guerra Fría.',
      'Egipto «envió tropas» en la guerra de 1973.',
      'Aquí se «enviaron soldados» en los años ochenta.',
      'Hace treinta años «enviaron tropas».',
      'Se «enviaron tropas» en el siglo XIX.',
      'La ciudad celebra el aniversario del «desembarco» de las «tropas».',
      'Muere a los 91 años el exministro | Él «envió tropas» a la isla.',
    ],
  },
  de: {
    now: [
      'Das Ministerium «schickte» am Montag «Truppen».',
      'Das Parlament «ratifizierte» den «Vertrag» von 1998.',
      'Es ist die erste «Entsendung» von «Truppen» seit 2014.',
      'Es ist der größte «Einsatz» seit dem Kalten Krieg.',
      'Seit 2014 «schickt» das Land «Soldaten» dorthin.',
      'Zwei Menschen starben, als eine «Rakete» ein Haus «traf».',
      'Georgien, das 2014 dem Bündnis beitrat, «schickt Truppen».',
      'Polen «liefert Panzer», die 1985 gebaut wurden.',
      'Das Land «schickt» 2015 Soldaten und «Panzer».',
      '2022 «schickten» sie «Truppen».',
    ],
    background: [
      'Die Preise stiegen, seitdem «Sanktionen verhängt» wurden.',
      'Nachdem das Parlament den «Vertrag ratifiziert» hatte, gingen alle heim.',
      'Voriges Jahr «schickten» sie «Truppen».',
    ],
    history: [
      'Italien «schickte» 1911 «Truppen» nach Tripolis.',
      'Im Jahr 1911 «schickte» Italien «Truppen» nach Tripolis.',
      'Am 3. März 2003 «schickten» sie «Truppen».',
      '1911: Italien «schickt Truppen» nach Tripolis.',
      'Im Kalten Krieg waren hier «Truppen stationiert».',
      'Ägypten «schickte Truppen» im Krieg von 1973.',
      'In den 1980er Jahren waren hier «Truppen stationiert».',
      'Vor dreißig Jahren «schickten» sie «Truppen».',
      'Im 19. Jahrhundert «schickten» sie «Truppen».',
      'Die Stadt feiert den Jahrestag der «Landung» der «Truppen».',
      'Ex-Minister im Alter von 91 Jahren gestorben | Er «schickte Truppen» auf die Insel.',
    ],
  },
  ru: {
    now: [
      'Министерство «направило войска» в понедельник.',
      'Парламент «ратифицировал договор» 1998 года.',
      'Это первое «размещение войск» с 2014 года.',
      'Это крупнейшая «переброска войск» со времён холодной войны.',
      'С 2014 года страна «размещает» там «войска».',
      'Два человека погибли, когда «ракета попала» в дом.',
      'Грузия, которая вступила в союз в 2014 году, «отправляет войска».',
      'В 2022 году они «отправили войска».',
      'Они «отправят войска» к 2030 году.',
      'Около 2015 солдат «отправлены» на «границу».',
    ],
    background: [
      'Цены выросли с тех пор, как были «введены санкции».',
      'В прошлом году они «отправили войска».',
      'Год назад страна «направила войска».',
    ],
    history: [
      'Италия «направила войска» в Триполи в 1911 году.',
      'В 1911 году Италия «направила войска» в Триполи.',
      'Они «ввели войска» 3 марта 2003 года.',
      '1911: Италия «отправляет войска» в Триполи.',
      'Здесь «стояли войска» во время холодной войны.',
      'В годы Второй мировой войны сюда «отправили войска».',
      'В 1980-х годах здесь «размещались войска».',
      'Тридцать лет назад они «ввели войска».',
      'В XIX веке они «отправили войска».',
      'Город отмечает годовщину «высадки войск».',
      'Умер бывший министр, ему было 91 год | Он «отправил войска» на остров.',
    ],
  },
  uk: {
    now: [
      'Міністерство «направило війська» в понеділок.',
      'Парламент «ратифікував договір» 1998 року.',
      'Це перше «розміщення військ» з 2014 року.',
      'Це найбільше «перекидання військ» з часів холодної війни.',
      'З 2014 року країна «розміщує» там «війська».',
      'Двоє людей загинули, коли «ракета влучила» в будинок.',
      'Грузія, яка вступила до союзу у 2014 році, «відправляє війська».',
      'У 2022 році вони «відправили війська».',
      'Вони «відправлять війська» до 2030 року.',
    ],
    background: [
      'Ціни зросли, відколи було «запроваджено санкції».',
      'Торік вони «відправили війська».',
      'Рік тому країна «направила війська».',
    ],
    history: [
      'Італія «направила війська» до Триполі у 1911 році.',
      'У 1911 році Італія «направила війська» до Триполі.',
      'Вони «ввели війська» 3 березня 2003 року.',
      '1911: Італія «відправляє війська» до Триполі.',
      'Тут «стояли війська» під час холодної війни.',
      'Під час Другої світової війни сюди «відправили війська».',
      'У 1980-х роках тут «розміщувалися війська».',
      'Тридцять років тому вони «ввели війська».',
      'У XIX столітті вони «відправили війська».',
      'Місто відзначає річницю «висадки військ».',
    ],
  },
  ar: {
    now: [
      'أرسلت الوزارة «قوات» إلى «الحدود» يوم الاثنين.',
      'صادق البرلمان على «معاهدة» عام 1998 و«التصديق» قائم.',
      'هذا أول «نشر» ل«قوات» هناك منذ عام 2014.',
      'هذا أكبر «انتشار للقوات» منذ الحرب الباردة.',
      'منذ عام 2014 «تنشر» البلاد «قوات» هناك.',
      'قتل شخصان عندما «أصاب صاروخ» منزلا.',
      'جورجيا، التي انضمت إلى الحلف في عام 2014، «ترسل قوات».',
      'في عام 2022 «أرسلوا قوات».',
      'سوف «يرسلون قوات» في عام 2030.',
    ],
    background: [
      'ارتفعت الأسعار منذ أن «فرضت عقوبات».',
      'في العام الماضي «أرسلوا قوات».',
      'عاد الجنود بعد أن كان البرلمان قد «صادق» على «المعاهدة».',
    ],
    history: [
      'أرسلت إيطاليا «قوات» إلى «طرابلس» في عام 1911.',
      'في عام 1911، «أرسلت» إيطاليا «قوات» إلى طرابلس.',
      'في عام ١٩١١، «أرسلت» إيطاليا «قوات» إلى طرابلس.',
      '1911: إيطاليا «ترسل قوات» إلى طرابلس.',
      'كانت هنا «قوات متمركزة» خلال الحرب الباردة.',
      '«أرسلوا قوات» في مارس 2003.',
      'قبل ثلاثين عاما «أرسلوا قوات».',
      'في القرن التاسع عشر «أرسلوا قوات».',
      'تحتفل المدينة بذكرى «إنزال القوات».',
      'في ثمانينيات القرن الماضي «أرسلوا قوات».',
    ],
  },
  zh: {
    now: [
      '国防部周一«派遣部队»。',
      '议会«批准»了1998年«条约»。',
      '这是2014年以来首次«部署军队»。',
      '这是冷战以来最大规模的«部署»。',
      '自2014年以来该国一直«部署军队»。',
      '格鲁吉亚«派遣军队»，该国2014年加入联盟。',
      '2022年该国«派遣军队»。',
      '该国将在2030年前«派遣军队»。',
      '约2015名«士兵»已«部署»。',
      '歐盟2027年前«停用»俄羅斯«天然氣»。',
      '朝鲜指责美韩«战争演习»。',
      '他们昨天«派遣军队»。',
    ],
    background: ['去年该国«派遣军队»。', '该国曾«派遣军队»。', '老漁民說，«協定生效»前這裡沒有界線。'],
    history: [
      '1911年，意大利向的黎波里«派遣军队»。',
      '意大利于1911年«派遣军队»。',
      '該國在2003年3月«派遣軍隊»。',
      '1911年：意大利«派遣军队»。',
      '冷战时期，这里«驻扎军队»。',
      '第二次世界大战期间，该国«派遣军队»。',
      '上世纪80年代，该国«派遣军队»。',
      '三十年前，该国«派遣军队»。',
      '19世纪，该国«派遣军队»。',
      '博物馆展出«军队登陆»的照片。',
      '该市纪念«军队登陆»八十周年。',
    ],
  },
  ja: {
    now: [
      '国防省は月曜日に«部隊»を«派遣»した。',
      '議会は1998年の«条約»を«批准»した。',
      '«部隊派遣»は2014年以来初めて。',
      '冷戦以来最大の«部隊派遣»となる。',
      '2014年から同国は«部隊»を«派遣»している。',
      '2014年に同盟に入ったジョージアは、«部隊»を«派遣»する。',
      '2022年に«部隊»を«派遣»した。',
      '6日、«部隊»を«派遣»した。',
      '1985年に造られた«戦車»を«供与»する方針だ。',
      '2015人の«兵士»を«派遣»した。',
    ],
    background: [
      '昨年、同国は«部隊»を«派遣»した。',
      '«制裁»が«発動»されて以来、物価は上がった。',
      '一年前に«部隊»を«派遣»した。',
    ],
    history: [
      '1911年、イタリアは«部隊»を«派遣»した。',
      'イタリアは1911年に«部隊»を«派遣»した。',
      '同国は2003年3月に«部隊»を«派遣»した。',
      '1911年：イタリアが«部隊»を«派遣»。',
      '冷戦時代、ここに«部隊»が«駐留»した。',
      '第二次世界大戦中、«部隊»を«派遣»した。',
      '1980年代に«部隊»を«派遣»した。',
      '30年前、同国は«部隊»を«派遣»した。',
      '19世紀に«部隊»を«派遣»した。',
      '博物館は«部隊上陸»の写真を展示している。',
      '市は«部隊上陸»80周年を祝った。',
    ],
  },
  ko: {
    now: [
      '국방부는 월요일 «병력»을 «파견»했다.',
      '국회는 1998년 «조약»을 «비준»했다.',
      '2014년 이후 첫 «병력 파견»이다.',
      '냉전 이후 최대 규모의 «병력 배치»다.',
      '2014년부터 이 나라는 «병력»을 «배치»하고 있다.',
      '2014년에 동맹에 가입한 조지아가, «병력»을 «파견»한다.',
      '2022년 «병력»을 «파견»했다.',
      '6일 «병력»을 «파견»했다.',
      '1985년에 만든 «전차»를 «지원»하기로 했다.',
      '약 2015명의 «병력»이 «파견»됐다.',
    ],
    background: [
      '지난해 이 나라는 «병력»을 «파견»했다.',
      '«제재»가 «시행»된 이래 물가가 올랐다.',
      '말리에 «파견»됐던 «부대»가 돌아왔다.',
    ],
    history: [
      '1911년, 이탈리아는 «병력»을 «파견»했다.',
      '이탈리아는 1911년에 «병력»을 «파견»했다.',
      '이 나라는 2003년 3월 «병력»을 «파견»했다.',
      '1911년: 이탈리아, «병력 파견».',
      '냉전 시대에 이곳에 «병력»이 «주둔»했다.',
      '제2차 세계대전 당시 «병력»을 «파견»했다.',
      '1980년대에 «병력»을 «파견»했다.',
      '30년 전 «병력»을 «파견»했다.',
      '19세기에 «병력»을 «파견»했다.',
      '박물관은 «군대 상륙» 사진을 전시한다.',
      '시는 «군대 상륙» 80주년을 맞았다.',
    ],
  },
};

describe.each(Object.entries(EXAMPLES))('the words for time in %s', (language, examples) => {
  const rows = (Object.entries(examples) as [EventTime, readonly string[]][]).flatMap(([time, sentences]) =>
    sentences.map((sentence) => [time, sentence] as const),
  );

  it.each(rows)('say %s: %s', (time, sentence) => {
    expect(judge(sentence, language).time).toBe(time);
  });

  it('are proven by at least twelve examples', () => {
    expect(rows.length).toBeGreaterThanOrEqual(12);
  });
});

it('every language whose words for time are known has examples', () => {
  const files = readdirSync('shared/matching/event-time/words').filter((name) => name !== 'languages.ts');

  expect(files.map((name) => name.slice(0, -'.ts'.length)).sort()).toEqual(['en', ...Object.keys(EXAMPLES)].sort());
});

it('a language whose words are not known has news only', () => {
  expect(judge('Olaszország 1911-ben «csapatokat küldött».', 'hu')).toEqual({ time: 'now', reason: '' });
});
