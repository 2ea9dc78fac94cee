// Polish: an own list of endings of nouns, adjectives and verbs.
import { cutLongest, formsOf, longestFirst } from './regions.ts';

/** Letters that a stem keeps at least. */
const SHORTEST = 3;

const NOUN_AND_ADJECTIVE = longestFirst(`
  a ą ę e i y o u ie ia ią ię io iu ii ji em iem om iom ami iami ach iach owi iowi owie ów iów ej iej ego iego emu iemu
  ym im ymi imi ych ich ym ii ja ją ję je ji jom jami jach jo
  ość ości ością ościach ościami ościom
`);
const VERB = longestFirst(`
  ać a ają am asz amy acie ał ała ało ali ały ając ając any ana ano ane ani anego anej anych anymi
  ować uje ują uję ujesz ujemy ujecie ował owała owało owali owały ując owany owana owano owane owani owanych owanej owanego
  ywać ywa ywają ywał ywała ywali ywały iwać
  ić yć i y ią ę imy ymy isz ysz icie ycie ił ył iła yła iło yło ili yli iły yły iąc ąc
  ony ona one eni onego onej onych onymi
  eć ał eli iał iała iało iały ieli eje eją ejesz
  nąć ną nął nęła nęło nęli nęły nięty nięta nięte
`);

const INFINITIVE = longestFirst('ać ić yć eć a ają i ią y ą ę');

/** Forms whose stem changes. */
const IRREGULAR = formsOf(`
  jest,są,był,była,było,były,byli,będzie,będą>być ma,mają,miał,miała,mieli,miały>mieć
  może,mogą,mógł,mogła,mogli,mogło,mogły>móc ludzie,ludzi,ludziom,ludźmi,ludziach>człowiek
  dzieci,dzieciom,dziećmi>dziecko dni,dnia,dniu,dniem,dniach,dniom>dzień
  wojsk,wojska,wojsku,wojskiem,wojskach,wojskami,wojskom>wojsko
  wszedł,weszła,weszli,weszło,weszły,wejdzie,wejdą>wejść wyszedł,wyszła,wyszli,wyjdzie,wyjdą>wyjść
  przyszedł,przyszła,przyszli,przyjdzie>przyjść doszło,doszedł,doszła,doszli,dojdzie>dojść
  wziął,wzięła,wzięli,weźmie,wezmą,wzięty>wziąć zajął,zajęła,zajęli,zajmie,zajmą,zajęty,zajęta,zajęte>zająć
  przyjął,przyjęła,przyjęli,przyjmie,przyjmą,przyjęty,przyjęta>przyjąć podjął,podjęła,podjęli,podejmie,podjęta>podjąć
  zaczął,zaczęła,zaczęli,zacznie,zaczną>zacząć rozpoczął,rozpoczęła,rozpoczęli,rozpocznie>rozpocząć
  wysłał,wysłała,wysłali,wysłały,wysłano,wyśle,wyślą,wysłany,wysłana,wysłane,wysłani>wysłać
  zawarł,zawarła,zawarli,zawarto,zawarty,zawarta,zawarte>zawrzeć dał,dała,dali,da,dadzą,dano>dać
  zginął,zginęła,zginęło,zginęli,zginie>zginąć umarł,umarła,zmarł,zmarła,zmarli>umrzeć
  wprowadzi,wprowadzą,wprowadzono>wprowadzić rozmów>rozmowa głów>głowa budów>budowa odmów>odmowa
  działa,działają,działał,działała,działali,działało>działać
  zostanie,zostaną,został,została,zostało,zostali,zostały>zostać mieście>miasto świecie>świat marca,marcu>marzec
  ręce,rąk,rękami>ręka wojen>wojna zabił,zabiła,zabili,zabiły,zabito,zabity,zabita,zabici,zabite,zabija,zabijają>zabić
`);

/** Given lower case with diacritics. */
export function stemPolish(word: string): string {
  const known = (IRREGULAR.get(word) ?? word).replace(/(?<=...)by$/, '');
  if (known.length <= SHORTEST) return known;
  const verb = cutLongest(known, VERB, SHORTEST + 1) ?? cutLongest(known, INFINITIVE, SHORTEST - 1) ?? known;
  const locative = known
    .replace(/(?<=...)cie$/, 'te')
    .replace(/dzie$/, 'de')
    .replace(/(?<=..)nci$/, 'nta');
  const noun = cutLongest(locative, NOUN_AND_ADJECTIVE, SHORTEST) ?? locative;
  return unified(verb.length < noun.length ? verb : noun);
}

/** One form of consonants that soften and vowels that come and go: żołnierz, umowie, wniosek, Ukrainie. The key has no diacritics. */
function unified(stem: string): string {
  return stem
    .replace(/(?<=..)i$/, '')
    .replace(/(?<=.[^aeiouyąęó])ek$/, 'k')
    .replace(/(?<=.[^aeiouyąęó])iec$/, 'c')
    .replace(/ą(?=[^aeiouyąęó]$)/, 'ę')
    .replace(/ś[ćc]$/, 'st')
    .replace(/dzi?$|dź$/, 'd')
    .replace(/(?<=..t)er$/, 'r')
    .replace(/(?<=...[^aeiouyąęó])em$/, '')
    .replace(/rz$/, 'r')
    .replace(/sz$/, 's');
}
