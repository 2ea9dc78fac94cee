// Italian: plural, gender and the forms of verbs, from the endings of the Snowball stemmer.
import { cutLongest, formsOf, longestFirst } from './regions.ts';

/** Letters that a stem keeps at least. */
const SHORTEST = 3;

const PRONOUN = longestFirst(`
  ci gli la le li lo mi ne si ti vi sene gliela gliele glieli glielo gliene mela mele meli melo mene
  tela tele teli telo tene cela cele celi celo cene vela vele veli velo vene
`);
const VERB = longestFirst(`
  erebbero irebbero assero essero issero eranno iranno erebbe irebbe erono arono irono
  eremo iremo ammo emmo immo iamo avano evano ando endo erai irai erei irei
  assi essi issi asse esse isse are ere ire ata ate ati ato ita ite iti ito uta ute uti uto ava eva avo evo
  ano ono erà irà erò irò ò ì é isce iscono isca iscano
  a e i o à
`);

/** Forms whose stem changes. */
const IRREGULAR = formsOf(`
  è,sono,era,erano,fu,furono,sarà,saranno,sarebbe,stato,stata,stati,state,sia,siano>essere
  ha,hanno,aveva,avevano,ebbe,avrà,avranno,avuto,abbia>avere va,vanno,andrà,andranno>andare
  fa,fanno,faceva,fece,fecero,fatto,fatta,fatti,fatte,farà>fare dice,dicono,disse,dissero,detto,detta,dirà>dire
  può,possono,poteva,potrà,potranno,potrebbe>potere deve,devono,doveva,dovrà,dovranno>dovere
  vuole,vogliono,voluto>volere viene,vengono,venne,vennero,venuto,venuta,venuti,verrà>venire
  tiene,tengono,tenne,tenuto>tenere mantiene,mantengono,mantenne,mantenuto>mantenere
  ottiene,ottengono,ottenne,ottenuto>ottenere
  impone,impongono,impose,imposero,imposto,imposta,imposti,imposte,imporrà>imporre
  propone,propongono,propose,proposto,proposta>proporre muore,muoiono,morì,morirono,morto,morti,morta,morte>morire
  uomini>uomo prende,prendono,prese,preso,presi,presa>prendere
  mette,mettono,mise,misero,messo,messa,messi,messe>mettere combatte,combattono,combattuto>combattere
  uccide,uccidono,uccise,uccisero,ucciso,uccisa,uccisi>uccidere
  chiude,chiudono,chiuse,chiusero,chiuso,chiusa,chiusi>chiudere
  decide,decidono,decise,decisero,deciso,decisa>decidere
  distrugge,distruggono,distrusse,distrussero,distrutto,distrutta,distrutti,distrutte>distruggere
  invade,invadono,invase,invasero,invaso,invasa>invadere difende,difendono,difese,difeso>difendere
  colpisce,colpiscono>colpire sospende,sospendono,sospese,sospeso,sospesa,sospesi>sospendere
  elegge,eleggono,elesse,eletto,eletta,eletti>eleggere aperto,aperta,aperti,aperte>aprire
  raggiunge,raggiungono,raggiunse,raggiunto,raggiunta>raggiungere sconfitto,sconfitti,sconfitta>sconfiggere
  respinge,respingono,respinse,respinto,respinta,respinti>respingere vince,vincono,vinse,vinto>vincere
  chiede,chiedono,chiese,chiesero,chiesto>chiedere rompe,ruppe,rotto,rotta>rompere scritto,scritta>scrivere
  riprende,riprendono,riprese,ripreso,ripresi>riprendere accende,acceso>accendere nasce,nato,nata,nati>nascere
  vede,vedono,vide,videro,visto,vista>vedere
`);

/** italiano, americano, talebani: no third person in -ano. */
const ADJECTIVE_IN_ANO = /(?:[tnlrs]i|ric|leb|tic|op|sic)an[oaie]$/;

/** Adjectives and nouns in -are, -ari that look like infinitives: militari must meet militare. */
const ADJECTIVE_IN_ARE =
  /^((?:inter|ir|bi|extra|para|anti)?(?:milit|nucle|popol|regol|particol|singol|pol|sol|lun|famili|element|aliment|complement|supplement|secol|circol|spettacol|stell|titol|insul|molecol|muscol|esempl|parlament|line|cellul|oscol)ar)[ei]$/;

/** Given lower case with diacritics. */
export function stemItalian(word: string): string {
  const bare = word.replace(/^(?:(?:da|ne|su|co|a|de)?ll|l|un|d|quest|c|s)'/, '');
  const known = IRREGULAR.get(bare) ?? bare;
  if (known.length <= SHORTEST) return known;
  if (ADJECTIVE_IN_ARE.test(known)) return known.slice(0, -1);
  const verb = cutLongest(known, PRONOUN, 5);
  const infinitive = verb === undefined ? known : /(?:[aei]r|[ae]ndo)$/.test(verb) ? verb.replace(/r$/, 're') : known;
  const stem = ADJECTIVE_IN_ANO.test(known)
    ? known.slice(0, -1)
    : (cutLongest(infinitive, VERB, SHORTEST) ?? infinitive);
  return stem.replace(/(?<=..)[iì]$/, '').replace(/(?<=.[cg])h$/, '');
}
