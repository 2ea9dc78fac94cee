// Forms of one word meet, whatever rule of its language makes them: endings of nouns and verbs, vowels that come and go, spellings.
import { foldWord } from '../../../shared/text/fold.ts';
import { stemWord } from '../../../shared/text/stemming.ts';

/** Each line: forms of one word, or spellings of it. */
const FORMS: Readonly<Record<string, string>> = {
  en: `
    judgement judgment
    anaesthetic anesthetic
    haemorrhage hemorrhage
    encyclopaedia encyclopedia
    paediatric pediatric
    diarrhoea diarrhea
    foetus fetus
    oestrogen estrogen
    aeroplane airplane aeroplanes
    sceptic skeptic sceptics
    artefact artifact artefacts
    enquiry inquiry enquiries
    grey gray
    plough plow ploughed
    mould mold
    smoulder smolder smouldering
    moustache mustache
    aluminium aluminum
    sulphur sulfur
    ageing aging
    focus focused focussed focussing
    pyjamas pajamas
    cosy cozy
    sizeable sizable
    counsellor counselor
    travelling traveling travelled
    cancelled canceled cancelling
    marvellous marvelous
    enrolment enrollment
    fulfilment fulfillment
    skilful skillful
    wilful willful
    jewellery jewelry
    theatre theaters theatres
    licence license licences
    offence offense offences
    pretence pretense
    reprogramme reprogram
    catalogue catalog catalogues
    organisation organization organisations
    organiser organizer organisers
    paralyse paralyzed paralysing
    honour honored honours
    neighbour neighbors
    unfavourable unfavorable
    centring centering
    bosses boss
    cries cried cry
    ties tied tie
    need needs
    feed feeds
    agreed agree
    hop hopping hopped
    hope hoping hoped
    add added adding
    fall falls
    control controlled controlling
    rebel rebelled rebelling
    size sized sizing
    troubled trouble troubling
    create created creating
    bus buses
    gas gases
    policemen policeman
    player players
    buy buys buying
    bring brings bringing
    use uses used using
    age aged ages
    appeal appealed appealing
    seaman seamen
    type types typed typing
    priest priests
    issue issues
    missile missiles
    need needs needed needing
    credit credits credited
    cause caused causing
    seize seized seizing
    treat treated
    combat combated
    enable enabled
    glass glasses
    proceed proceeded
    news`,
  ru: `
    правительство правительства правительству правительством правительстве
    сообщить сообщил сообщила сообщили сообщит сообщив
    сообщать сообщает сообщал сообщала сообщают
    ракетный ракетная ракетного ракетной ракетным ракетными ракетных ракетную
    российский российская российские российского российскому российских российскими
    военный военная военные военного военных военными военному
    атаковать атакует атаковал атаковали атакуют
    возвращаться возвращается возвращался возвращались возвращаются
    вернулся вернулась вернулись
    обстрелять обстреляли обстрелял
    решение решения решений решениям
    армия армии армию армией армий
    область области областью областей
    корабль корабли кораблей корабля
    конец конца концы
    иностранец иностранца иностранцы иностранцев
    подарок подарка подарки подарков
    старейший старейшие старейшего
    безопасность безопасности безопасностью
    пострадавший пострадавшие пострадавших пострадавшим
    использовать использует использовал используют использовав
    требовать требуют требовал
    делать делает делаете делают делал делаешь
    встреча встречи встречей встреч
    город города городу городом
    кредит кредита кредиты кредитов
    митинг митинга митинги митингов
    остров острова островов
    Путин Путина Путину Путиным
    длинный длинная длинные
    змея змеи змею
    пострадать пострадал пострадавший
    действовать действует действующий
    купить купил купивший
    режим режима режимы
    трофей трофея трофеи
    прием приема приемы приемов
    старый старая старейший
    длинный длинен
    знать знает знают знаешь знаете знал знала`,
  uk: `
    уряд уряду урядом
    повідомити повідомив повідомила повідомили
    військовий військова військові військових військовим
    безпека безпеки безпеку безпекою
    новина новини новин
    рішення рішенням рішень
    навчання навчанням навчань
    область області областей областю
    радість радості радістю
    сильний сильніший сильніша сильніші
    повернутися повернувся повернулася повернулися
    ракета ракети ракет ракетами ракету
    липень липня липні
    тижня тижні тижнів
    іноземець іноземця іноземці іноземців
    подарунок подарунка подарунки
    українець українця українці українців
    президент президента президенту президентом президентові
    атакувати атакував атакувала атакують
    правовий правова правового правові
    місяць місяця місяці місяців
    депутат депутати депутатів депутата
    день дні
    рука руки руку
    гість гості гостей
    страх страху страхи
    повернути повернутися повернув повернувся
    гарний гарна гарніший
    подорож подорожі подорожжю
    поріг порога порогу`,
  fr: `
    l'armée armée armées d'armée
    qu'armée armée
    général généraux générale
    bateau bateaux
    actif active actives actifs
    heureux heureuse heureuses
    premier première premières
    ouvrier ouvrière ouvriers
    anglais anglaise anglaises
    chinois chinoise chinoises
    lancer lance lançait lancé lancent
    manger mange mangeait mangé
    appeler appelle appelé appellent
    jeter jette jeté
    ennemi ennemis ennemie
    nouveau nouveaux
    vendre vend vendu vendait
    répondre répond répondu
    rompre rompu
    attendre attend attendu
    finir finit fini finissent
    choisir choisit choisi choisissent
    tirer tire tiré tirent tirait
    admirer admire admiré
    parler parle parlé parlent parlait
    arriver arrivé arrivent
    essayer essaie essayé
    employer emploie employé
    élever élève élevé
    espérer espère espéré
    bloquer bloque bloqué
    naviguer navigue navigué
    jeu jeux
    feu feux
    marché marchés
    million millions
    président présidents
    acteur actrice acteurs
    travail travaux
    œil yeux
    mort meurt mourir
    est sont était
    ont avait avoir
    peut pouvait pouvoir
    doit devait devoir
    veut voulait vouloir
    dit disent dire
    voit vu voir
    sait savait savoir
    attribuer attribue attribué
    agir agit agissent agissait
    créer crée créent créait
    inspirer inspire inspirent
    servir servirait servent`,
  es: `
    país países
    soldado soldada soldados
    luz luces
    ataque ataques atacar atacan atacado
    pagar paga pagó paguen
    dirigir dirige dirigió
    vender vende vendió vendían vendido
    vivir vive vivió vivían
    hablar habla habló hablaron hablando
    retirarse retirar retirarlo
    enviarlos enviar
    construir construye construyó construyeron
    cerrar cierra cerró cierran
    pensar piensa pensó
    mostrar muestra mostró muestran
    volver vuelve volvió vuelven
    perder pierde perdió pierden
    mover mueve movió
    sentir siente
    servir sirve sirvió
    convertir convierte convirtió
    volcán volcanes
    nación naciones
    catalán catalanes
    mes meses
    nuevo nueva nuevos nuevas
    civil civiles
    rey reyes
    niño niña niños niñas
    tribu tribus
    ciudad ciudades
    mujer mujeres
    hablar hablamos
    usar usarlo`,
  pt: `
    nação nações
    cidadão cidadãos
    alemão alemães
    francês franceses
    japonês japonesa japoneses
    animal animais
    papel papéis
    fóssil fósseis
    espanhol espanhóis
    azul azuis
    civil civis
    homem homens
    viagem viagens
    voz vozes
    mulher mulheres
    líder líderes
    irmã irmãs
    retirar retira retirou retiram
    tirar tira tiraram
    pagar paga pague pagou
    atacar ataca ataque atacou
    força forças forçar
    começar começa comece começou
    vender vende vendeu vendiam
    partir parte partiu partiram
    retirar-se retirar
    dizer-lhe dizer
    falou falar falam falando falava
    navio navios
    lei leis
    retirar retirar-lhe retirar-lhes retirar-me retirar-nos
    retira retira-o retira-a retira-os
    retiram retiram-no retiram-nas
    partir parti-lo parti-las
    falar falamos
    comum comuns
    jardim jardins
    moça moças`,
  it: `
    l'esercito esercito eserciti
    dell'esercito esercito
    un'arma arma
    nazione nazioni
    amico amici
    banca banche
    lago laghi
    parlare parla parlato parlano parlava parlando
    vendere vende venduto vendono
    finire finisce finito finiscono
    inviarli inviare
    ritirarsi ritirare
    italiano italiana italiani italiane
    americano americana americani americane
    siciliano siciliani
    nucleare nucleari
    popolare popolari
    familiare familiari
    parlamentare parlamentari
    figlio figli
    confermare conferma confermato confermò
    vedere vederlo vedendolo
    guardare guardandolo
    guarnigione guarnigioni
    paramilitare paramilitari
    casa case`,
  de: `
    Soldat Soldaten
    Lehrerin Lehrerinnen Lehrer
    Ministerin Ministerinnen Minister
    Ergebnis Ergebnisse Ergebnissen
    Erlebnis Erlebnisse Erlebnisses
    Fenster Fensters
    Sprecher Sprechers Sprechern
    Arbeiten arbeitet arbeitete gearbeitet
    Regierung Regierungen
    kaufen kauft kaufte kauften gekauft
    machen macht machte gemacht
    einstellen eingestellt
    zurückkehren zurückgekehrt
    leisten leistet leistete
    Land Länder Landes Ländern
    Stadt Städte Städten
    Angriff Angriffe Angriffs Angriffen
    Waffe Waffen
    Straße Straßen strasse
    neu neue neuen neuer neues neuem
    russisch russische russischen russischer
    Geschäft Geschäfte Geschäften
    Gericht Gerichte Gerichts
    sichern sichert sicherte
    Seite Seiten
    Präsident Präsidenten
    Norden Nordens
    Bürgerrecht Bürgerrechte
    isst ißt
    kommen kommt kommst
    Maß Maße`,
  pl: `
    żołnierz żołnierze żołnierza żołnierzy żołnierzom
    umowa umowy umowę umowie umową
    wojna wojny wojnę wojną
    rząd rządu rządem
    minister ministra ministrem ministrowie
    prezydent prezydenta prezydentem prezydenci
    miasto miasta miastem
    państwo państwa państwem
    ukraiński ukraińska ukraińskie ukraińskiego ukraińskich
    nowy nowa nowe nowego nowych nowym
    podpisać podpisał podpisała podpisali podpisano podpisany
    wysyłać wysyła wysyłają wysyłał
    atakować atakuje atakował atakują atakowali
    bronić broni bronił bronią
    stosować stosuje stosował
    Ukraina Ukrainy Ukrainie Ukrainę
    Polska Polski Polskę
    rozmowa rozmowy rozmów rozmowach
    wniosek wnioski wniosku
    siła siły sił
    ręka ręki rękę
    wódz wodza
    pieniądz pieniądze
    niebezpieczeństwo niebezpieczeństwa
    radość radości radością
    powieść powieści
    chłopiec chłopca chłopcy
    poeta poety
    agent agenta agenci
    granica granicy granicą
    zginąć zginął zginęli
    system systemu systemy
    problem problemu problemy
    zrobiłby zrobił
    dzień dni
    gwiazda gwiazdy
    sądu sądzie
    rada rady radzie
    wiersz wiersze wiersza
    koń konie konia
    gałąź gałęzie gałęzi
    łódź łodzi łodzie
    gość gości goście
    miłość miłości
    morze morza morzem
    teatr teatru teatrze
    pisać pisze piszą
    grać grają
    robić robi robią
    błąd błędu błędy
    list liście listy
    gwóźdź gwoździe`,
  ar: `
    الجيش جيش والجيش بالجيش للجيش كالجيش فالجيش
    القوات قوات وقوات والقوات
    الحكومة حكومة وحكومة حكومات
    الوزير وزير والوزير
    المدينة مدينة مدن
    مهاجرون مهاجرين مهاجر المهاجرين
    وقعت وقع
    صاروخ صواريخ الصواريخ
    كتابها كتاب
    اتفاقية اتفاقيات الاتفاقية
    عسكري عسكرية العسكرية
    وصلت وصل وصلوا
    تماما تمام
    وكتب كتب
    مقال مقالات المقالات
    جيش وبالجيش
    يد يده يدي`,
  fa: `
    جنگ جنگ‌ها جنگی جنگهای
    سرباز سربازان سربازها سربازی
    دولت دولتها دولت‌ها دولتی
    موشک موشک‌ها موشکهای
    کشور کشورها کشورهای کشورشان کشورمان
    مقام مقامات`,
  cs: `
    voják vojáka vojákem vojáky
    vláda vlády vládu vládou
    město města městem městy
    nový nová nového novému novým
    ministr ministra ministrem ministrovi
    žena ženy ženu`,
  sk: `
    vláda vlády vládu vládou
    mesto mesta mestom
    nový nová nového novým
    žena ženy ženu`,
  hr: `
    vojnik vojnika vojnikom
    vlada vlade vladu vladom
    ministar ministara
    grad gradovi gradova gradom
    žena žene ženu`,
  sr: `
    влада владе владу владом vlada vlade
    град градови градова gradovi
    љубав ljubav
    џеп džep`,
  sv: `
    soldat soldater soldaten soldaterna soldaternas
    regering regeringen regeringar regeringarna regeringens
    flicka flickor flickorna flickornas
    hus huset husets`,
  da: `
    soldat soldater soldaten soldaterne soldaternes
    regering regeringen regeringens regeringer`,
  no: `
    soldat soldater soldaten soldatene soldatenes`,
  nl: `
    soldaat soldaten
    leger legers
    bom bommen
    regering regeringen
    raam ramen`,
  fi: `
    joukoissa joukossa joukosta
    armeija armeijan armeijassa armeijasta armeijaan armeijalla armeijalle armeijaksi
    talo talon talossa talosta`,
  hu: `
    katona katonák katonának katonával katonát katonáért katonától
    hadsereg hadsereget hadseregnek hadseregben hadseregből hadseregről hadseregig
    házak házat
    falu faluban faluból`,
  id: `
    tentara tentaranya tentaralah
    pasukan pasukannya pasukankah pasukanku
    buku bukunya`,
  hi: `
    सैनिक सैनिकों
    सेना सेनाओं सेनाएँ सेनाएं
    लड़की लड़कियों लड़कियाँ लड़कियां
    वस्तु वस्तुओं वस्तुएँ
    किताब किताबों किताबें
    घोड़ा घोड़े घोड़ों`,
  tr: `
    var vardır
    ev evde evden
    yıl yıllar yılı yıla yılımız
    Ahmet Ahmed
    sokak sokağı sokağa
    kap kabı`,
  bs: `
    vojnik vojnika vojnikom`,
  sl: `
    vojak vojaka vojakom`,
  ms: `
    tentera tenteranya`,
};

/** Each line: words of other meanings that a rule for one of them would bring together. */
const OTHERS: Readonly<Record<string, string>> = {
  en: `
    need ned
    bus bu
    gas ga
    policeman police
    women woo
    rebel rebate
    use us
    year ear`,
  ru: `
    визит виза
    решение решить
    остров острый
    митинг мит
    состав состоять
    конец кон
    она он
    мвд мчс
    сила сова`,
  uk: `
    рішення рішити
    війна військо
    депутат депо
    оса осі
    вона він
    радість рада
    мвс дснс`,
  fr: `
    traité traiter
    marché marcher
    million mille
    président présider
    anglais angle
    aux au`,
  es: `
    país paisaje
    civil civilización
    acuerdo acordar
    oro ora`,
  pt: `
    nação nato
    força forno
    civil civismo
    ano ana
    rei ré`,
  it: `
    banca bando
    città cita
    militare milite
    nucleo nucleare
    oro ora
    noi no
    militare molecolare
    polare solare
    italiano iraniano`,
  de: `
    sich sichern
    sich Sicherer
    seit Seiten
    weil Weile
    Gericht richten
    Geschäft schaffen
    Gewalt walten
    Gebiet bieten
    Fenster Fest
    Ergebnis ergeben`,
  pl: `
    umowa umysł
    system systematyka
    wojna wojsko
    problem problematyka
    oni on`,
  ar: `
    وزير زيارة
    وقت قت
    جيش جشع
    دين دان`,
  tr: `
    hapsi hap
    Adana ada
    at ad`,
  cs: `
    ona on`,
  sk: `
    ona on`,
  hr: `
    ona on`,
  nl: `
    zee ze`,
};

/** Ends of made-up compounds. English is left out: its spellings change at the beginning. */
const TAILS: Readonly<Record<string, string>> = {
  ru: 'хлеба',
  uk: 'хліба',
  fr: 'kraft',
  es: 'kraft',
  pt: 'kraft',
  it: 'kraft',
  de: 'burg',
  pl: 'kraft',
  tr: 'bulvar',
  ar: 'قطب',
  fa: 'قطب',
  cs: 'kraft',
  sk: 'kraft',
  hr: 'kraft',
  sv: 'kraft',
  da: 'kraft',
  no: 'kraft',
  nl: 'kraft',
  fi: 'kraft',
  hu: 'kruft',
  id: 'kraft',
  hi: 'कमल',
};

/** Words that make no compound: articles at the beginning, and words known by it. */
const BEHIND: Readonly<Record<string, RegExp>> = {
  fr: /^(?:enverra|reprendre|soumettre|détrui)/,
  tr: /^(?:ateşkes|bakan|başkan|polis|meclis)/,
  ar: /^(?:[وبكف]?ال|لل|و)/,
};

const linesOf = (list: string): string[][] =>
  list
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' '));
const each = (lists: Readonly<Record<string, string>>): [language: string, words: string[]][] =>
  Object.entries(lists).flatMap(([language, list]) =>
    linesOf(list).map((words): [string, string[]] => [language, words]),
  );

it.each(each(FORMS))('%s: one key for %j', (language, words) => {
  const [first = ''] = words;

  expect(words.map((word) => [word, stemWord(word, language)])).toEqual(
    words.map((word) => [word, stemWord(first, language)]),
  );
});

it.each(each(OTHERS))('%s: a key for each of %j', (language, words) => {
  const keys = words.map((word) => stemWord(word, language));

  expect([words, new Set(keys).size]).toEqual([words, words.length]);
});

it.each(Object.entries(TAILS))('%s: of a compound only the end is cut', (language, tail) => {
  const words = [...linesOf(FORMS[language] ?? ''), ...linesOf(OTHERS[language] ?? '')].flat().filter((word) => {
    const isAlone = BEHIND[language]?.test(word.toLowerCase()) ?? false;
    return word !== '' && !isAlone && !/['’\u200c-]/.test(word);
  });

  const changed = words.filter((word) => !stemWord(word + tail, language).startsWith(foldWord(word)));

  expect(changed).toEqual([]);
});
