// Names of months as feeds write them in spite of RFC 822, lower case and without accents; three letters stand for the whole name
// where no other month of any of these languages begins so.

const NAMES: readonly string[] = [
  // English first: its short names win.
  'jan january januar janvier enero ene gennaio gen januari janeiro stycznia sty leden ledna ianuarie ianouariou ιανουαριου ιανουαριος ιαν января янв январь січня січ ocak januar tammikuu yanvar يناير tammi oca ינואר gener януари јануар jaanuar sausis styczen stycz',
  'feb february februar fevrier fevr fev febrero febbraio februari fevereiro lutego lut unor unora februarie φεβρουαριου φεβρουαριος φεβ февраля фев февраль лютого лют subat şubat helmikuu fevral فبراير helmi sub פברואר febrer февруари фебруар lut',
  'mar march marz maerz mrz mars marzo maart mrt marco marca brezen brezna martie μαρτιου μαρτιος μαρ μαρτ марта мар март березня бер mart maaliskuu marts marcius مارس maalis maret מרץ marc март',
  'apr april avril avr abril abr aprile kwietnia kwi duben dubna aprilie απριλιου απριλιος απρ апреля апр апрель квітня кві nisan nis huhtikuu aprel aprilis أبريل huhti אפריל април kwiecien',
  'may mai mayo maggio mag mei maio maja maj kveten kvetna μαιου μαιος μαϊ μαι мая май травня тра mayis toukokuu majus مايو touko mei מאי maig май maijs',
  'jun june juni juin junio giugno giu junho czerwca cze cerven cervna iunie ιουνιου ιουνιος ιουν июня июн июнь червня чер haziran haz kesakuu iyun junius يونيو kesa haz יוני juny юни јун',
  'jul july juli juillet juil julio luglio lug julho lipca lip cervenec cervence iulie ιουλιου ιουλιος ιουλ июля июл июль липня лип temmuz tem heinakuu iyul julius يوليو heina יולי juliol юли јул',
  'aug august aout agosto ago augustus augusti sierpnia sie srpen srpna αυγουστου αυγουστος αυγ августа авг август серпня сер agustos elokuu avgust augusztus أغسطس elo agu אוגוסט agost agustus август',
  'sep sept september septembre septiembre settembre set setembro wrzesnia wrz zari septembrie σεπτεμβριου σεπτεμβριος σεπ сентября сен сентябрь вересня вер eylul eyl syyskuu sentyabr szeptember سبتمبر syys ספטמבר setembre септември септембар',
  'oct october oktober okt octobre octubre ottobre ott outubro out pazdziernika paz rijen rijna octombrie οκτωβριου οκτωβριος οκτ октября окт октябрь жовтня жов ekim eki lokakuu oktyabr أكتوبر loka אוקטובר октомври октобар',
  'nov november novembre noviembre novembro listopada lis listopad listopadu noiembrie νοεμβριου νοεμβριος νοε ноября ноя ноябрь листопада kasim kas marraskuu noyabr نوفمبر marras נובמבר ноември новембар',
  'dec december dezember dez decembre diciembre dic dicembre dezembro grudnia gru prosinec prosince decembrie δεκεμβριου δεκεμβριος δεκ декабря дек декабрь грудня гру aralik ara joulukuu dekabr ديسمبر joulu des desember desembre דצמבר декември децембар',
];

/** Month (1-12) by name. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) => names.split(' ').map((name) => [bare(name), index + 1] as const)).reverse(),
);

function bare(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '');
}
