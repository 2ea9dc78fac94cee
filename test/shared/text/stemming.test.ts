import { foldWord } from '../../../shared/text/fold.ts';
import { stemWord } from '../../../shared/text/stemming.ts';
import { fc } from '../../support/properties.ts';

/** Each line: words that must share a key. */
const MEET: Readonly<Record<string, string>> = {
  en: `
    deploy deploys deployed deploying Deployed
    impose imposes imposed imposing
    strike strikes striking struck
    withdraw withdraws withdrew withdrawn withdrawing
    treaty treaties
    sanction sanctions sanctioned
    ally allies allied
    agree agrees agreed agreeing
    ceasefire ceasefires
    soldier soldiers soldier's soldiers'
    serviceman servicemen
    send sends sent sending
    take takes took taken
    freeze freezes froze frozen
    free freed freeing
    boycott boycotts boycotted
    sortie sorties
    veto vetoes vetoed
    expel expels expelled expelling
    crisis crises
    die dies died dying
    mobilise mobilize mobilised mobilizing
    armoured armored
    centre center centres
    defence defense defences
    programme program programmes
    manoeuvre maneuver manoeuvres manoeuvring
    analyse analyze analysed
    dialogue dialog
    naïve naive
    fuel fuels fuelled fueled fuelling
    practice practise practised practising`,
  ru: `
    войска войск войсками войскам
    отправить отправил отправила отправили отправит
    договор договора договору договоры
    ратифицировать ратифицирует ратифицировал ратифицировали ратифицирован
    санкция санкции санкций санкциями
    генерал генерала генералу генералы
    боец бойца бойцы бойцов
    визит визита визиты
    обмен обмена обмене
    Лавров Лаврова Лаврову
    Иран Ирана Ирану Ираном
    Киев Киева Киеве
    ввести ввел ввёл введены введут
    перемирие перемирия перемирию
    переговоры переговоров переговорам
    военнослужащий военнослужащие военнослужащих
    требовать требует требовал требуют
    ракета ракеты ракет ракетами
    люди людей людям
    Королёв Королев Королева
    поставка поставки поставок
    забастовка забастовки забастовок
    участок участка участки участков
    посол посла послы послов
    гражданин граждане граждан
    убить убил убиты убьет
    погибнуть погиб погибли`,
  fr: `
    soldat soldats
    troupe troupes
    envoyer envoie envoyé envoyés enverra envoyait
    déployer déploie déployé déployées déploieront
    ratifier ratifie ratifié ratifiée ratifiera
    imposer impose imposé imposées imposait
    traité traités
    général généraux
    retirer retire retiré retirent
    reprendre repris reprend reprennent
    soumettre soumis soumet
    maintenir maintient maintenu
    combattre combat combattu combattent
    détruire détruit détruits détruisent
    frapper frappe frappé frappes
    militaire militaires
    directeur directrice
    envahir envahit envahi envahissent
    négociation négociations
    élire élu élue élus
    français française françaises
    public publique
    tuer tue tué tués tuées tuent tuant
    nier nie nié nient`,
  es: `
    soldado soldados
    tropa tropas
    enviar envía envió enviaron enviado enviadas enviará
    desplegar despliega desplegó desplegaron desplegados despliegan
    ratificar ratificó ratifica ratificaron ratifique
    sanción sanciones
    imponer impuso impusieron impone impuestas
    tratado tratados
    retirar retira retiró retirarse retirado
    mantener mantiene mantuvo
    destruir destruye destruyó destruidos
    reforzar refuerza reforzó
    atacar ataque atacó atacaron ataques
    liberar libera liberó liberados
    misil misiles
    defender defiende defendió
    general generales
    voz voces
    alemán alemana alemanes
    rehén rehenes
    capitán capitanes`,
  pt: `
    soldado soldados
    tropa tropas
    enviar envia enviou enviaram enviado enviadas enviará
    ratificar ratificou ratificaram ratifique
    sanção sanções
    impor impôs impuseram imposta
    míssil mísseis
    general generais
    homem homens
    atacar ataque atacou atacaram
    retirar retirou retirada retiram
    acordo acordos
    manter mantém manteve
    destruir destruiu destruídos
    negociação negociações
    francês francesa franceses
    país países`,
  it: `
    soldato soldati
    truppa truppe
    inviare invia inviò inviato inviati invierà inviarlo
    ratificare ratifica ratificato ratificò
    sanzione sanzioni
    imporre impone imposto imposte
    trattato trattati
    attacco attacchi
    attaccare attaccano attaccato
    ritirare ritira ritirato ritirarsi
    mantenere mantiene mantenuto
    distruggere distrutto distrutti
    colpire colpisce colpito colpiti
    arrivare arriva arrivano arrivato
    uomo uomini
    talebano talebani
    uccidere ucciso uccisi uccide
    militare militari
    nucleare nucleari
    popolare popolari`,
  de: `
    Soldat Soldaten
    Truppe Truppen
    Vertrag Verträge Vertrags Verträgen
    Angriff Angriffe Angriffen Angriffs
    angreifen angegriffen
    liefern liefert lieferte geliefert lieferten
    abziehen abgezogen abzog
    entsenden entsandt entsandte
    ratifizieren ratifiziert ratifizierte
    Sanktion Sanktionen
    Rakete Raketen
    verhängen verhängt verhängte
    beschießen beschossen beschoss
    Verhandlung Verhandlungen
    Gefecht Gefechte Gefechten
    Mann Männer Männern
    Problem Probleme Problemen
    Straße Strassen
    Minister Ministers Ministern
    Soldatin Soldatinnen`,
  ar: `
    قوات القوات وقوات بالقوات
    جندي جنود الجنود
    صاروخ صواريخ الصواريخ
    معاهدة المعاهدة معاهدات
    عقوبات العقوبات عقوبة
    وزير الوزير وزراء الوزراء
    غارة غارات الغارات
    مفاوضات المفاوضات
    هدنة الهدنة للهدنة
    اتفاقية الاتفاقية اتفاقيات
    وقع وقعت وقعوا
    مسلح مسلحون مسلحين المسلحين
    أسلحة سلاح الأسلحة
    دَوْلَة دولة الدول`,
  fa: `
    کشور کشورها کشورهای
    نیرو نیروها نیروهای
    موشک موشک‌ها موشکهای
    ارتش ارتشی`,
  pl: `
    żołnierz żołnierze żołnierzy żołnierzom
    wojsko wojska wojsk wojskami
    wysłać wysłał wysłała wysłali wyśle
    umowa umowy umowę umów
    traktat traktaty traktatu traktatów
    sankcja sankcje sankcji sankcjami
    rakieta rakiety rakiet rakiecie
    atak ataki ataków atakiem
    atakować atakuje atakował atakowali
    rozmowa rozmowy rozmów
    ratyfikować ratyfikował ratyfikuje
    zniszczyć zniszczył zniszczyli zniszczony
    minister ministrowie
    obrona obrony obronę
    prezydent prezydenta prezydentem
    wejść wszedł weszła wejdzie
    wojna wojny wojen
    zabić zabił zabili zabity
    prezydent prezydenci
    podpisać podpisał podpisano`,
  tr: `
    asker askerler askerleri askerlerin
    ordu ordusu orduya ordunun
    anlaşma anlaşması anlaşmayı anlaşmanın
    saldırı saldırılar saldırıda saldırıları
    göndermek gönderdi gönderecek gönderiyor gönderdiği
    füze füzeler füzeleri
    Türkiye Türkiye'nin Türkiye’de
    savaş savaşın savaşta savaşlar
    İran İran'ın İran'da
    imzalamak imzaladı imzaladılar imzalayacak
    yaptırım yaptırımlar yaptırımları
    ülke ülkeler ülkelerin ülkelerde ülkelerden ülkelere ülkeleri
    ülke ülkenin ülkeye ülkede ülkeden ülkeyi ülkeyle
    ülke ülkesi ülkesinde ülkesinden ülkesine ülkesini ülkesinin ülkemiz ülkeniz
    ülke ülkedeki ülkedekiler ülkeymiş ülkeydi ülkedir ülkedirler
    asker askerlerle askerde askerden askere askerdir askerimiz askeriniz askeriyle
    göndermek gönderdi gönderdiler gönderdim gönderdik gönderdin
    göndermek gönderiyor gönderiyorlar gönderiyorum gönderiyorsun gönderiyoruz gönderiyordu gönderiyormuş göndermiyor
    göndermek gönderecek gönderecekler gönderecekti göndereceği göndereceğini
    göndermek göndermiş göndermişler göndermişti göndermiştir
    göndermek göndermekte göndermekten göndermekle göndermektedir göndermeye göndermeyi
    göndermek gönderme göndermesi göndermesini göndermesinin göndermesine göndermesinde göndermesinden
    göndermek göndermeli göndermelidir göndererek
    göndermek gönderdiği gönderdikleri gönderdikten gönderdiğine gönderdiğini gönderdiğinin gönderdiğinde gönderdiğinden
    beklemek bekledi bekliyor bekleyecek beklediği
    saldırmak saldırdı saldırıyor saldıracak saldırmış saldırmasını saldırdığını saldırarak
    harp harpte harpten
    ağaç ağaçta ağaçtan
    kitap kitabı kitaplar kitabın kitapta
    asker askeri
    ateşkes ateşkesi ateşkese ateşkesin ateşkesten
    tatbikat tatbikatı tatbikata tatbikatlar tatbikatın
    savaş savaşı savaşa
    bakan bakanı bakanlar bakanın bakandan
    başkan başkanı başkanın
    polis polisi polisler polise
    parti partisi partiler partinin
    hükümet hükümeti hükümetin hükümete
    barış barışı barışa barışın
    devlet devleti devletin devletler
    meclis meclisi mecliste meclisin
    seçim seçimler seçimi seçimleri seçimde
    sınır sınırı sınıra sınırda sınırları`,
  uk: `
    війська військ військами
    відправити відправив відправила відправлять
    договір договору договори
    ратифікувати ратифікував ратифікує ратифіковано
    солдат солдати солдатів
    обстріл обстріли обстрілів
    рішення рішень рішенням
    санкція санкції санкцій санкціями
    боєць бійці бійців
    угода угоди угоду угод
    Київ Києва Києві
    визнати визнав визнала визнають
    Зеленський Зеленського Зеленському
    ракета ракети ракет ракетами
    липень липня
    війна війни війною
    ввести ввів введено
    навчання навчань навчанням
    озброєння озброєнь
    зброя зброї зброю зброєю
    військовий військова військові військових
    корабель корабля кораблі кораблів
    посол посла посли послів`,
};

/** Each line: words of which no two may share a key. */
const APART: Readonly<Record<string, string>> = {
  en: `
    treaty treat
    arms arm
    news new
    customs custom
    policy police
    universe university
    international internal
    organ organization
    operate opera
    united unit
    deploy deployment
    ratify ratification
    hamas hama
    boycott boy
    plan plane
    morale moral
    yemen yeman
    goods good
    econom economics
    accord according`,
  ru: `
    войско воин
    решение решить
    визит виза
    договор дверь
    мир мера
    наступление наступить
    посол после
    восток вост`,
  fr: `
    traité traiter
    troupe troupeau
    armée armer
    million mille
    président présider
    paix payer
    accord corde
    visite viser`,
  uk: `
    військо війна
    рішення рішучий
    угода угорець
    мир море
    перемовини перемога`,
  es: `
    acuerdo acordar
    tropa trópico
    misil misión
    tratado tratante
    paz pasar
    guerra guerrilla`,
  pt: `
    acordo cordão
    tropa trópico
    míssil missão
    soldado solução
    paz pasto
    guerra guerrilha`,
  it: `
    truppa tropico
    missile missione
    trattato trattativa
    guerra guerriglia
    accordo corda
    pace pacco
    militare militante`,
  de: `
    Vertrag vertreten
    Truppe Tropfen
    Angriff angreifen
    Gericht richten
    Krieg kriegerisch
    Frieden Friedhof
    beginnen Beginen`,
  ar: `
    قوات قوانين
    وزير زيارة
    حرب حزب
    هدنة هندسة`,
  fa: `
    جنگ جنگل
    کشور کشتی
    ارتش آتش
    موشک موش`,
  pl: `
    wojsko wojewoda
    umowa umieć
    rakieta rak
    wojna wojsko
    rozmowa rozum`,
  tr: `
    asker askı
    savaş savcı
    füze fuar
    ordu orta
    bakan bakmak
    hükümet hukuk
    barış bar
    devlet dev`,
};

const linesOf = (list: string): string[][] =>
  list
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' '));

describe.each(Object.keys(MEET))('bare words in %s', (language) => {
  test.each(linesOf(MEET[language]!))('forms of %s meet', (...words) => {
    const keys = words.map((word) => `${word}: ${stemWord(word, language)}`);
    expect(keys).toEqual(words.map((word) => `${word}: ${stemWord(words[0]!, language)}`));
  });

  test.each(linesOf(APART[language]!))('%s and %s stay different', (...words) => {
    expect(new Set(words.map((word) => stemWord(word, language))).size).toBe(words.length);
  });

  test('case, composition and the kind of apostrophe make no difference', () => {
    for (const word of linesOf(MEET[language]!).flat()) {
      const key = stemWord(word, language);
      expect(stemWord(word.toLocaleUpperCase(language), language)).toBe(key);
      expect(stemWord(word.normalize('NFD'), language)).toBe(key);
      expect(stemWord(word.replaceAll("'", '\u2019'), language)).toBe(key);
    }
  });
});

test.each(Object.keys(MEET))('any text has a folded key in %s, the same each time', (language) => {
  const alphabet = fc.constantFrom(...new Set(`${MEET[language]} '-\u2019\u0301`));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: alphabet, maxLength: 20 }), fc.string({ unit: 'binary' })), (text) => {
      const key = stemWord(text, language);
      expect(foldWord(key)).toBe(key);
      expect(stemWord(text, language)).toBe(key);
      if (/\p{L}/u.test(foldWord(text))) expect(key).not.toBe('');
    }),
    { numRuns: 500 },
  );
});

test.each(Object.keys(MEET))('words of another script keep their letters in %s', (language) => {
  const foreign = ['ru', 'uk', 'ar', 'fa'].includes(language) ? 'brigades' : 'бригады';
  expect(stemWord(foreign, language)).toBe(foreign);
});

test('a language without a stemmer leaves words folded', () => {
  expect(stemWord('Höfðingjar', 'is')).toBe('hofdingjar');
  expect(stemWord('deployed', 'und')).toBe('deployed');
});

test('words with digits are left alone', () => {
  expect(stemWord('F-16s', 'en')).toBe('f-16s');
});
