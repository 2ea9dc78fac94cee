// British spellings brought to American ones, so that authors need not list both.

/** Beginning of a word in -our(s, ed, ing, able, …), without it. */
const OUR =
  'arm ard behavi cand clam col demean dishon enam endeav fav ferv flav glam harb hon hum lab misdemean neighb ' +
  'od parl ranc rig rum sav savi splend succ tum val vap vig discol disfav belab';
const RE = 'cent theat met kilomet centimet millimet lit fib calib sab spect somb lust manoeuv reconnoit meag epicent';

const RULES: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // mobilise, mobilised, mobilisation. Words that are always in -ise change too: no word in -ize is their neighbour.
  [/^([a-z]{3,})is(e[drs]?|ers|ing|able|ations?)$/, '$1iz$2'],
  [/^([a-z]*l)ys(e[drs]?|ers|ing)$/, '$1yz$2'],
  [new RegExp(`^(un|re|pro|pre)?(${OUR.split(' ').join('|')})our`), '$1$2or'],
  [new RegExp(`^(${RE.split(' ').join('|')})re(s|d)?$`), '$1er$2'],
  [/^(manoeuv|cent)ring$/, '$1ering'],
  [/^([a-z]*(?:def|off|lic|pret))ence(s|d|less)?$/, '$1ense$2'],
  [/^([a-z]{2,}log)ue(s|d)?$/, '$1$2'],
  [/^(re)?programme(s?)$/, '$1program$2'],
  [/^practis(e[drs]?|ing)$/, 'practic$1'],
  [/^maneuver|^manoeuver/, 'maneuver'],
  [/^(counse|trave|jewe|mode|labe|leve|signa|cance|marve)ll(or|er|ing|ed|ous|ation)/, '$1l$2'],
  [/^(enrol|instal|fulfil)ment/, '$1lment'],
  [/^(ski|wi)lful/, '$1llful'],
  [/^jewelery$/, 'jewelry'],
  [/^anaes|^anaem|^leukaem|^haem|^paed|^orthopaed|^gynaec|^archaeo|^encyclopaed|^mediaev/, ''],
  [/^(di)arrhoe/, '$1arrhe'],
  [/^foet/, 'fet'],
  [/^oestr/, 'estr'],
  [/^aeroplane/, 'airplane'],
  [/^sceptic/, 'skeptic'],
  [/^(judg|acknowledg|abridg|lodg)ement/, '$1ment'],
  [/^artefact/, 'artifact'],
  [/^gaol/, 'jail'],
  [/^enquir/, 'inquir'],
  [/^grey/, 'gray'],
  [/^plough/, 'plow'],
  [/^mould/, 'mold'],
  [/^smoulder/, 'smolder'],
  [/^moustache/, 'mustache'],
  [/^aluminium/, 'aluminum'],
  [/^sulph/, 'sulf'],
  [/^ageing$/, 'aging'],
  [/^focuss(e[ds]|ing)$/, 'focus$1'],
  [/^pyjama/, 'pajama'],
  [/^cosy/, 'cozy'],
  [/^(si[zs]|sal|lik|liv)eable$/, '$1able'],
];

/** All of them at once: most words match none, and trying one pattern is faster than trying forty. */
const ANY_RULE = new RegExp(RULES.map(([pattern]) => pattern.source).join('|'));

/** The word in American spelling; other words as they are. */
export function toAmericanSpelling(word: string): string {
  if (!ANY_RULE.test(word)) return word;
  let spelled = word;
  for (const [pattern, replacement] of RULES) {
    if (pattern.test(spelled)) {
      spelled = replacement === '' ? spelled.replace(/ae/, 'e') : spelled.replace(pattern, replacement);
    }
  }
  return spelled;
}
