// Spanish: plural, gender and the forms of verbs, from the endings of the Snowball stemmer.
import { cutLongest, formsOf, longestFirst } from './regions.ts';

/** Letters that a stem keeps at least. */
const SHORTEST = 3;

const PRONOUN = longestFirst('me se sela selo selas selos la le lo las les los nos');
const VERB = longestFirst(`
  aba aban abas ábamos abais ada ado adas ados ando ar arán ará arás aré aremos aréis aría arían arías
  aríamos aron aste asteis ad áis amos éis emos en es
  ía ían ías íamos ida ido idas idos iendo yendo er erá erán erás eré eremos ería erían erías eríamos
  ieron yeron iera ieran iese iesen ió yó yera yeran ir irá irán irás iré iremos iría irían iríamos iste isteis
  uir uye uyen uyó uyeron uido uida uidos uidas uyendo uirá uirán
  an as a e o é ó í á os
`);

/** Forms whose stem changes. */
const IRREGULAR = formsOf(`
  es,son,era,eran,fue,fueron,sido,será,serán,sería,sea,sean,siendo>ser
  está,están,estaba,estaban,estuvo,estuvieron>estar ha,han,había,habían,hubo,habrá,habría,haya,hayan>haber
  va,van,iba,iban,vaya>ir hace,hacen,hizo,hicieron,hará,harán,haría,haga>hacer
  dice,dicen,dijo,dijeron,dicho,dirá>decir puede,pueden,pudo,pudieron,podrá,podrán,podría,podrían,pueda,puedan>poder
  quiere,quieren,quiso,quisieron>querer tiene,tienen,tuvo,tuvieron,tendrá,tendrán,tendría,tenga>tener
  viene,vienen,vino,vinieron,vendrá>venir mantiene,mantienen,mantuvo,mantuvieron,mantendrá,mantendrán>mantener
  detiene,detienen,detuvo,detuvieron,detendrá>detener obtiene,obtienen,obtuvo,obtuvieron>obtener
  pone,ponen,puso,pusieron,puesto,puesta,puestos,puestas,pondrá,pondrán>poner
  impone,imponen,impuso,impusieron,impuesta,impuestas,impondrá,impondrán,imponga,impongan>imponer
  propone,proponen,propuso,propusieron,propuesto,propondrá>proponer
  muere,mueren,murió,murieron,muerto,muertos,muerta,muertas>morir da,dan,dio,dieron,dará,darán,dé>dar hechos>hecho
  ve,ven,vio,vieron,visto,vista,verá>ver sabe,saben,supo,supieron,sabrá>saber trae,traen,trajo,trajeron>traer
  abierto,abierta,abiertos,abiertas>abrir escrito,escrita,escritos,escritas>escribir roto,rota,rotos,rotas>romper
  suscrito,suscrita,suscritos>suscribir cubierto,cubierta>cubrir descubierto,descubierta>descubrir
  devuelto,devuelta>devolver resuelto,resuelta,resueltos>resolver vuelto,vuelta>volver huye,huyen,huyó,huyeron>huir
  sigue,siguen,siguió,siguieron>seguir pide,piden,pidió,pidieron>pedir despide,despiden,despidió>despedir
  mide,miden,midió>medir elige,eligen,eligió,eligieron>elegir produjo,produjeron>producir redujo,redujeron>reducir
  condujo,condujeron>conducir
`);

/** Stressed stems of verbs of the news with the stem of the infinitive. Not acuerdo, gobierno, prueba: nouns first. */
const CHANGED_STEMS = formsOf(`
  desplieg>despleg replieg>repleg nieg>neg encuentr>encontr refuerc>reforc fuerc>forc muestr>mostr demuestr>demostr
  cierr>cerr encierr>encerr comienc>comenc piens>pens defiend>defend entiend>entend atiend>atend extiend>extend
  pierd>perd vuelv>volv devuelv>devolv resuelv>resolv quier>quer aprueb>aprob renuev>renov muev>mov promuev>promov
  cuest>cost advirt,adviert>advert inviert>invert conviert,convirt>convert sient>sent sugier>suger hier,hir>her
  refier,refir>refer prefier>prefer requier>requer sirv>serv persigu,persig>perseg interfier>interfer despid>desped
  impid>imped rind>rend recuerd>record
`);

/** alemanes, rehenes: plurals of words stressed at their end, which lose the accent; not imágenes, which has another. */
const PLURAL_OF_STRESSED_END = /^([^áéíóú]{3,})([ae])nes$/;
const ACCENTED: Readonly<Record<string, string>> = { a: 'á', e: 'é' };

/** Given lower case with diacritics. */
export function stemSpanish(word: string): string {
  const known = (IRREGULAR.get(word) ?? word).replace(
    PLURAL_OF_STRESSED_END,
    (_, start, vowel) => `${start}${ACCENTED[vowel]}n`,
  );
  const bare = withoutPronoun(known);
  const singular = bare.replace(/(?<=.{3}[^aeiouáéíóú])es$/, '').replace(/(?<=..[aeiou])s$/, '');
  const verb = cutLongest(bare, VERB, SHORTEST) ?? bare;
  const noun = cutLongest(singular, VERB, SHORTEST) ?? singular;
  const stem = unified(verb.length < noun.length ? verb : noun);
  return CHANGED_STEMS.get(stem) ?? stem;
}

/** retirarse, enviándolos without what is attached to them. */
function withoutPronoun(word: string): string {
  const verb = cutLongest(word, PRONOUN, 4);
  return verb !== undefined && /(?:[aei]r|ándo|iéndo|yendo)$/.test(verb) ? verb : word;
}

/** One spelling of a sound before different vowels: ataque, atacar; despliegue, desplegar; voces, voz. */
function unified(stem: string): string {
  return stem.replace(/gu$/, 'g').replace(/qu$/, 'c').replace(/z$/, 'c').replace(/i$/, '');
}
