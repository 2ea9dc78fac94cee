// French: plural, feminine and the forms of verbs, from the endings of the Snowball stemmer.
import { cutLongest, formsOf, longestFirst, wordSet } from './regions.ts';

const VOWEL = /[aeiouyâàëéêèïîôûùæœ]/;

const VERB_IN_IR = longestFirst(`
  îmes îtes ir ira irai iraient irais irait iras irent irez iriez irions irons iront
  issaient issais issait issant issante issantes issants isse issent isses issez issiez issions issons
`);
const VERB = longestFirst(`
  é ée ées és èrent er era erai eraient erais erait eras erez eriez erions erons eront ez iez
  âmes ât âtes a ai aient ais ait ant ante antes ants as asse assent asses assiez assions ent es e
`);
/** Short forms of verbs in -ir, cut only behind these stems: petit, visite and partie are not verbs. */
const SHORT_IN_IR = longestFirst('ît i ie ies is it ite ites');
const STEMS_IN_IR = wordSet(`
  ag réag fin bât chois sais envah fourn réun un établ garant invest sub pér pun trah ralent durc élarg franch rempl
  réuss avert démol enrich affaibl anéant englout atterr obé défin abol bann about sort sent ment rét blanch grand gross
  adouc assoupl convert assujett investi ass serv dorm aval aplat accompl rajeun compat pervert
`);
/** Behind nd, rd, tt, mp: vendre, vendu, vend. */
const VERB_IN_RE = longestFirst('re ra rai rait raient ras rez ront rons u ue us ues');

/** Verbs whose stem changes, by what they end in; the stem is what comes before the arrow's word. */
const VERB_FAMILIES: readonly (readonly [RegExp, string])[] = [
  [
    /^(a|ap|com|entre|re|sur|mé|dé)?pr(?:end|ends|is|ise|ises|it|irent|enons|enez|ennent|enait|enaient|enant|endr.*)$/,
    '$1prend',
  ],
  [
    /^(ad|com|per|pro|re|sou|trans|é|o|compro|dé)?m(?:ets?|ises?|i[st]|irent|ett(?:ons|ez|ent|ait|aient|ant|r.*))$/,
    '$1mett',
  ],
  [
    /^(re|main|ob|con|dé|sou|entre|appar|)t(?:ien(?:t|s|nent|dr.*)|en(?:ir|ue?s?|ons|ez|ait|aient|ant)|int|inrent)$/,
    '$1ten',
  ],
  [
    /^(re|de|inter|par|pré|sur|pro|contre|)v(?:ien(?:t|s|nent|dr.*)|en(?:ir|ue?s?|ons|ez|ait|aient|ant)|int|inrent)$/,
    '$1ven',
  ],
  [/(du|tru)i(?:t|te|ts|tes|s|re|r[aeo].*|s[aeio].*)$/, '$1i'],
  [/(?<=.)(ein|ain|oin)(?:d|ds|dr.*|t|te|ts|tes|gn[aeio].*)$/, '$1t'],
  [
    /^(re|dé|pour|)f(?:ait|ais|aits|aite|aites|aire|aisons|aisait|aisaient|aisant|ont|er(?:a|ont|ait|aient)|it|irent)$/,
    '$1fair',
  ],
  [/^(ré|)él(?:ire|u|ue|us|ues|it|isent|isait|ira|iront)$/, '$1éli'],
  [/^(re)?conn(?:aître|aitre|aît|ait|u|ue|us|ues|aissent|aissant|aissait|aîtra|aîtront|ut|urent)$/, '$1connai'],
  [/^(re|per|)(?:r)?e?(?:ç)(?:oit|oivent|u|ue|us|ues|oivait|evra|ut|urent)$/, '$1cev'],
  [/^(re|per)cev(?:oir|ait|aient|ant|ra|ront)$/, '$1cev'],
  [/^(dis|par|ac|se|)cour(?:ir|t|ent|u|ue|us|ues|ait)$/, '$1cour'],
  [/^(dé|re|)ouv(?:rir|re|rent|ert|erte|erts|ertes|rit|rait|rant|rira)$/, '$1ouvr'],
  [/^(re|dé|)couv(?:rir|re|rent|ert|erte|erts|ertes|rit|rait|rant|rira)$/, '$1couvr'],
  [/^(in|ex|con)clu(?:re|t|ent|e|s|es|ra|ait|ant|rent|)$/, '$1clu'],
  [/^(pour|)suiv(?:re|ent|i|ie|is|ies|it|ait|aient|ant|ra|ront|irent)$/, '$1suiv'],
  [/^(re|sur|)v(?:ivre|it|ivent|écu|écue|ivait|ivant|ivra)$/, '$1viv'],
  [/^(tu|ni)(?:er|e|es|ent|é|és|ée|ées|a|ait|aient|ant|èrent|era|eront|erait)$/, '$1er'],
  [/^(re|)env(?:oie|oies|oient|err.*)$/, '$1envoi'],
];

const IRREGULAR = formsOf(`
  travaux>travail yeux>œil morts,morte,mortes,meurt,meurent,mourir,mourra,mourait>mort
  est,sont,était,étaient,été,sera,seront,serait,fut,furent,soit,soient,étant>être
  ont,avait,avaient,aura,auront,aurait,eu,eut,ayant,ait,aient>avoir va,vont,ira,iront,irait>aller
  peut,peuvent,pouvait,pouvaient,pourra,pourrait,pu,puisse>pouvoir
  doit,doivent,devait,devaient,devra,devrait,dû,due,devront>devoir veut,veulent,voulait,voulaient,voudra,voulu>vouloir
  dit,disent,disait,dira,dite,dites,dits,disant>dire voit,voient,voyait,vu,vue,vus,vues,verra>voir
  sait,savent,savait,su,saura>savoir
`);

/** Verbs in -irer, whose forms are not those of -ir. */
const IN_IRER = /^(?:(?:re|at|sou|é)?tir|(?:in|con|a|tran|re|sou)?spir|expir|admir|désir|vir|chavir|déchir)(?!$)/;
/** Nouns that look like a form of a verb with another meaning (traiter). */
const KEPT = wordSet('traité marché million milliard président');

/** Given lower case with diacritics. */
export function stemFrench(word: string): string {
  const bare = word.replace(/^(?:[cdjlmnst]|qu)'/, '');
  const known = IRREGULAR.get(bare) ?? bare;
  if (KEPT.has(known.replace(/s$/, ''))) return known.replace(/s$/, '');
  for (const [pattern, stem] of VERB_FAMILIES) if (pattern.test(known)) return known.replace(pattern, stem);
  if (known.length < 4) return known;
  return unified(withoutEnding(masculineSingular(known)));
}

/** généraux, active, religieuse, directrice as général, actif, religieux, directeur. */
function masculineSingular(word: string): string {
  if (word.length < 6) return word;
  const singular = word.replace(/(?<=[^n])s$/, '');
  return singular
    .replace(/(?<!e)aux$/, 'al')
    .replace(/(?<=..)ive$/, 'if')
    .replace(/euse$/, 'eux')
    .replace(/trice$/, 'teur')
    .replace(/ière$/, 'ier')
    .replace(/(?<=..)([ao]is)e$/, '$1');
}

function withoutEnding(word: string): string {
  const start = verbRegion(word);
  const regular = cutLongest(word, VERB_IN_RE, start);
  if (regular !== undefined && /(?:[nr]d|tt|mp)$/.test(regular)) return regular;
  const first = IN_IRER.test(word) ? undefined : cutLongest(word, VERB_IN_IR, 2);
  if (first !== undefined && !VOWEL.test(first.at(-1)!)) return first;
  const short = cutLongest(word, SHORT_IN_IR, 2);
  if (short !== undefined && STEMS_IN_IR.has(short)) return short;
  const second = cutLongest(word, VERB, Math.max(start, 3));
  if (second !== undefined) return second;
  return word.replace(/(?<=[^s])s$/, '');
}

/** Behind the first inner vowel. */
const verbRegion = (word: string): number => word.slice(1).search(VOWEL) + 2;

/** One form of what differs between forms: doubled consonants, y and i, gu and g, ge and g. The key has no diacritics. */
function unified(stem: string): string {
  return stem
    .replace(/(enn|onn|ett|ell|eill|tt)$/, (end) => end.slice(0, -1))
    .replace(/(?<=[ae]u|ou)x$/, '')
    .replace(/c?qu$/, 'c')
    .replace(/y$/, 'i')
    .replace(/(?<=..g)[eu]$/, '');
}
