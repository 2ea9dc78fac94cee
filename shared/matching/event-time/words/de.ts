import type { TimeWords } from '../time-words.ts';

const EVENT = String.raw`\p{L}*(?:krieg|konflikt|krise|invasion|putsch|revolution|aufstand|annexion|intervention|offensive|völkermord|massaker|besatzung|abzug|einmarsch|landung|belagerung)s?`;

export const GERMAN: TimeWords = {
  dates: [
    // A year by itself says when: Italien schickte 1911 Truppen.
    String.raw`(?<!\b(?:von|aus|seit|als|wie|nr\.?|etwa|rund|gut|knapp|über|jahres|der|mit|für|gegen) )(?:(?:im jahre?|in den jahren|anno|bis|vor|nach|ende|anfang|mitte) )?(?=19|20(?!00)|1[0-8]\d\d[ ,.:]\P{Lu})<Y>`,
    'im jahre? <Y>',
    '(?:im |ende |anfang |mitte )?<M> <Y>',
    String.raw`(?:am |vom )?\d{1,2}\.\s?<M> <Y>`,
    String.raw`(?:von|zwischen) \d{4} (?:bis|und) <Y>`,
    String.raw`(?:im|während des) (?:\p{L}+ )?${EVENT}(?: \p{L}+){0,2} von <Y>`,
    '(?:im|in den|in der|während des|während der|nach dem|vor dem|zu|zur zeit des|unter dem|aus dem|ende des|anfang des|mitte des|ende der|anfang der|mitte der) <E>',
  ],
  beginnings: [
    String.raw`(?:seit|als|wie) (?:ende |anfang |mitte |dem jahr |im jahr )?(?:\d{1,2}\.\s?)?(?:<M> )?<Y>`,
    '(?:seit|als|wie) (?:dem ende |ende |beginn )?(?:dem|der|des|den|im|in den|in der|während des)? ?<E>',
  ],
  eras: [
    ['erste[rn]? weltkriegs?|erstem weltkrieg', 1918],
    ['zweite[rn]? weltkriegs?|zweitem weltkrieg', 1945],
    ['kalte[rn]? kriegs?|kaltem krieg', 1991],
    ['koreakriegs?', 1953],
    ['vietnamkriegs?', 1975],
    ['(?:zweiten |ersten )?golfkriegs?', 1991],
    ['(?:bosnien|jugoslawien|balkan|kosovo)kriegs?', 1999],
    ['sowjetunion|sowjetzeit(?:en)?|ddr-zeit(?:en)?', 1991],
    ['mittelalter|antike|dritten reich|nationalsozialismus|kaiserreich', 1945],
    [String.raw`(?:1\d|[5-9])\. jahrhunderts?`, 1900],
    ['20. jahrhunderts?|vergangenen jahrhunderts?|letzten jahrhunderts?', 1999],
    ['(?:19)?[1-7]0er[- ]?jahren?|(?:zwanziger|dreißiger|vierziger|fünfziger|sechziger|siebziger)[- ]?jahren?', 1979],
    ['(?:19)?80er[- ]?jahren?|achtziger[- ]?jahren?', 1989],
    ['(?:19)?90er[- ]?jahren?|neunziger[- ]?jahren?', 1999],
    ['2000er[- ]?jahren?', 2009],
  ],
  events: [String.raw`${EVENT}(?: (?:in|im|auf|der|des|von) \p{L}+){0,2} (?:von|im jahr|im jahre) <Y>`],
  counted:
    'soldaten|soldatinnen|mann|menschen|personen|euro|dollar|tonnen|tote|kilometer|meter|kämpfer|polizisten|flüchtlinge|fälle',
  attributes: '(?:abkommen|vertrag|vertrages|pakt|gesetz|deal|jahrgang|baujahr)',
  past: String.raw`vor (?:mehr als |über |fast |rund |etwa |knapp )?(?:\d{2,}|[2-9]|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|hundert|vielen|einigen|mehreren) (?:jahren|jahrzehnten|jahrhunderten)|vor (?:jahren|jahrzehnten|jahrhunderten|einem jahrhundert|einem jahrzehnt)|einst|damals|seinerzeit`,
  lastYear:
    '(?:voriges|vergangenes|letztes) jahr|(?:im )?(?:vorigen|vergangenen|letzten) jahre?s?|vor einem jahr|im vorjahr',
  had: 'hatten?',
  present:
    'heute|gestern|morgen|jetzt|derzeit|aktuell|momentan|zurzeit|diese (?:woche|nacht)|diesen? (?:monat|sommer|herbst|winter)|dieses jahr|in diesem jahr|(?:vergangene|letzte|kommende|nächste|vorige) (?:woche|nacht)|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)(?:abend|morgen|nachmittag|mittag)?s?|kürzlich|zuletzt|jüngst',
  tense:
    'will|wollen|wird(?! gezeigt)|werden(?! gezeigt)|ist|sind|soll|sollen|kann|können|muss|müssen|plant|planen|bleibt|liefert',
  opens: {
    since: String.raw`seitdem|seit (?:dem|der|beginn des|beginn der|ende des) (?=\p{L}*(?:krieg|invasion|einmarsch|putsch|beginn|angriff|abzug|annexion|ratifizierung|unterzeichnung|inkrafttreten))`,
    told: '(?<=, )(?:die|der|das) zuvor',
    after: 'nachdem|als|nach|wenn',
    memory: String.raw`\p{L}*jahrestag\p{L}*|\p{L}*jubiläum\p{L}*|gedenk\p{L}+|\p{L}*museum\p{L}*|\p{L}*ausstellung\p{L}*|memoiren|erinnerungen an|erinnert an|nachruf|quiz|(?:der|ein|einen|dem|diesem) (?:film|spielfilm|roman|dokumentarfilm) (?:über|von|erzählt|zeigt)`,
    other: 'dass|weil|während|obwohl|wenn|ob|aber|doch|wo|sagte|sagt|(?<=, )(?:der|die|das|den|dem|deren|dessen)',
  },
  headlines: String.raw`vor (?:\d{2,}|hundert|fünfzig) jahren|heute vor|(?:die |eine |kurze |zur )geschichte (?:der|des|von)|(?:im alter von (?:[6-9]\d|1[01]\d) jahren|mit (?:[6-9]\d|1[01]\d)(?: jahren)?) (?:gestorben|verstorben)|stirbt (?:mit|im alter von) (?:[6-9]\d|1[01]\d)|nachruf|kalenderblatt|quiz|filmkritik|\d+\. jahrestag`,
};
