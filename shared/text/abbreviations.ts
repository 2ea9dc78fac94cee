// Words whose full stop need not end a sentence, in the languages we read. Written as they appear, without the last
// full stop; a word in capitals throughout (GEN. in a headline) is looked up with its first letter only as a capital.

/**
 * - `joins`: belongs to what follows, so its full stop never ends a sentence (Gen. Kim, z.B. Berlin)
 * - `number`: does so before a number only (No. 5; but: "He said No. Then")
 * - `may-end`: goes on unless the next word is one that sentences begin with (Acme Inc. Chairman; Acme Inc. The)
 * - `mostly-ends`: ends the sentence when a capital follows (etc. Then)
 */
export type AbbreviationKind = 'joins' | 'number' | 'may-end' | 'mostly-ends';

const LISTS: Readonly<Record<AbbreviationKind, readonly string[]>> = {
  joins: [
    'Mr Mrs Ms Messrs Dr Drs Prof Gen Lt Col Maj Capt Cpl Sgt Adm Cmdr Cmdt Brig Pvt Sen Sens Rep Reps Gov Amb Hon Rev',
    'Pres St Ste Mt Ft vs cf e.g i.e viz ca approx incl Lt.-Gen Maj.-Gen',
    'z.B d.h bzw sog ggf evtl inkl zzgl Hr Hrn Fr Frl Dipl Ing Str geb gest Nds Bgm Hptm Gfr Mag dt frz',
    'MM Mme Mmes Mlle Mgr env p.ex c.-à-d dr',
    'EE FF JJ Sres Sra Sras Srta Dra Gral Cnel Tte Alte Cmte Pdte Lic Arq Dña Excmo Mons Ud Uds aprox p.ej Vdo Sgto',
    'Exmo Exma Eng Profa',
    'sig sigg sig.ra sig.na dott dott.ssa avv ing prof mons gen col magg geom',
    'Doç Yrd Av Alb Org Korg Tümg Tuğg Yb Bnb Yzb Ütğm Sn bkz Öğr',
    'płk ppłk mjr kpt por ppor kmdr sierż plut inż mgr hab św ul Ul al im np tzn tzw tj m.in abp bp ks adm',
    'им ул Ул пр-т просп пер наб проф акад ген полк подполк см ср напр т.е т.н т.к т.наз т.зв гос пос дер англ нем фр лат исп итал',
    'ім вул Вул просп пров бул проф акад ген див напр с.г гр чл.-кор',
  ],
  number: [
    'No Nos Nr Nrn Art Arts art arts Abs Ziff Kap Bd Vol vol pp Fig Figs fig Ch Sec Sect Para Pt Tab Anm Rn Az',
    'num núm Núm pág págs cap vol inc nr nro poz ust pkt rozdz str zob ok godz tel Tel tél',
    'ст стр рис табл гл разд тел кв оф пп № ч п',
    'janv févr avr juil sept oct nov déc ene feb mar abr jun jul sep dic fev dez giu lug ott jan ago',
    'янв февр фев апр июн июл авг сент сен окт нояб ноя дек січ лют берез квіт трав черв лип серп верес жовт листоп груд',
    'sty lut kwi cze wrz paź gru',
  ],
  'may-end': [
    'Jan Feb Mar Mär Apr Jun Jul Aug Sep Sept Oct Okt Nov Dec Dez Mon Tue Tues Wed Thu Thur Thurs Fri',
    'Inc Ltd Corp Co Cos Bros Jr Sr jr sr Dept Est Ave Blvd Rd Univ Assn Ph.D M.D a.m p.m',
    'Calif Fla Mass Conn Ariz Colo Mich Minn Okla Tenn Wis Va Pa Md Ga Ala Wash',
    'UU AA OO Mio Mrd Tsd Std Min Jh Jhdt v.Chr n.Chr mill Cía Ltda Soc S.p.A',
    'Tic Şti Ltd.Şti M.Ö M.S tys mln mld min zł proc wiek ww',
    'гг вв руб коп долл млн млрд трлн тыс обл р-н н.э чел кг км мин сек рр грн тис смт',
  ],
  'mostly-ends': ['etc ecc usw itd itp vb т.д т.п др пр ін'],
};

const KINDS: ReadonlyMap<string, AbbreviationKind> = new Map(
  (Object.keys(LISTS) as AbbreviationKind[]).flatMap((kind) =>
    LISTS[kind].flatMap((line) => line.split(' ').map((word) => [word, kind] as const)),
  ),
);

/** Whether a word in lower case throughout is one. */
export const isLowerAbbreviation = (word: string): boolean => KINDS.has(word);

/** Kind of the word before a full stop, also behind an elided article (l’art.); null when it is not known for one. */
export function abbreviationKind(word: string): AbbreviationKind | null {
  const kind = KINDS.get(word);
  if (kind !== undefined) return kind;
  const elided = /['’](?=.{2})/.exec(word);
  if (elided !== null) return abbreviationKind(word.slice(elided.index + 1));
  if (word.length < 2 || word !== word.toUpperCase()) return null;
  return KINDS.get(word[0] + word.slice(1).toLowerCase()) ?? null;
}

/**
 * Words that begin a sentence far more often than they follow an abbreviation or an initial: "D.C. The talks" are two
 * sentences, "U.S. President" is none.
 */
export const SENTENCE_STARTERS: ReadonlySet<string> = new Set(
  [
    'The This That These Those He She It They We You In On At But And For From If When While After Before However',
    'Meanwhile There Its His Her Their As By Both Some Many Most More Last Earlier According',
    'Der Die Das Er Sie Es Wir Ein Eine Im Am Auf Bei Mit Nach Aber Auch Dies Diese Dieser Damit Dort',
    'Il Elle Ils Elles Les Des Cette Ces Mais Selon Dans Pour Nous Ce Une',
    'El Los Las Esta Este Estos Pero Según Para Por Una Os Mas Segundo Gli Una Questo Nel Secondo',
    'W Na Po Nie Jest Jak Tym Bu Ancak Bir Bunun Ayrıca',
    'Он Она Они Это В На Но По Как Также После Его При Однако Мы Він Вона Вони Це У З За Але Як Після Про',
  ].flatMap((line) => line.split(' ')),
);

/** Names of months that are written with a capital after an ordinal: 15. November, 3. Mart. */
export const CAPITALISED_MONTHS: ReadonlySet<string> = new Set(
  (
    'Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember ' +
    'Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez ' +
    'Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık'
  ).split(' '),
);

/** German words after which a number with a full stop is an ordinal: im 19. Jahrhundert, der 20. Jahrestag. */
export const BEFORE_ORDINAL: ReadonlySet<string> = new Set(
  (
    'der die das dem den des am im vom zum zur beim ab bis seit jeden jeder ihren ihrem ihr seinen seinem sein ' +
    'einen einem einer eines ein eine diesen diesem dieser Der Die Das Am Im Vom Zum Zur Beim'
  ).split(' '),
);
