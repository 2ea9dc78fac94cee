// Russian: the inflectional parts of the Snowball stemmer, with the vowels and consonants that come and go.
import { formsOf, longestFirst } from './regions.ts';

const VOWELS = /[аеиоуыэюя]/;

const PERFECTIVE_GERUND = longestFirst('ив ивши ившись ыв ывши ывшись');
const PERFECTIVE_GERUND_AFTER_A = longestFirst('в вши вшись');
const REFLEXIVE = longestFirst('ся сь');
const ADJECTIVE = longestFirst('ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею');
const PARTICIPLE = longestFirst('ивш ывш ующ');
const PARTICIPLE_AFTER_A = longestFirst('ем нн вш ющ щ');
const VERB = longestFirst(
  'ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю',
);
const VERB_AFTER_A = longestFirst('ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно');
const NOUN = longestFirst(
  'а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я',
);

/** Forms whose stem changes, and short words that rules would cut too far. Keys and words are with е for ё. */
const IRREGULAR = formsOf(`
  люди,людей,людям,людьми,людях>человек дети,детей,детям,детьми,детях>ребенок
  дня,дню,днем,дне,дни,дней,дням,днями,днях>день шел,шла,шло,шли,шедший>идти иду,идет,идем,идут,идите>идти
  ушел,ушла,ушло,ушли,уйдет,уйдут>уйти вошел,вошла,вошло,вошли,войдет,войдут>войти
  вышел,вышла,вышло,вышли,выйдет,выйдут>выйти пришел,пришла,пришло,пришли,придет,придут>прийти
  нашел,нашла,нашло,нашли,найдет,найдут>найти прошел,прошла,прошло,прошли,пройдет,пройдут>пройти
  перешел,перешла,перешло,перешли,перейдет,перейдут>перейти
  произошел,произошла,произошло,произошли,произойдет>произойти
  ввел,ввела,ввело,ввели,введет,введут,введен,введена,введено,введены>ввести
  вывел,вывела,вывело,вывели,выведет,выведут,выведен,выведена,выведены>вывести
  провел,провела,провело,провели,проведет,проведут,проведен,проведена,проведены,проведено>провести
  нанес,нанесла,нанесло,нанесли,нанесет,нанесут,нанесен,нанесены>нанести
  взял,взяла,взяло,взяли,возьмет,возьмут,взят,взята,взяты,взято>взять
  занял,заняла,заняло,заняли,займет,займут,занят,занята,занято,заняты>занять
  принял,приняла,приняло,приняли,примет,примут,принят,принята,принято,приняты>принять
  правила,правил,правилам,правилами,правилах>правило денег,деньгам,деньгами,деньгах>деньги
  станет,станут,стану,стал,стала,стало,стали>стать будет,будут,будем,буду,был,была,было,были>быть
  хочет,хотят,хотел,хотела,хотели>хотеть видел,видела,видели,видит,видят>видеть
  снял,сняла,сняло,сняли,снимет,снимут,снят,снята,снято,сняты>снять отправлю>отправить направлю>направить
  объявлю>объявить вступлю>вступить бойца,бойцу,бойцом,бойце,бойцы,бойцов,бойцам,бойцами,бойцах>боец
  мог,могла,могло,могли,может,могут,можем,можете>мочь
  посла,послу,послом,послы,послов,послам,послами,послах>посол граждане,граждан,гражданам,гражданами,гражданах>гражданин
  россияне,россиян,россиянам,россиянами,россиянах>россиянин
  убит,убита,убито,убиты,убитых,убитые,убьет,убьют>убить подпишет,подпишут>подписать
  погиб,погибла,погибло,погибли,погибнет,погибнут>погибнуть
`);
/** A vowel that comes and goes: поставка, поставок; участок, участка. */
const FLEETING_VOWEL = /(?<=[аеиоуыэюя][^аеиоуыэюя]{1,2})[ое]к$/;

/**
 * Ends of nouns that are cut as if they were endings where nothing follows (Лавров, визит, обмен, Иран, генерал) and so
 * are cut where an ending did follow, too (Лаврова, визита, Ирану).
 */
const LIKE_ENDINGS = /(?:[ое]в|[еи]м|ит|[еи]л|ен|(?<=[ая])[нл]|(?<=[^аеиоуыэюя])е)$/;
/** Nouns in -ие, -ия: решение must not meet решить. */
const NOUN_IN_I = /и(?:е|я|ю|й|и|ем|ям|ями|ях|ей)$/;
/** Verbs in -овать, -евать: the part that the present tense lacks. */
const VERB_IN_OVAT = /[ое]ва$/;
const SHORTEST = 3;

/** Nouns whose stem is never cut, though it ends like a form or a shorter one is another word (визит, виза). */
const KEPT_NOUNS = 'визит кредит лимит дефицит транзит киев остров обмен экзамен иран корабл митинг состав';
const KEPT_NOUN = new RegExp(`^(${KEPT_NOUNS.replaceAll(' ', '|')})(?:[аеуыиюяь]|о[мв]|[ая][мх]|[ая]ми|е[йм])?$`);

/** Given lower case with е for ё. */
export function stemRussian(word: string): string {
  const known = IRREGULAR.get(word) ?? word;
  const noun = KEPT_NOUN.exec(known)?.[1];
  if (noun !== undefined && !IRREGULAR.has(word)) return noun;
  const start = known.search(VOWELS) + 1;
  if (start === 0) return known;
  const head = known.slice(0, start);
  let rest = known.slice(start);
  rest = withoutGerund(rest) ?? withoutEnding(head, cut(rest, REFLEXIVE) ?? rest);
  if (rest.endsWith('и')) rest = rest.slice(0, -1);
  rest = rest
    .replace(/ейше?$/, '')
    .replace(/нн$/, 'н')
    .replace(/ь$/, '');
  const stem = head + rest;
  if (stem.length > 4 && /[^аеиоуыэюя]ец$/.test(stem)) return `${stem.slice(0, -2)}ц`;
  const shorter = stem.replace(NOUN_IN_I.test(known) ? VERB_IN_OVAT : LIKE_ENDINGS, '').replace(VERB_IN_OVAT, '');
  return (shorter.length >= SHORTEST ? shorter : stem).replace(FLEETING_VOWEL, 'к');
}

const withoutGerund = (rest: string) => cut(rest, PERFECTIVE_GERUND) ?? cutAfterA(rest, PERFECTIVE_GERUND_AFTER_A);

function withoutEnding(head: string, rest: string): string {
  if (head.length + rest.length <= SHORTEST) return rest;
  if (/^(?:ть|ет|ют|ешь|ете)$/.test(rest) && /[ая]$/.test(head)) return '';

  const adjective = cut(rest, ADJECTIVE);
  if (adjective !== undefined)
    return cut(adjective, PARTICIPLE) ?? cutAfterA(adjective, PARTICIPLE_AFTER_A) ?? adjective;
  return cut(rest, VERB) ?? cutAfterA(rest, VERB_AFTER_A) ?? cut(rest, NOUN) ?? rest;
}

function cut(rest: string, suffixes: readonly string[]): string | undefined {
  const suffix = suffixes.find((candidate) => rest.endsWith(candidate));
  return suffix === undefined ? undefined : rest.slice(0, rest.length - suffix.length);
}

/** Cut only behind а or я, which stays. */
function cutAfterA(rest: string, suffixes: readonly string[]): string | undefined {
  const stem = cut(rest, suffixes);
  return stem !== undefined && /[ая]$/.test(stem) ? stem : undefined;
}
