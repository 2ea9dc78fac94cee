import { stemWord } from '../../../shared/text/stemming.ts';

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
    naïve naive`,
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
    Королёв Королев Королева`,
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
    ввести ввів введено`,
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
    econom economics`,
  ru: `
    войско воин
    решение решить
    визит виза
    договор дверь
    мир мера
    наступление наступить`,
  uk: `
    військо війна
    рішення рішучий
    угода угорець
    мир море
    перемовини перемога`,
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

  test.each(linesOf(APART[language]!))('%s and %s keep apart', (...words) => {
    expect(new Set(words.map((word) => stemWord(word, language))).size).toBe(words.length);
  });

  test('case, composition and the kind of apostrophe make no difference', () => {
    for (const word of linesOf(MEET[language]!).flat()) {
      const key = stemWord(word, language);
      expect(stemWord(word.toUpperCase(), language)).toBe(language === 'tr' ? expect.any(String) : key);
      expect(stemWord(word.normalize('NFD'), language)).toBe(key);
      expect(stemWord(word.replaceAll("'", '\u2019'), language)).toBe(key);
    }
  });
});

test('a language without a stemmer leaves words folded', () => {
  expect(stemWord('Höfðingjar', 'is')).toBe('hofdingjar');
  expect(stemWord('deployed', 'und')).toBe('deployed');
});

test('words with digits are left alone', () => {
  expect(stemWord('F-16s', 'en')).toBe('f-16s');
});
