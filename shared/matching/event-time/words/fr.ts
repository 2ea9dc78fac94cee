import type { TimeWords } from '../time-words.ts';

const EVENT =
  "guerre|conflit|crise|invasion|coup d[’']état|révolution|soulèvement|annexion|intervention|offensive|génocide|massacre|occupation|retrait|attentats?|siège|débarquement";

export const FRENCH: TimeWords = {
  dates: [
    String.raw`(?:en|vers|dès|avant|après|jusqu[’']en|jusqu[’']à|fin|début|mi-)\s?(?:l[’']année )?(?:<M> )?<Y>`,
    String.raw`(?:le |du |au )?\d{1,2}(?:er)? <M> <Y>`,
    String.raw`(?:de|entre) \d{4} (?:à|et) <Y>`,
    String.raw`(?:pendant|durant|lors de|dans) (?:la |le |les |l[’'])(?:${EVENT})(?: \p{L}+){0,3} de <Y>`,
    "(?:pendant|durant|sous|lors de|dans|au temps de|à l[’']époque de|après|avant|en|au|aux|de|du) ?(?:la |le |les |l[’'])?<E>",
  ],
  beginnings: [
    String.raw`(?:depuis|qu[’']en|comme en) (?:la |le |l[’'])?(?:fin |début )?(?:de )?(?:\d{1,2} )?(?:<M> )?<Y>`,
    "(?:depuis|que pendant|que sous) (?:la |le |les |l[’'])?(?:fin |début )?(?:de la |de l[’']|du |des )?<E>",
  ],
  eras: [
    ['première guerre mondiale|grande guerre', 1918],
    ['(?:seconde|deuxième) guerre mondiale', 1945],
    ['guerre froide', 1991],
    ['guerre de corée', 1953],
    ["guerre d[’']algérie", 1962],
    ["guerre (?:du|d[’']indochine et du) vi[eê]t ?nam", 1975],
    ['guerre du golfe', 1991],
    ['(?:époque|ère|période|union) soviétique', 1991],
    ['moyen âge|antiquité', 1500],
    ['(?:1[0-8]|[5-9])e siècle|(?:xv?i{0,3}|xi?v|xi?x|v?i{1,3}|iv|v)e siècle', 1900],
    ['(?:20|xx)e siècle|siècle dernier', 1999],
    ['années (?:19)?[1-7]0|années (?:vingt|trente|quarante|cinquante|soixante(?:-dix)?)', 1979],
    ['années (?:19)?80|années quatre-vingts?', 1989],
    ['années (?:19)?90', 1999],
    ['années 2000', 2009],
  ],
  events: [String.raw`(?:${EVENT})(?: (?:de |d[’'])?(?:la |le |les |l[’'])?\p{L}+){0,3} (?:de|en) <Y>`],
  counted: 'soldats|hommes|militaires|personnes|euros|tonnes|morts',
  attributes:
    '(?:construit|fabriqué|signé|conclu|adopté|né|élu|fondé|créé|bâti|produit|livré|acheté|acquis)e?s?|accord|traité|pacte|loi|convention',
  past: String.raw`il y a (?:plus de |près de )?(?:\d{2,}|[2-9]|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|trente|quarante|cinquante|soixante|cent|des|plusieurs|quelques) (?:ans|années|décennies|siècles)|il y a une (?:dizaine|vingtaine|trentaine) d[’']années|au siècle dernier|jadis|autrefois|à l[’']époque`,
  lastYear: "l[’'](?:an|année) (?:dernière|dernier|passée|passé)|il y a un an|l[’']année précédente",
  had: 'avait|avaient|eut|eurent',
  present:
    "aujourd[’']hui|hier|demain|ce (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|matin|soir|mois)|cette (?:semaine|année)|(?:la semaine|le mois) (?:dernière|dernier|prochaine|prochain)|actuellement|désormais|maintenant|récemment|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
  tense: String.raw`est|sont|sera|seront|va|vont|doit|doivent|peut|peuvent|veut|veulent|livre|envoie|\p{L}{3,}(?:era|eront)`,
  opens: {
    since:
      "depuis que|depuis qu(?=[’'])|depuis (?:la |le |l[’'])(?:invasion|guerre|début|signature|ratification|entrée en vigueur|coup d[’']état|retrait)",
    told: 'qui (?:avait|avaient)|ayant',
    after: "après (?:que|qu[’'])|quand|lorsque|lorsqu[’']|après",
    memory: String.raw`anniversaire|centenaire|commémor\p{L}+|musée|exposition|mémoires|souvenirs? d|reconstitutions?|nécrologie|quiz|(?:le|un|ce) (?:film|roman|documentaire|opéra) (?:sur|qui|raconte|retrace|d)`,
    other: 'qui|que|dont|où|parce que|tandis que|alors que|si|mais|comme',
  },
  headlines: String.raw`il y a (?:\d{2,}|cent|cinquante) ans|ce jour-là|(?:une |l[’']|brève |petite )histoire (?:de|du|des)|(?:mort|morte|décédé|décédée|meurt|décède) (?:à l[’']âge de |à )(?:[6-9]\d|1[01]\d) ans|nécrologie|quiz|critique (?:de film|cinéma)|\d+e anniversaire`,
};
