import fc from 'fast-check';
import { detectLanguage, resolveLanguage } from '../../../shared/text/language.ts';
import { SENTENCES } from './language-sentences.ts';

/** As feeds cut them; the first words of a sentence tell about as much as a headline does. */
const TITLE_LENGTH = 40;

describe('detectLanguage', () => {
  it.each(SENTENCES)('tells the language of each sentence: %s', (language, sentences) => {
    expect(sentences.length).toBeGreaterThanOrEqual(20);
    expect(sentences.filter((sentence) => detectLanguage(sentence).language !== language)).toEqual([]);
  });

  it.each(SENTENCES)('tells the language of at least nine in ten titles: %s', (language, sentences) => {
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

  it('takes Japanese without kana for Japanese only where a character tells', () => {
    expect(detectLanguage('外国軍派兵、政府発表')).toMatchObject({ language: 'ja' });
    expect(detectLanguage('外相辞任')).toEqual({ language: 'zh', second: 'ja', confident: false });
  });

  it.each(['', ' \n', '2024-11-15, 3.5 %', '😀 !!!', 'ⴰⵣⵓⵍ'])('says und of %j, which nothing tells', (text) => {
    expect(detectLanguage(text)).toEqual({ language: 'und', second: null, confident: false });
  });

  it('says und of a long text in a language it does not know', () => {
    const finnish =
      'Eduskunta hyväksyi puolustusbudjetin pitkän keskustelun jälkeen, ja hallitus sanoi maanantaina, että uudet ' +
      'joukot siirtyvät rajalle ensi viikolla, kun neuvottelut ovat päättyneet eikä muita ratkaisuja löytynyt lainkaan.';
    expect(detectLanguage(finnish).language).toBe('und');
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
    for (const stated of [null, undefined, '', 'und', 'english', '-', 'x-default']) {
      expect(resolveLanguage(stated, 'The government has decided to send troops.')).toBe('en');
    }
  });

  it('knows the codes that were renamed', () => {
    expect(resolveLanguage('iw', 'הממשלה')).toBe('he');
    expect(resolveLanguage('nb-NO', 'Regjeringen')).toBe('no');
  });

  it('keeps what is stated of a text without letters, and says und without either', () => {
    expect(resolveLanguage('fr', '12:30')).toBe('fr');
    expect(resolveLanguage(null, '12:30')).toBe('und');
  });
});
