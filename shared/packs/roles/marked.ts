// Roles in languages that mark them with particles, or by strict order.
import type { Roles } from './roles.ts';

export const KOREAN: Roles = {
  reach: 5,
  words: { recipient: '*에게 OR *들에게 OR 위한 OR 위해' },
  object: [
    '({object} ONEAR/nc {verb}) WITHOUT {roles.recipient}',
    '({object} ONEAR/2c {noun}) WITHOUT {roles.recipient}',
    '{noun} ONEAR/0c {object}',
  ],
  actor: ['({actor} ONEAR/nc {verb}) WITHOUT {roles.recipient}', '({actor} ONEAR/2c {noun}) WITHOUT {roles.recipient}'],
};

/** Characters count half a word. */
export const JAPANESE: Roles = {
  reach: 8,
  words: { object: 'を OR も', subject: 'が OR は OR も' },
  object: [
    '({object} ONEAR/1c {roles.object}) ONEAR/nc {verb}',
    '({object} ONEAR/1c {roles.subject}) ONEAR/nc {participle}',
    '{object} ONEAR/1c {noun}',
  ],
  actor: ['({actor} ONEAR/1c {roles.subject}) ONEAR/nc {verb}', '{actor} ONEAR/1c {noun}'],
};

export const CHINESE: Roles = {
  reach: 5,
  words: { recipient: '给 OR 为 OR 对 OR 与' },
  object: [
    '({verb} ONEAR/nc {object}) WITHOUT {roles.recipient}',
    '{object} ONEAR/nc (被 ONEAR/2c {verb})',
    '{object} ONEAR/1c {noun}',
  ],
  actor: [
    '({actor} ONEAR/nc {verb}) WITHOUT ({roles.recipient} ONEAR/1c {actor})',
    '({actor} ONEAR/1c {noun}) WITHOUT ({roles.recipient} ONEAR/1c {actor})',
  ],
};

export const ARABIC: Roles = {
  reach: 5,
  words: { recipient: '"ضد" OR "مع" OR "من أجل"' },
  object: [
    '({verb} ONEAR/nc {object}) WITHOUT {roles.recipient}',
    '({object} ONEAR/3c {verb}) WITHOUT {roles.recipient}',
    '({noun} ONEAR/3c {object}) WITHOUT {roles.recipient}',
  ],
  actor: [
    '({verb} ONEAR/3c {actor}) WITHOUT {roles.recipient}',
    '({actor} ONEAR/nc {verb}) WITHOUT {roles.recipient}',
    '({noun} ONEAR/3c {actor}) WITHOUT {roles.recipient}',
  ],
};
