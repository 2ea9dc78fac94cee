// States, armies and international bodies are recognised in each language that topics ship in.
import { namesPower } from '../../../../shared/matching/strength/powers.ts';

describe('a sentence names a power', () => {
  it.each([
    ['en', 'The U.S. sent two ships.'],
    ['en', 'Ukrainian officials said so.'],
    ['en', 'The Army denied it.'],
    ['en', 'the army denied it'],
    ['en', 'A vote of the Security Council is due.'],
    ['ko', '러시아가 병력을 보냈다.'],
    ['zh', '欧盟宣布实施制裁。'],
    ['ja', '防衛省は訓練を始めた。'],
    ['ru', 'Российские войска вошли в город.'],
    ['ru', 'в минобороны сообщили'],
    ['uk', 'Українські військові повідомили.'],
    ['ar', 'وأعلنت روسيا ذلك'],
    ['es', 'Los soldados rusos llegaron.'],
    ['es', 'El Gobierno enviará tropas.'],
    ['fr', 'Les États-Unis ont annoncé des sanctions.'],
    ['de', 'Die Bundeswehr übt in Litauen.'],
    ['pt', 'A Rússia enviou soldados.'],
    ['it', 'Le truppe russe sono arrivate.'],
    ['pl', 'Decyzja Stanów Zjednoczonych zapadła.'],
    ['tr', 'Rusya asker gönderdi.'],
  ])('%s: %s', (language, sentence) => {
    expect(namesPower(sentence, [language])).toBe(true);
  });
});

describe('a sentence names no power', () => {
  it.each([
    ['en', 'A baker sent nine hundred cakes.'],
    ['en', 'malicious china was sold'],
    ['en', 'She let us in.'],
    ['en', 'A Unanimous vote.'],
    ['ko', '빵집이 다시 문을 열었다.'],
    ['zh', '面包店重新开业。'],
    ['ja', 'パン屋が開店した。'],
    ['ru', 'Пекарня открылась снова.'],
    ['ar', 'افتتح المخبز'],
    ['es', 'La panadería abrió de nuevo.'],
    ['fr', 'La boulangerie a rouvert.'],
    ['de', 'Die Bäckerei öffnet wieder.'],
    ['pt', 'A padaria abriu de novo.'],
    ['it', 'Il forno ha riaperto.'],
    ['pl', 'Piekarnia znów otwarta.'],
    ['tr', 'Fırın yeniden açıldı.'],
    ['sw', 'The Russian army came.'],
  ])('%s: %s', (language, sentence) => {
    expect(namesPower(sentence, [language])).toBe(false);
  });

  it('of one language when another is meant, but of either where the language is unsure', () => {
    expect(namesPower('The Russian army came.', ['ru'])).toBe(false);
    expect(namesPower('The Russian army came.', ['ru', 'en'])).toBe(true);
  });
});
