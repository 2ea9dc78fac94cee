// Ukrainian: our own list of endings of nouns, adjectives and verbs; no Snowball stemmer is published.
import { formsOf, longestFirst } from './regions.ts';

const TWO_VOWELS = /[аеиоуіїєюя].*[аеиоуіїєюя]/;
/** Letters that a stem keeps at least. */
const SHORTEST = 3;

const NOUN_AND_ADJECTIVE = longestFirst(`
  а я у ю і ї и е є о ь ом ем єм ям ою ею єю ам ями ами ах ях ові еві єві ів їв ей єй ій ью
  ий ого ього ому ьому им їм ими їми их їх ої ньої ій ую юю яя а ає еє ої і
  ння нню нням нні ннями ннях ань янь ття ттю ттям тті
`);
const VERB = longestFirst(`
  ла ло ли ув ться тися вся лася лося лися вшись вши
  ати ає ають аєш аємо аєте ав ала ало али аємо
  яти яє яють яв яла яло яли
  ити ить ять ив ила ило или имо ите ить иш
  іти іє іють ів іла іло іли
  увати ує ують уєш уємо уєте ував увала увало ували уй уйте
  ювати ює юють юєш юємо юєте ював ювала ювало ювали
  нути не нуть нув нула нуло нули
  уть ють еш емо ете ать еть єть аєть яєть уєть юєть іть
  ено ано ято уто ований овано ована овані ованого ованої ованих ованим ованими
`);
const REFLEXIVE = longestFirst('ся сь');
const COMPARATIVE = /(?:іш|ш)$/;

const ABSTRACT_NOUN = /(?:іст(?:ь|ю)|ост(?:і|ей|ям|ями|ях))$/;
/** рішень, навчань, озброєнь, which belong to рішення, навчання, озброєння. */
const PLURAL_OF_NNIA = /[аеиоуіїєюя].ень$|(?<=...)[аяє]нь$/;
/** Months and a few more that lose their е in other cases (липень, липня). */
const FLEETING_E = /^(січ|квіт|трав|черв|лип|серп|верес|жовт|груд|рів|тиж|грив)ень$/;

/** Forms whose stem changes. */
const IRREGULAR = formsOf(`
  людей,людям,людьми,людях,люди>людина дітей,дітям,дітьми,дітях,діти>дитина дня,дню,днем,дні,днів,дням,днями,днях>день
  києва,києву,києвом,києві>київ війни,війну,війною,війні,війнам,війнами,війнах,воєн>війна
  бою,боєм,боєві,бої,боїв,боям,боями,боях>бій бійця,бійцю,бійцем,бійцеві,бійці,бійців,бійцям,бійцями,бійцях>боєць
  дій,дії,дією,діям,діями,діях>дія може,можуть,міг,могла,могло,могли>могти є,був,була,було,були,буде,будуть>бути
  пішов,пішла,пішло,пішли,піде,підуть>піти увійшов,увійшла,увійшли,увійде>увійти
  вийшов,вийшла,вийшло,вийшли,вийде,вийдуть>вийти дійшов,дійшла,дійшли,дійде>дійти
  прийшов,прийшла,прийшло,прийшли,прийде,прийдуть>прийти знайшов,знайшла,знайшли,знайде,знайдуть>знайти
  ввів,ввела,ввело,ввели,введе,введуть,введено>ввести вивів,вивела,вивело,вивели,виведе,виведуть,виведено>вивести
  провів,провела,провело,провели,проведе,проведуть,проведено>провести
  завдав,завдала,завдали,завдасть,завдадуть,завдано>завдати взяв,взяла,взяли,візьме,візьмуть,взято>взяти
  прийняв,прийняла,прийняли,прийме,приймуть,прийнято>прийняти зайняв,зайняла,зайняли,займе,займуть,зайнято>зайняти
  зняв,зняла,зняли,зніме,знімуть,знято>зняти міста,місту,містом,місті,міст,містам,містами,містах>місто
  зброї,зброю,зброєю>зброя корабля,кораблю,кораблем,кораблеві,кораблі,кораблів,кораблям,кораблями,кораблях>корабель
  посла,послу,послові,послом,посли,послів,послам,послами,послах>посол
  вбив,вбила,вбили,вбито,вбитий,вбиті,вбивають,вбиває>вбити підпише,підпишуть>підписати
`);
/** Adjectives in -овий, whose plural looks like the dative of a noun (військові, президентові). */
const ADJECTIVE_IN_OV =
  /^((?:військ|бой|прав|служб|податк|торг|світ|мас|термін|додатк|строк|тилов|наук|фінанс|кадр|літ|ядр)ов)(?:ий|ого|ому|им|ім|а|ої|ій|у|ою|е|і|их|ими)$/;

/** Given lower case; the apostrophe as '. */
export function stemUkrainian(word: string): string {
  const known = IRREGULAR.get(word) ?? word;
  if (!TWO_VOWELS.test(known)) return unified(known);
  if (ADJECTIVE_IN_OV.test(known)) return known.replace(ADJECTIVE_IN_OV, '$1');
  if (ABSTRACT_NOUN.test(known)) return known.replace(ABSTRACT_NOUN, 'іст');
  if (FLEETING_E.test(known)) return known.replace(FLEETING_E, '$1н');
  const bare = cut(known, REFLEXIVE) ?? known;
  const verb = cut(bare, VERB);
  const noun = PLURAL_OF_NNIA.test(bare) ? bare.slice(0, -2) : cut(bare, NOUN_AND_ADJECTIVE);
  let stem = verb !== undefined && verb.length < (noun ?? bare).length ? verb : (noun ?? bare);
  if (COMPARATIVE.test(stem) && stem.length > 5 && noun !== undefined) stem = stem.replace(COMPARATIVE, '');
  return unified(stem);
}

function cut(word: string, suffixes: readonly string[]): string | undefined {
  const suffix = suffixes.find((candidate) => word.endsWith(candidate) && word.length - candidate.length >= SHORTEST);
  return suffix === undefined ? undefined : word.slice(0, -suffix.length);
}

/**
 * What is left when forms of one word were cut differently: no soft sign, doubling or і at the end; no end of a noun
 * that looks like one of a verb (солдат, солдати); one vowel where о, е and і alternate (договір, договору).
 */
function unified(stem: string): string {
  const bare = stem
    .replace(/[ьії]$/, '')
    .replace(/(?<=.{3}[^аеиоуіїєюя])ок$/, 'к')
    .replace(/(?<=.{2})[еє]ць?$/, 'ц')
    .replace(/(?<=.{4})(?:ат|[аиі]л|[ії]в)$/, '')
    .replace(/(.)\1$/, '$1')
    .replace(/(?<=[бпвмф])л$/, '');
  return bare.length < 5 ? bare : bare.replace(/[оеє]([^аеиоуіїєюяь]{1,2})$/, 'і$1');
}
