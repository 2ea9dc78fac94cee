// German: cases, plural and the forms of verbs, after the first steps of the Snowball stemmer.
import { formsOf, wordSet } from './regions.ts';

/** Forms of strong verbs and irregular plurals. Umlauts of plurals need no entry: they are stripped from the key. */
const IRREGULAR = formsOf(`
  ist,sind,war,waren,gewesen,sei,wäre,wären>sein hat,hatte,hatten,gehabt,hätte>haben
  wird,wurde,wurden,geworden,würde>werden kann,konnte,konnten,könnte>können muss,musste,mussten>müssen
  will,wollte,wollten>wollen soll,sollte,sollten>sollen gab,gaben,gegeben,gibt>geben nahm,nahmen,genommen,nimmt>nehmen
  übernahm,übernahmen,übernommen,übernimmt>übernehmen kam,kamen,gekommen>kommen ging,gingen,gegangen>gehen
  stand,standen,gestanden>stehen fand,fanden,gefunden>finden traf,trafen,getroffen,trifft>treffen
  sprach,sprachen,gesprochen,spricht>sprechen brach,brachen,gebrochen,bricht>brechen
  starb,starben,gestorben,stirbt>sterben schoss,schossen,geschossen>schießen beschoss,beschossen>beschießen
  schlug,schlugen,geschlagen,schlägt>schlagen trug,trugen,getragen,trägt>tragen fuhr,fuhren,gefahren,fährt>fahren
  hielt,hielten,gehalten,hält>halten ließ,ließen,gelassen,lässt>lassen fiel,fielen,gefallen,fällt>fallen
  griff,griffen,gegriffen>greifen angegriffen>angreifen schrieb,schrieben,geschrieben>schreiben
  unterschrieb,unterschrieben>unterschreiben blieb,blieben,geblieben>bleiben floh,flohen,geflohen>fliehen
  flog,flogen,geflogen>fliegen zog,zogen,gezogen>ziehen abgezogen,abzog,abzogen>abziehen
  zurückgezogen,zurückzog>zurückziehen verlor,verloren>verlieren gewann,gewannen,gewonnen>gewinnen
  begann,begannen,begonnen>beginnen bot,boten,geboten>bieten verbot,verboten>verbieten
  schloss,schlossen,geschlossen>schließen beschloss,beschlossen>beschließen abgeschlossen,abschloss>abschließen
  rief,riefen,gerufen>rufen sandte,sandten,gesandt>senden entsandte,entsandten,entsandt>entsenden
  dachte,gedacht>denken brachte,brachten,gebracht>bringen wusste,wussten,gewusst,weiß>wissen
  warf,warfen,geworfen,wirft>werfen half,halfen,geholfen,hilft>helfen lag,lagen,gelegen>liegen
  sah,sahen,gesehen,sieht>sehen trat,traten,getreten,tritt>treten vertrat>vertreten
  beigetreten,beitrat>beitreten zurückgetreten,zurücktrat>zurücktreten verhielt,verhält>verhalten
  erhielt,erhielten,erhält>erhalten verließ,verließen,verlässt>verlassen tat,taten,getan>tun las,lasen,gelesen>lesen
  drang,drangen,gedrungen>dringen eingedrungen>eindringen zwang,zwangen,gezwungen>zwingen
  schwor,schworen,geschworen>schwören stieg,stiegen,gestiegen>steigen vereinbart,vereinbarte,vereinbarten>vereinbaren
  verhängt,verhängte,verhängten>verhängen
`);
/** Nouns that look like participles. */
const NOT_PARTICIPLE = wordSet(
  'gericht gebiet gewalt gefecht gestalt gebet gehalt gesicht geschäft gerät geschlecht gewicht gerücht gerecht',
);
/** Words without endings that others look like once theirs are off: sichern and sich, Seiten and seit. */
const PARTICLES = wordSet(`
  sich mich dich euch uns wir man und oder aber denn doch dass weil wenn als nur noch schon auch nicht nun dann wann hier dort wie was wer für vor
  mit nach bei seit aus von zum zur auf ins durch gegen ohne bis sehr mehr
`);
/** Ends the key of such another word. */
const NO_PARTICLE = '-';
const SEPARABLE_PREFIXES =
  'ab an auf aus bei ein fort los mit nach vor weg zu zurück zusammen her hin durch um über unter wieder bereit statt ' +
  'teil fest frei';
const SEPARABLE = new RegExp(`^(${SEPARABLE_PREFIXES.replaceAll(' ', '|')})ge(?=.{4,}(?:t|en)$)`);
const PARTICIPLE = /^ge(?=.{3,}t$)/;

/** Given lower case with diacritics. */
export function stemGerman(word: string): string {
  if (PARTICLES.has(word)) return word;
  const known = (IRREGULAR.get(word) ?? word).replace(/ß/g, 'ss');
  const bare = NOT_PARTICIPLE.has(known) ? known : known.replace(SEPARABLE, '$1').replace(PARTICIPLE, '');
  const stem = withoutEnding(bare);
  return PARTICLES.has(stem) ? stem + NO_PARTICLE : stem;
}

/** Three letters are left at least. */
function withoutEnding(word: string): string {
  return word
    .replace(/(?<=.{3})(?:erinnen|erin)$/, 'er')
    .replace(/(?<=.{3})nisse[ns]?$/, 'nis')
    .replace(/(?<=.{2}st)ers$/, 'er')
    .replace(/(?<=.{4}[tlnrks])innen$/, 'in')
    .replace(/(?<=.{2}ier|.{2}el|.{2}er|.{3})(?:test|teten|tete|tet|ten|te|tes|ter|tem)$/, 't')
    .replace(/(?<=.{3})(?:ern|em|en|er|es|e|(?<=[bdfghklmnrt])s|(?<=[lr])n)$/, '')
    .replace(/(?<=.{3})(?:en|em|er|est|(?<=[bdfghklmnrt])st|et|t)$/, '')
    .replace(/(?<=.{3})e[rl]$/, '');
}
