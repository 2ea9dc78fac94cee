// English words that rules do not bring together, or bring together wrongly.
import { formsOf, wordSet } from './regions.ts';

/**
 * Irregular forms with the word they belong to. Not here: forms that are mostly another word (left, bases, lives,
 * wound, thought, fed, lay).
 */
export const IRREGULAR_FORMS: ReadonlyMap<string, string> = formsOf(`
  men>man women>woman children>child feet>foot teeth>tooth geese>goose mice>mouse wives>wife knives>knife
  thieves>thief wolves>wolf halves>half shelves>shelf crises>crisis analyses>analysis hypotheses>hypothesis
  theses>thesis diagnoses>diagnosis oases>oasis criteria>criterion phenomena>phenomenon memoranda>memorandum
  referenda>referendum consortia>consortium nuclei>nucleus indices>index appendices>appendix buses>bus gases>gas
  is,are,was,were,been,being>be has,had>have does,did,done>do goes,went,gone>go arose,arisen>arise ate,eaten>eat
  awoke,awoken>awake beaten>beat became>become began,begun>begin bent>bend bled>bleed blew,blown>blow bought>buy
  bred>breed broke,broken>break brought>bring built>build burnt>burn came>come caught>catch chose,chosen>choose
  clung>cling dealt>deal drank,drunk>drink drew,drawn>draw drove,driven>drive dug>dig dying>die fell,fallen>fall
  felt>feel fled>flee flew,flown>fly flung>fling forbade,forbidden>forbid forgave,forgiven>forgive
  forgot,forgotten>forget foresaw,foreseen>foresee fought>fight found>find freed>free froze,frozen>freeze
  gave,given>give grew,grown>grow held>hold hid,hidden>hide heard>hear got,gotten>get sat>sit shots>shoot
  easier,easiest>easy harder,hardest>hard worse,worst>bad safer,safest>safe younger,youngest>young
  cheaper,cheapest>cheap nearer,nearest>near fewer,fewest>few hung>hang kept>keep knelt>kneel knew,known>know laid>lay
  leapt>leap learnt>learn led>lead lent>lend lit>light lost>lose lying>lie made>make meant>mean met>meet
  misled>mislead mistook,mistaken>mistake outgrew,outgrown>outgrow overcame>overcome overran>overrun
  oversaw,overseen>oversee overtook,overtaken>overtake overthrew,overthrown>overthrow paid>pay proven>prove
  queued,queuing>queue ran>run rebuilt>rebuild redrew,redrawn>redraw repaid>repay resold>resell retook,retaken>retake
  rewrote,rewritten>rewrite rode,ridden>ride rose,risen>rise said>say sang,sung>sing sank,sunk>sink saw,seen>see
  sent>send resent>resend shaken,shook>shake shot>shoot shone>shine shown>show shrank,shrunk>shrink slain,slew>slay
  slept>sleep slid>slide sold>sell sought>seek sped>speed spent>spend spoke,spoken>speak sprang,sprung>spring
  spun>spin stole,stolen>steal stood>stand strove,striven>strive struck,stricken>strike stuck>stick stung>sting
  sued,suing>sue swam>swim swept>sweep swore,sworn>swear swung>swing taken,took>take taught>teach threw,thrown>throw
  told>tell tore,torn>tear tying>tie undid,undone>undo underwent,undergone>undergo undertook,undertaken>undertake
  understood>understand upheld>uphold wept>weep withdrew,withdrawn>withdraw withheld>withhold withstood>withstand
  woke,woken>wake won>win wore,worn>wear wove,woven>weave wrote,written>write larger,largest>large bigger,biggest>big
  higher,highest>high lower,lowest>low greater,greatest>great stronger,strongest>strong weaker,weakest>weak
  longer,longest>long shorter,shortest>short heavier,heaviest>heavy deadlier,deadliest>deadly newer,newest>new
  older,oldest>old closer,closest>close wider,widest>wide tougher,toughest>tough harsher,harshest>harsh
  smaller,smallest>small poorer,poorest>poor richer,richest>rich faster,fastest>fast broader,broadest>broad
  deeper,deepest>deep earlier,earliest>early fuelled,fuelling>fuel refuelled,refuelling>refuel
  practise,practises,practised,practising>practice
`);

/** Stem as they are: plurals with a meaning of their own, and words that only look inflected. */
export const UNCHANGING: ReadonlySet<string> = wordSet(`
  arms customs news marines goods corps means series species economics politics ethics physics mathematics logistics
  athletics crisis basis analysis thesis hypothesis diagnosis oasis chassis debris axis bias gas atlas alias chaos
  hamas abbas isis laos lagos
  according morale rationale humane secrete locale artiste envelope corpse unite
  inning outing canning herring earring evening during embed indeed
  exceed proceed succeed boycott sibling sterling
`);

/** Inflected forms of unchanging words. */
export const FORMS_OF_UNCHANGING: ReadonlyMap<string, string> = formsOf(`
  exceeds,exceeded,exceeding>exceed proceeds,proceeded,proceeding>proceed succeeds,succeeded,succeeding>succeed
  boycotts,boycotted,boycotting>boycott unites,united,uniting>unite embeds,embedded,embedding>embed corpses>corpse
  envelopes>envelope locales>locale rationales>rationale herrings>herring earrings>earring evenings>evening
  outings>outing innings>inning siblings>sibling biases>bias aliases>alias
`);

/** Singular nouns in -men; others in -men are plurals of -man. */
export const SINGULAR_IN_MEN: ReadonlySet<string> = wordSet(
  'bremen specimen regimen abdomen acumen turkmen stamen bitumen cyclamen dolmen albumen cerumen examen',
);
