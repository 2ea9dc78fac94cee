// Who does what to whom, in each language: soldiers that are sent, and what is only sent to soldiers; soldiers that arrive,
// and what arrives for them.
import { ROLES } from '../../../shared/packs/roles/roles.ts';
import { framedTopic, lexicon, topicsOf, whyOf } from '../../support/framed.ts';

const WORDS = lexicon(
  'soldiers:',
  '  en: troop, "troops", "soldiers", battalion',
  '  de: soldat, truppe',
  '  fr: soldat, "troupes"',
  '  es: soldado, tropa',
  '  it: soldato, truppa',
  '  pt: soldado, tropa',
  '  ru: солдат, войска',
  '  uk: солдат, військо',
  '  pl: żołnierz, wojsko',
  '  tr: asker, birlik',
  '  ar: جندي, جنود, قوات',
  '  ko: 병력, 군인',
  '  ja: 部隊, 兵士',
  '  zh: 军队, 士兵',
  '  sv: soldat',
  'send:',
  '  en: { verb: \'deploy, "send", "sends", "sent"\', participle: \'"deployed", "sent"\', noun: deployment }',
  '  de: { verb: "entsenden, entsandt, schicken", noun: entsendung }',
  '  fr: { verb: "envoyer, déployer", noun: "envoi, déploiement" }',
  '  es: { verb: "enviar, desplegar", noun: "envío, despliegue" }',
  '  it: { verb: "inviare, schierare", noun: "invio, schieramento" }',
  '  pt: { verb: "enviar, mobilizar", noun: "envio, mobilização" }',
  '  ru: { verb: "отправить, направить", noun: "отправка" }',
  '  uk: { verb: "відправити, направити", noun: "відправка" }',
  '  pl: { verb: "wysłać, wysyłać", noun: "wysłanie" }',
  '  tr: { verb: "göndermek, gönderdi, konuşlandırdı", noun: "konuşlandırma" }',
  '  ar: { verb: "أرسل, أرسلت, نشر, نشرت", noun: "نشر, إرسال" }',
  '  ko: { verb: "파견, 배치, 보냈", noun: "파견, 배치" }',
  '  ja: { verb: "派遣, 送", participle: 派遣, noun: "派遣, の派遣" }',
  '  zh: { verb: "派遣, 部署", noun: "派遣, 部署" }',
  '  sv: { verb: "skicka, skickade" }',
  'arrive:',
  '  en: { verb: arrive, noun: arrival }',
  '  de: { verb: "ankommen, eintreffen, eingetroffen", noun: ankunft }',
  '  fr: { verb: "arriver, débarquer", noun: arrivée }',
  '  es: { verb: "llegar, desembarcar", noun: llegada }',
  '  it: { verb: "arrivare, sbarcare", noun: arrivo }',
  '  pt: { verb: "chegar, desembarcar", noun: chegada }',
  '  ru: { verb: "прибыть, прибыли", noun: прибытие }',
  '  uk: { verb: "прибути, прибули", noun: прибуття }',
  '  pl: { verb: "przybyć, przybyli", noun: przybycie }',
  '  tr: { verb: "ulaştı, vardı", noun: varış }',
  '  ar: { verb: "وصل, وصلت", noun: وصول }',
  '  ko: { verb: 도착, noun: 도착 }',
  '  ja: { verb: 到着, noun: 到着 }',
  '  zh: { verb: "抵达, 到达", noun: 抵达 }',
  '  sv: { verb: anlända }',
);
const [sent, come] = topicsOf(
  WORDS,
  framedTopic('frames: [ { name: sent, act: send, object: soldiers } ]'),
  framedTopic('frames: [ { name: come, act: arrive, actor: soldiers } ]').replace('id: moves', 'id: arrivals'),
);

describe('what is done to the object of a frame is found', () => {
  it.each([
    ['en', 'Ghana sends two hundred elite troops to the island.'],
    ['en', 'Hundreds of soldiers have been quickly deployed there.'],
    ['en', 'Troops deployed to the border.'],
    ['en', 'Soldiers of the guard troops have been deployed.'],
    ['en', 'The troops that Ghana sent are tired.'],
    ['en', 'Plans for the deployment of more troops are ready.'],
    ['en', 'Troop deployments worry the neighbours.'],
    ['en', 'They sent thousands of troops.'],
    ['en', 'The troops it sent are tired.'],
    ['en', 'The deployment of its troops to help a neighbour.'],
    ['en', 'Casualties among troops sent to help the neighbour.'],
    ['en', 'A plan with African troops being deployed to secure the airport.'],
    ['de', 'Berlin will weitere Soldaten entsenden.'],
    ['de', 'Die Regierung schickt 500 Soldaten an die Grenze.'],
    ['de', 'Die Entsendung von Soldaten ist beschlossen.'],
    ['fr', 'Paris envoie 500 soldats au Tchad.'],
    ['fr', 'Le déploiement de nouvelles troupes est prévu.'],
    ['es', 'Lima envió a 500 soldados a la frontera.'],
    ['es', 'El despliegue de más tropas sigue.'],
    ['it', 'Roma invia 500 soldati in Libano.'],
    ['pt', 'Lisboa enviou 500 soldados para a fronteira.'],
    ['ru', 'Москва отправила солдат на границу.'],
    ['ru', 'Отправка войск начнётся завтра.'],
    ['uk', 'Київ відправив солдатів на кордон.'],
    ['pl', 'Warszawa wysłała żołnierzy na granicę.'],
    ['tr', 'Ankara sınıra 500 asker gönderdi.'],
    ['ar', 'أرسلت الحكومة مئات الجنود إلى الحدود.'],
    ['ko', '정부는 국경에 병력을 추가로 배치했다.'],
    ['ja', '政府は国境に部隊を派遣した。'],
    ['ja', '部隊の派遣が決まった。'],
    ['zh', '政府向边境派遣了更多军队。'],
    ['sv', 'Regeringen skickade soldater till gränsen.'],
  ])('%s: %s', (language, text) => {
    expect(whyOf(sent!, text, language)).toMatch(new RegExp(`^sent: ${language}: `));
  });
});

describe('what has another role is not taken for the object', () => {
  it.each([
    ['en', 'A bakery sends 900 cakes to soldiers.'],
    ['en', 'They sent a letter of thanks for the troops.'],
    ['en', 'Letters to soldiers were sent by ship.'],
    ['en', 'Soldiers sent the children a box of toys.'],
    ['en', 'The blast sent bricks onto two soldiers who slept.'],
    ['en', 'They sent money, and soldiers spoke.'],
    ['en', 'They sent photos of soldiers.'],
    ['en', 'The club hopes to be sent tin soldiers.'],
    ['en', 'Soldiers that sent a postcard.'],
    ['de', 'Sie schickt Kuchen für die Soldaten.'],
    ['fr', 'Elle envoie des gâteaux aux soldats.'],
    ['es', 'Envió pasteles para los soldados.'],
    ['it', 'Ha inviato torte per i soldati.'],
    ['pt', 'Enviou bolos para os soldados.'],
    ['pl', 'Wysłała ciasta dla żołnierzy.'],
    ['ko', '그는 군인에게 편지를 보냈다.'],
    ['ja', '彼は兵士に手紙を送った。'],
    ['zh', '他派遣医生为士兵治疗。'],
  ])('%s: %s', (language, text) => {
    expect(whyOf(sent!, text, language)).toBeNull();
  });
});

describe('what an actor does is found', () => {
  it.each([
    ['en', 'The first troops from Ghana arrived on Monday.'],
    ['en', 'The arrival of foreign troops was delayed.'],
    ['en', 'The first soldiers of the guard troops arrived at dawn.'],
    ['de', 'Die ersten Soldaten sind am Montag eingetroffen.'],
    ['fr', 'Les premiers soldats sont arrivés lundi.'],
    ['es', 'Los primeros soldados llegaron el lunes.'],
    ['it', 'I primi soldati sono arrivati lunedì.'],
    ['pt', 'Os primeiros soldados chegaram na segunda-feira.'],
    ['ru', 'Солдаты прибыли в понедельник.'],
    ['uk', 'Солдати прибули в понеділок.'],
    ['pl', 'Żołnierze przybyli w poniedziałek.'],
    ['tr', 'Askerler bölgeye ulaştı.'],
    ['ar', 'وصلت القوات إلى الحدود.'],
    ['ko', '병력이 국경에 도착했다.'],
    ['ja', '部隊が国境に到着した。'],
    ['zh', '军队抵达边境。'],
  ])('%s: %s', (language, text) => {
    expect(whyOf(come!, text, language)).toMatch(new RegExp(`^come: ${language}: `));
  });
});

describe('what has another role is not taken for the actor', () => {
  it.each([
    ['en', 'Letters to soldiers arrived.'],
    ['en', 'Soldiers rested, and the mayor arrived.'],
    ['de', 'Briefe für Soldaten sind eingetroffen.'],
    ['fr', 'Les lettres pour les soldats sont arrivées.'],
    ['es', 'Las cartas para los soldados llegaron.'],
    ['ko', '군인에게 편지가 도착했다.'],
    ['ja', '兵士に手紙が到着した。'],
    ['zh', '给士兵的信抵达。'],
  ])('%s: %s', (language, text) => {
    expect(whyOf(come!, text, language)).toBeNull();
  });
});

it('every language whose grammar is known has words for the small words that its templates name', () => {
  for (const [language, { object, actor, words }] of Object.entries(ROLES)) {
    const named = [...object, ...actor].join(' ').matchAll(/\{roles\.([\w]+)\}/g);
    for (const [, name = ''] of named)
      expect({ language, name, isThere: name in words }).toMatchObject({ isThere: true });
  }
});
