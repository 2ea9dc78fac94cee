import { detectLanguage, languageInScript, resolveLanguage } from '../../../shared/text/language.ts';
import { fc } from '../../support/properties.ts';
import { SENTENCES } from './language-sentences.ts';
import { NEIGHBOURS, STRANGERS } from './neighbour-sentences.ts';

/** As feeds cut them; the first words of a sentence tell about as much as a headline does. */
const TITLE_LENGTH = 40;

describe('detectLanguage', () => {
  it.each(SENTENCES)('recognises the language of each sentence: %s', (language, sentences) => {
    expect(sentences.length).toBeGreaterThanOrEqual(20);
    expect(sentences.filter((sentence) => detectLanguage(sentence).language !== language)).toEqual([]);
  });

  it.each(SENTENCES)('recognises the language of at least nine in ten titles: %s', (language, sentences) => {
    const titles = sentences.map((sentence) => sentence.slice(0, TITLE_LENGTH));
    const missed = titles.filter((title) => detectLanguage(title).language !== language);
    expect(missed.length / titles.length).toBeLessThanOrEqual(0.1);
  });

  it('is never confident of a wrong language, and then has the right one second', () => {
    for (const [language, sentences] of SENTENCES) {
      for (const sentence of sentences) {
        const detected = detectLanguage(sentence.slice(0, TITLE_LENGTH));
        if (detected.language === language) continue;
        expect(detected).toMatchObject({ second: language, confident: false });
      }
    }
  });

  it('is confident of every language from a paragraph', () => {
    for (const [language, sentences] of SENTENCES) {
      expect(detectLanguage(sentences.join('\n'))).toMatchObject({ language, confident: true });
    }
  });

  it.each([
    ['nl', 'Het kabinet stuurt drie schepen naar de haven, zei de minister.'],
    ['sv', 'Regeringen skickar tre fartyg till hamnen, säger ministern.'],
    ['bg', 'Правителството изпраща три кораба към пристанището, каза министърът.'],
    ['sr', 'Влада шаље три брода у луку, рекао је министар одбране.'],
    ['fa', 'دولت سه کشتی به بندر می‌فرستد، وزیر گفت.'],
    ['ur', 'حکومت تین جہاز بندرگاہ بھیجے گی، وزیر نے کہا۔'],
    ['el', 'Η κυβέρνηση στέλνει τρία πλοία στο λιμάνι.'],
    ['he', 'הממשלה שולחת שלוש ספינות לנמל.'],
    ['hi', 'सरकार तीन जहाज़ भेजेगी।'],
    ['th', 'รัฐบาลส่งเรือสามลำไปยังท่าเรือ'],
  ])('also tells %s', (language, text) => {
    expect(detectLanguage(text).language).toBe(language);
  });

  it('is not misled by foreign names', () => {
    expect(detectLanguage('Erdoğan and Dvořák met Müller in Łódź before the São Paulo summit').language).toBe('en');
    expect(detectLanguage('Президент Зеленський прибув до Брюсселя на саміт NATO').language).toBe('uk');
  });

  it('goes by the majority of the letters, and counts a Han character as two', () => {
    expect(detectLanguage('삼성전자, AI HBM4 양산').language).toBe('ko');
    expect(detectLanguage('北京 news').language).toBe('zh');
    expect(detectLanguage('北京 the news').language).toBe('en');
    expect(detectLanguage('北京时间 Beijing').language).toBe('zh');
    expect(detectLanguage('The newspaper 人民日报 reported it on its front page').language).toBe('en');
  });

  it.each([
    ['one kana in twenty-five characters', `${'山'.repeat(24)}の`, 'ja', true],
    ['one kana in twenty-six', `${'山'.repeat(25)}の`, 'zh', false],
    ['more Han characters than Japanese goes on for', '山'.repeat(26), 'zh', true],
    ['as many as Japanese may have', '山'.repeat(25), 'zh', false],
    ['a form that only Chinese has', '山这', 'zh', true],
    ['a form that only Japanese has', '山発', 'ja', true],
    ['forms of both', '発这', 'zh', true],
  ])('knows Japanese by its kana or its forms: %s', (_what, text, language, confident) => {
    expect(detectLanguage(text)).toMatchObject({ language, confident });
  });

  it.each([
    ['one word with letters that the language has not', 'The naïve plan to leave the harbour failed', 'en'],
    ['two in a short text', 'The naïve façade to leave the harbour failed', 'und'],
    ['two names', 'The Naïve Façade to leave the harbour failed', 'en'],
  ])('is in doubt by foreign letters: %s', (_what, text, language) => {
    expect(detectLanguage(text).language).toBe(language);
  });

  it('takes a single letter for a text', () => {
    expect(detectLanguage('가').language).toBe('ko');
  });

  it('goes by the beginning of a long text', () => {
    const english = 'The government has decided to send troops. '.repeat(150);

    expect(english.length).toBeGreaterThan(6_000);
    expect(detectLanguage(english + 'Правительство решило отправить войска. '.repeat(500)).language).toBe('en');
  });

  it('takes Japanese without kana for Japanese only if a character shows it', () => {
    expect(detectLanguage('外国軍派兵、政府発表')).toMatchObject({ language: 'ja' });
    expect(detectLanguage('外相辞任')).toEqual({ language: 'zh', second: 'ja', confident: false });
  });

  it.each(['', ' \n', '2024-11-15, 3.5 %', '😀 !!!', 'ⴰⵣⵓⵍ'])('says und of %j, which could be any language', (text) => {
    expect(detectLanguage(text)).toEqual({ language: 'und', second: null, confident: false });
  });

  it('says und of a long text in a language it does not know', () => {
    const esperanto =
      'La parlamento aprobis la buĝeton post longa debato, kaj la registaro diris lunde, ke la novaj trupoj moviĝos al la ' +
      'limo venontsemajne, kiam la intertraktadoj estos finitaj kaj neniu alia solvo troviĝos.';
    expect(detectLanguage(esperanto).language).toBe('und');
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }), (units) => {
        const text = String.fromCharCode(...units);
        expect(detectLanguage(text).language).toMatch(/^[a-z]{2,3}$/);
      }),
    );
  });
});

/** The languages of our topics. */
const OURS = 'en fr es de it pt tr pl ru uk ar ko zh ja'.split(' ');
const firstWords = (text: string, count: number): string => text.split(' ').slice(0, count).join(' ');

describe('a language that shares a script with ours', () => {
  it.each(NEIGHBOURS)('is never taken for one of ours from a sentence: %s', (_language, sentences) => {
    expect(sentences.filter((sentence) => OURS.includes(detectLanguage(sentence).language))).toEqual([]);
  });

  it.each(NEIGHBOURS)('is recognised from twenty words: %s', (language, sentences) => {
    const texts = [sentences.slice(0, 3), sentences.slice(3)].map((some) => firstWords(some.join(' '), 20));

    const found = texts.map((text) => detectLanguage(text).language);

    // Indonesian and Malay differ by a few words, and which of the two it is decides nothing.
    expect(found.map((each) => (language === 'ms' && each === 'id' ? 'ms' : each))).toEqual([language, language]);
  });

  it('is rarely taken for one of ours from five words', () => {
    const texts = NEIGHBOURS.flatMap(([, sentences]) => sentences).map((sentence) => firstWords(sentence, 5));

    const wrong = texts.filter((text) => OURS.includes(detectLanguage(text).language));

    expect(wrong.length / texts.length).toBeLessThanOrEqual(0.04);
  });

  it.each(STRANGERS)('is never taken for one of ours, even where we know little of it: %s', (language, text) => {
    expect([language, 'und']).toContain(detectLanguage(text).language);
  });
});

describe('resolveLanguage', () => {
  it('believes what a source states when the script agrees', () => {
    expect(resolveLanguage('pt-BR', 'Nova York')).toBe('pt');
    expect(resolveLanguage('EN_us', 'Table of contents')).toBe('en');
    expect(resolveLanguage(' uk ', 'Москва')).toBe('uk');
    expect(resolveLanguage('sr', 'Vlada')).toBe('sr');
    expect(resolveLanguage('vi', 'Quốc hội')).toBe('vi');
    expect(resolveLanguage('bn', 'সরকার')).toBe('bn');
    expect(resolveLanguage('ja', '外相辞任')).toBe('ja');
  });

  it('detects where the script does not agree', () => {
    expect(resolveLanguage('en', '정부는 파병을 결정했다.')).toBe('ko');
    expect(resolveLanguage('ru', 'The government has decided to send troops.')).toBe('en');
    expect(resolveLanguage('zh', '条約は批准された。')).toBe('ja');
    expect(resolveLanguage('en', 'Правительство решило отправить войска.')).toBe('ru');
  });

  it('detects where nothing usable is stated', () => {
    for (const stated of [null, undefined, '', 'und', 'mul', 'english', 'e', '-', 'x-default']) {
      expect(resolveLanguage(stated, 'The government has decided to send troops.')).toBe('en');
    }
  });

  it('knows the codes that were renamed', () => {
    expect(resolveLanguage('iw', 'הממשלה')).toBe('he');
    expect(resolveLanguage('nb-NO', 'Regjeringen')).toBe('no');
    expect(resolveLanguage('nn', 'Regjeringa')).toBe('no');
    expect(resolveLanguage('in-ID', 'Pemerintah')).toBe('id');
    expect(resolveLanguage('ji', 'רעגירונג')).toBe('yi');
  });

  it('keeps what is stated of a text without letters, and says und without either', () => {
    expect(resolveLanguage('fr', '12:30')).toBe('fr');
    expect(resolveLanguage(null, '12:30')).toBe('und');
  });
});

describe('a stated language of the script that the text is in', () => {
  const texts = [...SENTENCES, ...NEIGHBOURS]
    .filter(([language]) => !['ko', 'zh', 'ja'].includes(language))
    .map(([language, sentences]) => ({ language, text: sentences.join(' ') }));
  const scriptOf = (language: string): string =>
    /^(?:ru|uk|bg|sr|be|mk)$/.test(language) ? 'Cyrillic' : /^(?:ar|fa|ur)$/.test(language) ? 'Arabic' : 'Latin';
  /** What a publisher would state: `sh` is nobody's code. */
  const statedAs = (language: string): string => (language === 'sh' ? 'hr' : language);

  it.each([5, 10, 20, 40, 80])('stands where it is right, in a text of %i words', (count) => {
    const wrong = texts.filter(
      ({ language, text }) => resolveLanguage(statedAs(language), firstWords(text, count)) !== statedAs(language),
    );

    expect(wrong).toEqual([]);
  });

  it('is kept for a text too short to tell', () => {
    const latin = texts.filter(({ language }) => scriptOf(language) === 'Latin');

    expect(latin.filter(({ text }) => resolveLanguage('en', firstWords(text, 18)) !== 'en')).toEqual([]);
  });

  it('yields to a text that is clearly in another language', () => {
    for (const stated of ['en', 'ru', 'ar']) {
      const others = texts.filter(({ language }) => scriptOf(language) === scriptOf(stated) && language !== stated);

      const missed = others.filter(({ language, text }) => resolveLanguage(stated, firstWords(text, 40)) !== language);

      expect(missed.map(({ language }) => language)).toEqual([]);
    }
  });

  it('yields nearly always, whichever it is', () => {
    const pairs = texts.flatMap(({ language, text }) =>
      texts
        .filter((other) => other.language !== language && scriptOf(other.language) === scriptOf(language))
        .map((other) => ({ stated: other.language, language, text: firstWords(text, 40) })),
    );

    const right = pairs.filter(({ stated, language, text }) => resolveLanguage(stated, text) === language);

    expect(right.length / pairs.length).toBeGreaterThan(0.98);
  });

  it('stands in a text with quotes of another language as long as its own words', () => {
    const own = SENTENCES.find(([language]) => language === 'fr')?.[1] ?? [];
    const quotes = SENTENCES.find(([language]) => language === 'de')?.[1] ?? [];
    const text = own.flatMap((sentence, at) => [quotes[at], sentence]).join(' ');

    expect(resolveLanguage('fr', text)).toBe('fr');
    expect(resolveLanguage('de', text)).toBe('de');
  });

  it('nearly always stands in a text that begins with a quote of another language, half of which is quotes', () => {
    const latin = [...SENTENCES, ...NEIGHBOURS].filter(([language]) =>
      texts.some((each) => each.language === language && scriptOf(language) === 'Latin'),
    );
    const mixed = latin.flatMap(([language, own]) =>
      latin
        .filter(([other]) => other !== language)
        .map(([, quotes]) => ({
          stated: statedAs(language),
          text: [0, 1, 2].map((at) => `${quotes[at]} ${own[at]}`).join(' '),
        })),
    );

    const stood = mixed.filter(({ stated, text }) => resolveLanguage(stated, text) === stated);

    expect(stood.length / mixed.length).toBeGreaterThan(0.983);
  });

  it.each([
    [
      'de',
      'Die Leiterin der Werft sagte: “We are not going to change our plans because of one bad quarter. We have been here before, and we know what we have to do.”',
    ],
    [
      'de',
      'Die Leiterin der Werft sagte: „We are not going to change our plans because of one bad quarter. We have been here before, and we know what we have to do.“',
    ],
    [
      'pl',
      'Szefowa stoczni powiedziała: „We are not going to change our plans because of one bad quarter. We have been here before, and we know what we have to do.”',
    ],
    [
      'no',
      'Filmene «The Long Way Home», «Nothing But the Sea», «A Song for the Winter» og «When We Were Young» er nominert til prisen i Oslo.',
    ],
    [
      'ru',
      'Капитан заявил: "We are ready to talk, but we will not accept any of the conditions that were set before", сообщает агентство.',
    ],
    [
      'fr',
      'Il a dit : »We will never walk alone in the rain again, my dear old friend of the night and of the day«, puis rien.',
    ],
  ])('stands in a text (%s) that is mostly a quote of another language', (language, text) => {
    expect(resolveLanguage(language, text)).toBe(language);
  });

  it('yields in a text that is nothing but a quote in another script', () => {
    expect(resolveLanguage('ru', '“We are ready to talk, but we will not accept this.”')).toBe('en');
  });

  it.each([
    [
      'Kurdish, as Turkish',
      'tr',
      'Karkerên bendergehê dê du rojan kar rawestînin, ji ber ku danûstandinên li ser nobeta şevê têk çûn û çend giravên biçûk dê bê name bimînin.',
    ],
    [
      'Somali, as English',
      'en',
      'Shaqaalaha dekedda ayaa joojin doona shaqada muddo laba maalmood ah ka dib markii ay fashilmeen wadahadallada ku saabsan shaqada habeenkii, waxaana jasiirado yaryar la la’aan doonaa boosto.',
    ],
    [
      'Kyrgyz, as Russian',
      'ru',
      'Түнкү нөөмөттөр боюнча сүйлөшүүлөр майнапсыз аяктагандан кийин паромчулар кийинки жумада эки күнгө иштөөнү токтотушат, бир нече кичинекей арал бейшембиге чейин почтасыз калат.',
    ],
  ])('yields to none where the text is clearly in none of those known: %s', (_which, stated, text) => {
    expect(resolveLanguage(stated, text)).toBe('und');
    expect(resolveLanguage(stated, firstWords(text, 15))).toBe(stated);
  });

  it('stands in a list without a sentence', () => {
    const list =
      '200 g flour, 3 eggs, 1 tsp salt, 50 ml milk, 100 g sugar, 2 tbsp butter, 1 lemon, 1 vanilla pod, 500 g strawberries, icing sugar, mint';

    expect(resolveLanguage('en', list)).toBe('en');
  });

  it('stands in Arabic that is written with the letters of a Persian keyboard', () => {
    const text =
      'سیتوقف عمال المیناء عن العمل یومین فی الأسبوع المقبل بعد فشل المحادثات حول نوبات اللیل، وستبقی عدة جزر صغیرة بلا برید ولا وقود حتی یوم الخمیس، کما قال المدیر.';

    expect(resolveLanguage('ar', text)).toBe('ar');
  });

  it('stands while a close relative is in doubt, and no longer', () => {
    const slovak = texts.find(({ language }) => language === 'sk')?.text ?? '';

    expect(resolveLanguage('cs', firstWords(slovak, 30))).toBe('cs');
    expect(resolveLanguage('cs', slovak)).toBe('sk');
  });

  it('stands in a text that says the same few words again and again', () => {
    const sentence = 'Паром перевёз последних солдат через реку, и никто не пострадал. ';

    expect(resolveLanguage('uk', sentence.repeat(5))).toBe('uk');
  });

  it('yields to twenty words, not counting those of another script', () => {
    const sentence =
      'Паром перевёз последних солдат через реку, и никто не пострадал, сообщили вчера вечером местные власти города.';
    const names = 'News Agency Morning Service Today Online Press Centre';

    expect(resolveLanguage('uk', `${sentence} ${names}`)).toBe('uk');
    expect(resolveLanguage('uk', `${sentence} Спасатели обыскали долину с собаками и дронами.`)).toBe('ru');
  });

  it('stands in a list of foreign names', () => {
    const names =
      'Müller, Schmidt, Becker, Hoffmann, Schäfer, Koch, Richter, Klein, Wolf, Schröder, Neumann, Schwarz, Zimmermann, Braun, ' +
      'Krüger, Hofmann, Hartmann, Lange, Krause, Lehmann';
    expect(resolveLanguage('it', names)).toBe('it');
  });

  it('stands where nothing is known of it, or it is a sister of what is found', () => {
    const text = (language: string): string => texts.find((each) => each.language === language)?.text ?? '';

    expect(resolveLanguage('la', text('it'))).toBe('la');
    expect(resolveLanguage('ast', text('es'))).toBe('ast');
    expect(resolveLanguage('bs', text('sh'))).toBe('bs');
    expect(resolveLanguage('sr-Latn', text('sh'))).toBe('sr');
    expect(resolveLanguage('tl', text('fil'))).toBe('tl');
    expect(resolveLanguage('cnr', text('sh'))).toBe('cnr');
    for (const stated of ['hr', 'bs', 'sr', 'cnr', 'tl', 'mo'])
      expect([stated, resolveLanguage(stated, text('en'))]).toEqual([stated, 'en']);
    expect(resolveLanguage('la', text('en'))).toBe('la');
    expect(resolveLanguage('mo', text('ro'))).toBe('mo');
    expect(resolveLanguage('prs', text('fa'))).toBe('fa');
  });
});

describe('languageInScript', () => {
  it('believes what is stated when the script agrees, whatever the words', () => {
    expect(languageInScript('fr', SENTENCES[0]?.[1].join(' ') ?? '')).toBe('fr');
    expect(languageInScript('ru', SENTENCES[0]?.[1].join(' ') ?? '')).toBe('en');
    expect(languageInScript(undefined, SENTENCES[0]?.[1].join(' ') ?? '')).toBe('en');
  });
});
