// Roles in the Romance languages: word order, "to be" and prepositions. Spanish puts "a" before people who are the object, so it tells nothing.
import type { Roles } from './roles.ts';

function romance(words: { recipient: string; be: string; of: string; whom: string }): Roles {
  return {
    reach: 6,
    words,
    object: [
      '({verb} ONEAR/nc {object}) WITHOUT {roles.recipient}',
      '({object} ONEAR/nc ({roles.be} ONEAR/1c {participle})) WITHOUT ({roles.recipient} ONEAR/2c {object})',
      '({object} ONEAR/2c {participle}) WITHOUT ({roles.recipient} ONEAR/2c {object})',
      '({object} ONEAR/1 {roles.whom}) ONEAR/4 {verb}',
      '(({noun} ONEAR/1 {roles.of}) ONEAR/4c {object}) WITHOUT {roles.recipient}',
    ],
    actor: [
      '({actor} ONEAR/5c {verb}) WITHOUT ({roles.recipient} ONEAR/2c {actor})',
      '({verb} ONEAR/3c {actor}) WITHOUT {roles.recipient}',
      '(({noun} ONEAR/1 {roles.of}) ONEAR/4c {actor}) WITHOUT {roles.recipient}',
    ],
  };
}

export const SPANISH = romance({
  recipient: '"para" OR "por" OR "contra" OR "con" OR "sobre" OR "como" OR "hacia"',
  be: '"es" OR "son" OR "fue" OR "fueron" OR "ser" OR "sido" OR "está" OR "están" OR "será" OR "serán" OR "siendo"',
  of: '"de" OR "del"',
  whom: '"que"',
});

export const FRENCH = romance({
  recipient: '"pour" OR "par" OR "contre" OR "avec" OR "sur" OR "comme" OR "aux" OR "au"',
  be: '"est" OR "sont" OR "été" OR "être" OR "était" OR "étaient" OR "sera" OR "seront" OR "fut" OR "furent" OR "serait" OR "seraient"',
  of: '"de" OR "du" OR "des" OR "d"',
  whom: '"que" OR "qu"',
});

export const ITALIAN = romance({
  recipient: '"per" OR "contro" OR "con" OR "su" OR "come" OR "ai" OR "alle" OR "agli" OR "dai" OR "dalle"',
  be: '"è" OR "sono" OR "essere" OR "stato" OR "stati" OR "stata" OR "state" OR "sarà" OR "saranno" OR "vengono" OR "viene"',
  of: '"di" OR "dei" OR "delle" OR "degli" OR "del" OR "della"',
  whom: '"che"',
});

export const PORTUGUESE = romance({
  recipient: '"para" OR "por" OR "contra" OR "com" OR "sobre" OR "como" OR "aos" OR "às"',
  be: '"é" OR "são" OR "foi" OR "foram" OR "ser" OR "sido" OR "está" OR "estão" OR "será" OR "serão" OR "sendo"',
  of: '"de" OR "do" OR "da" OR "dos" OR "das"',
  whom: '"que"',
});
