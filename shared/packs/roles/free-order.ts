// Roles where endings tell who does what, and words may stand in any order. The endings are lost to the stemmer, so that
// prepositions, and the dative where it has a word of its own, have to do.
import type { Roles } from './roles.ts';

export const GERMAN: Roles = {
  reach: 8,
  words: {
    recipient: '"für" OR "gegen" OR "mit" OR "von" OR "vom" OR "bei" OR "über" OR "den soldaten" OR "der truppe"',
    self: '"sich"',
  },
  object: [
    '({verb} ONEAR/nc {object}) WITHOUT {roles.recipient} WITHOUT {roles.self}',
    '({object} ONEAR/nc {verb}) WITHOUT {roles.self} WITHOUT ({roles.recipient} ONEAR/2c {object})',
    '{noun} ONEAR/4c {object}',
  ],
  actor: [
    '({actor} ONEAR/6c {verb}) WITHOUT ({roles.recipient} ONEAR/2c {actor})',
    '({verb} ONEAR/4c {actor}) WITHOUT {roles.recipient}',
    '{noun} ONEAR/4c {actor}',
  ],
};

export const RUSSIAN: Roles = {
  reach: 5,
  words: {},
  object: ['{verb} NEAR/nc {object}', '{noun} ONEAR/3c {object}'],
  actor: ['{actor} NEAR/nc {verb}', '{noun} ONEAR/3c {actor}'],
};

export const POLISH: Roles = {
  reach: 5,
  words: { recipient: '"dla" OR "do" OR "przeciw" OR "przeciwko" OR "z"' },
  object: [
    '({verb} ONEAR/nc {object}) WITHOUT {roles.recipient}',
    '({object} ONEAR/nc {verb}) WITHOUT ({roles.recipient} ONEAR/1c {object})',
    '{noun} ONEAR/3c {object}',
  ],
  actor: ['({actor} NEAR/nc {verb}) WITHOUT ({roles.recipient} ONEAR/1c {actor})', '{noun} ONEAR/3c {actor}'],
};

export const TURKISH: Roles = {
  reach: 6,
  words: { recipient: '"için" OR "ile" OR "karşı" OR "tarafından"' },
  object: ['({object} ONEAR/nc {verb}) WITHOUT ({object} ONEAR/0 {roles.recipient})', '{object} ONEAR/2c {noun}'],
  actor: ['({actor} ONEAR/nc {verb}) WITHOUT ({actor} ONEAR/0 {roles.recipient})', '{actor} ONEAR/2c {noun}'],
};
