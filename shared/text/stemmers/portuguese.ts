// Portuguese: plural, gender and the forms of verbs, from the endings of the Snowball stemmer.
import { cutLongest, formsOf, longestFirst } from './regions.ts';

/** Letters that a stem keeps at least. */
const SHORTEST = 3;

const VERB = longestFirst(`
  ada ida ado ido adas idas ados idos ando endo indo ar er ir ava avam avas ia iam ias íamos ávamos
  aria eria iria ariam eriam iriam ará erá irá arão erão irão arei erei irei aremos eremos iremos
  ou eu iu aram eram iram asse esse isse assem essem issem amos emos em am a e o i á é í ê
`);

/** Forms whose stem changes. */
const IRREGULAR = formsOf(`
  é,são,era,eram,foi,foram,será,serão,seria,sido,seja,sejam,sendo,fosse>ser
  está,estão,estava,estavam,esteve,estiveram>estar há,havia,haviam,houve,haverá,haja>haver
  vai,vão,ia,iam,vá,irá,irão>ir tem,têm,tinha,tinham,teve,tiveram,terá,terão,tenha>ter
  faz,fazem,fez,fizeram,feito,feita,feitos,feitas,fará,farão,faria,faça>fazer posso>poder
  diz,dizem,disse,disseram,dito,dirá>dizer pode,podem,pôde,puderam,poderá,poderão,poderia,possa>poder
  quer,querem,quis,quiseram>querer vem,vêm,veio,vieram,virá,virão>vir põe,põem,pôs,puseram,posto,posta,porá>pôr
  impõe,impõem,impôs,impuseram,imposto,imposta,impostas,imporá,imporão,impondo,impunha>impor
  propõe,propõem,propôs,propuseram>propor mantém,mantêm,manteve,mantiveram,manterá,mantinha>manter
  detém,detêm,deteve,detiveram,detido,detidos>deter obtém,obtiveram,obteve>obter dá,dão,deu,deram,dará,darão,dê>dar
  vê,veem,viu,viram,visto,verá,veja,vejam>ver sabe,sabem,soube,souberam>saber traz,trazem,trouxe,trouxeram>trazer
  morto,mortos,morta,mortas,morre,morrem,morreu,morreram>morrer aberto,aberta,abertos,abertas>abrir
  eleito,eleita,eleitos>eleger aceite>aceitar suspenso,suspensa,suspensos,suspensas>suspender
  destrói,destroem,destruiu,destruíram,destruído,destruída,destruídos,destruídas>destruir
  preso,presos,presa,presas>prender homens>homem jovens>jovem reféns>refém armazéns>armazém
`);

/** Verbs in -irar, whose forms look like those of verbs in -ir (retiram, partiram). */
const IN_IRAR = /^((?:re|a)?tir|(?:con|in|a|re)spir|expir|admir|gir)(?:a|am|o|e|em)$/;

/** Given lower case with diacritics. */
export function stemPortuguese(word: string): string {
  const known = IRREGULAR.get(word) ?? word;
  const bare = known.replace(/(?<=[aeis][rmou]|[aeiou])-(?:se|lhes?|[oa]s?|l[oa]s?|n[oa]s?|me|nos)$/, '');
  const singular = nounInSingular(bare);
  if (singular.length <= SHORTEST) return singular;
  if (IN_IRAR.test(bare)) return bare.replace(IN_IRAR, '$1');
  const verb = cutLongest(bare, VERB, SHORTEST) ?? bare;
  const noun = cutLongest(singular, VERB, SHORTEST) ?? singular;
  return unified(verb.length < noun.length ? verb : noun);
}

/** sanções, mísseis, generais, nações as sanção, míssil, general; ão and its feminine ã stay. */
function nounInSingular(word: string): string {
  return word
    .replace(/(?:ões|ães|ãos)$/, 'ão')
    .replace(/(?<=.)eses$/, 'ês')
    .replace(/(?<=..)ais$/, 'al')
    .replace(/(?<=.)éis$/, 'el')
    .replace(/(?<=..[ís].*)eis$/, 'il')
    .replace(/(?<=..)óis$/, 'ol')
    .replace(/(?<=..)uis$/, 'ul')
    .replace(/(?<=..[^aeiouãõ])is$/, 'il')
    .replace(/(?<=..[aeiou])ns$/, 'm')
    .replace(/(?<=..[rzsn])es$/, '')
    .replace(/(?<=.[aeiouãéáó])s$/, '');
}

/** One spelling of a sound before different vowels: ataque, atacar; pague, pagar. The key has no diacritics: força, force. */
function unified(stem: string): string {
  return stem
    .replace(/gu$/, 'g')
    .replace(/qu$/, 'c')
    .replace(/(?<=..)[ií]$/, '');
}
