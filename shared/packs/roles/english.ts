// Roles in English: word order, "to be" and prepositions.
import type { Roles } from './roles.ts';

/** What comes behind one of these is a recipient or a circumstance, not what the act is done to. */
const RECIPIENT =
  '"to" OR "for" OR "against" OR "by" OR "from" OR "onto" OR "at" OR "like" OR "about" OR "over" OR "than" OR "between" OR "among"';
/** Of these, "of" tells how many: hundreds of troops. */
const AMOUNT =
  'num(0..) OR "hundreds" OR "thousands" OR "dozens" OR "tens" OR "scores" OR million OR number OR team OR group OR contingent OR unit OR battalion OR brigade OR company OR regiment OR division OR wave OR couple OR majority OR "most" OR "some" OR "all" OR "any" OR "part" OR handful OR convoy OR force OR column OR detachment OR rotation OR batch OR "kind" OR "sort" OR lot OR shipment OR package OR fleet';
/** No amount stands before it: photos of soldiers. */
const OF = `("of" WITHOUT ((${AMOUNT}) ONEAR/0 "of"))`;

export const ENGLISH: Roles = {
  reach: 6,
  words: {
    be: '"is" OR "are" OR "was" OR "were" OR "be" OR "been" OR "being" OR "get" OR "gets" OR "got" OR "getting"',
    to: RECIPIENT,
    recipient: `${RECIPIENT} OR "with" OR "as" OR ${OF}`,
    // What goes before someone who is no actor and nothing the act is done to.
    before: `${RECIPIENT} OR "on" OR "in" OR ${OF}`,
    // Behind "sent", these say that the words before it are what was sent.
    behind:
      '"to" OR "into" OR "in" OR "at" OR "along" OR "near" OR "across" OR "abroad" OR "overseas" OR "from" OR "after" OR "amid" OR "as" OR "ahead" OR "around" OR "outside" OR "inside" OR "there" OR "here" OR "by" OR "over" OR "home" OR "back" OR "out" OR "off" OR "on" OR "for" OR "during" OR "under" OR "against" OR "before" OR "since" OR "nationwide"',
    which: '"which" OR "that" OR "whom"',
    pronoun: '"it" OR "they" OR "he" OR "she" OR "we"',
  },
  object: [
    // sends [500 elite] troops; not: troops are sent food
    '({verb} ONEAR/nc {object}) WITHOUT {roles.recipient} WITHOUT ({roles.be} ONEAR/1c {participle})',
    // troops [from the north] have been sent; not: letters to troops have been sent
    '({object} ONEAR/nc ({roles.be} ONEAR/2c {participle})) WITHOUT (({roles.before} ONEAR/2c {object}) WITHOUT ({object} ONEAR/0 "of"))',
    // troops sent to
    '({object} ONEAR/2c ({participle} ONEAR/0 {roles.behind})) WITHOUT ({roles.be} ONEAR/2c {participle})',
    // troops that Ghana sent; not: troops that sent
    '(({object} ONEAR/0 {roles.which}) ONEAR/4 {verb}) WITHOUT ({roles.which} ONEAR/0 {verb})',
    // troops it sent
    '({object} ONEAR/0 {roles.pronoun}) ONEAR/1 {verb}',
    // deployment of [more] troops
    '(({noun} ONEAR/0 "of") ONEAR/nc {object}) WITHOUT {roles.to}',
    // troop deployment, the troops' deployment
    '{object} ONEAR/0 {noun}',
  ],
  actor: [
    // troops [from the north] arrive; not: letters to troops arrive
    '({actor} ONEAR/nc {verb}) WITHOUT (({roles.before} ONEAR/2c {actor}) WITHOUT ({actor} ONEAR/0 "of"))',
    // arrival of [the first] troops
    '(({noun} ONEAR/0 ("of" OR "by")) ONEAR/4c {actor}) WITHOUT ({roles.to} WITHOUT ({noun} ONEAR/0 "by"))',
    // troop arrival
    '{actor} ONEAR/0 {noun}',
  ],
};
