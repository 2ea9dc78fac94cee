// Names of months as feeds write them in spite of RFC 822: in every grammatical case that dates use, full and short. Checked against the names
// of CLDR, which Intl knows. Folded as `foldName` does it, so none has accents.

const NAMES: readonly (readonly string[])[] = [
  [
    'jan january januar janvier enero ene gennaio gen januari janeiro stycznia sty leden ledna ianuarie jannar',
    'ianouariou ιανουαριου ιανουαριος ιαν января янв январь січня січ ocak tammikuu yanvar يناير tammi oca ינואר',
    'gener януари јануар jaanuar sausis styczen stycz ינו जन janner sijecanj sije sijecnja студзень janvari',
    'януара јануара janwari يانفيي جانفي ژانويه جنوري januario januara janar led ean eanair ian ion ionawr jaan',
    'januarie janv janvaris sausio sij tammikuuta urt urtarrila xan xaneiro yan гыин гыинвар сту студзеня січень',
    'январ јан јануари қаң қаңтар հնվ հունվար հունվարի जनवरी जाने जानेवारी জানু জানুযারি জানুৱাৰী ਜਨ ਜਨਵਰੀ જાન્યુ',
    'જાન્યુઆરી ஜன ஜனவரி జన జనవరి ಜನ ಜನವರಿ ജനു ജനുവരി มกราคม มค ມກ ມັງກອນ ဇန် ဇန်နဝါရီ იან იანვარი ጃን ጃንዋሪ មករា',
    'yanwar ජනවාරි ଜାନୁଆରୀ იანვარს ጃንዩወሪ',
  ],
  [
    'feb february februar fevrier fevr fev febrero febbraio februari fevereiro lutego lut unor unora februarie frar',
    'φεβρουαριου φεβρουαριος φεβ февраля фев февраль лютого лют subat helmikuu fevral فبراير helmi sub פברואר',
    'febrer февруари фебруар פבר फर feber vasaris veljace veljaca фебруара شباط فيفري فيبراير فوريه فروري',
    'februara uno febr peb chw chwef chwefror feabh feabhra febreiro februaris helmikuuta luty ots otsaila',
    'pebrero shk shkurt vasario veebr veebruar velj ақп ақпан лютага лютии люты феб февр феврал փետրվար փետրվարի',
    'փտվ شوبات فبروري فېبروري फरवरी फेब्रु फेब्रुअरी फेब्रुवारी ফেব ফেব্রুযারি ফেব্ৰু ফেব্ৰুৱাৰী ਫ਼ਰ ਫ਼ਰਵਰੀ',
    'ફેબ્રુ ફેબ્રુઆરી பிப் பிப்ரவரி ఫిబ్ర ఫిబ్రవరి ಫೆಬ್ರ ಫೆಬ್ರವರಿ ഫെബ്രു ഫെബ്രുവരി กพ กุมภาพันธ์ ກພ ກຸມພາ ဖေ',
    'ဖေဖော်ဝါရီ თებ თებერვალი ፌብ ፌብሩዋሪ កុម្ភៈ',
    'fewral fabrairu පෙබරවාරි ଫେବୃଆରୀ თებერვალს',
  ],
  [
    'mar march marz maerz mrz mars marzo maart mrt marco marca brezen brezna martie μαρτιου μαρτιος μαρ μαρτ marzu',
    'марта мар март березня бер mart maaliskuu marts marcius مارس maalis maret מרץ marc kovas marta ozujak ozu',
    'اذار مارچ bre kovo maaliskuuta mac machi marec marso martxoa marzec mawrth ozujka березень нау наурыз сак',
    'сакавік сакавіка մարտ մարտի մրտ يازار मार्च মার্চ মাৰ্চ ਮਾਰਚ માર્ચ மார் மார்ச் మార్చి ಮಾರ್ಚ್ മാർ മാർച്ച് มีค',
    'มีนาคม ມນ ມີນາ မတ် მარ მარტი ማርች មីនា',
    'මාර්තු ମାର୍ଚ୍ଚ მარტს',
  ],
  [
    'apr april avril avr abril abr aprile kwietnia kwi duben dubna aprilie απριλιου απριλιος απρ апреля апр',
    'апрель квітня кві nisan nis huhtikuu aprel aprilis ابريل huhti אפריל април kwiecien אפר balandis travnja',
    'travanj نيسان افريل اوريل اپريل aprila dub aprili aib aibrean api apirila aprill balandzio ebr ebrill',
    'huhtikuuta pri prill tra апрел квіт квітень кра красавік красавіка сәу сәуір ապր ապրիլ ապրիլի अप्रिल अप्रैल',
    'एप्रि एप्रिल এপ্রি এপ্রিল এপ্ৰিল ਅਪ੍ਰੈ ਅਪ੍ਰੈਲ એપ્રિલ ஏப் ஏப்ரல் ఏప్రి ఏప్రిల్ ಏಪ್ರಿ ಏಪ್ರಿಲ್ ഏപ്രി ഏപ്രിൽ เมย',
    'เมษายน ມສ ເມສາ ဧပြီ აპრ აპრილი ኤፕሪ ኤፕሪል មេសា',
    'abrell afrilu අප්රේල් ଅପ୍ରେଲ აპრილს',
  ],
  [
    'may mai mayo maggio mag mei maio maja maj kveten kvetna μαιου μαιος μαι мая маи травня тра mayis toukokuu mejju',
    'majus مايو touko מאי maig maijs geguze svibnja svibanj ايار ماي مه ميي maje kve maija beal bealtaine geguzes',
    'maiatza svi toukokuuta мам мамыр мај трав травень մայիս մայիսի մյս مۍ يايار मई मे মে ਮਈ મે மே మే ಮೇ മേയ് พค',
    'พฤษภาคม ພພ ພຶດສະພາ မေ მაი მაისი ሜይ ឧសភា',
    'маја маии mee මැයි ମଇ მაისს',
  ],
  [
    'jun june juni juin junio giugno giu junho czerwca cze cerven cervna iunie ιουνιου ιουνιος ιουν июня июн июнь gunju',
    'червня чер haziran haz kesakuu iyun junius يونيو kesa יוני juny юни јун birzelis lipnja lipanj حزيران يونيه',
    'جوان ژوين جون juna cvn iun birzelio czerwiec eka ekaina hun hunyo iyn junie junij junijs juuni kesakuuta meh',
    'mehefin meith meitheamh qer qershor xuno мау маусым черв червень чэр чэрвень чэрвеня јуни հնս հունիս հունիսի',
    'حوزەيران जुन जून জুন ਜੂਨ જૂન ஜூன் జూన్ ಜೂನ್ ജൂൺ มิถุนายน มิย ມິຖ ມິຖຸນາ ဇွန် ივნ ივნისი ጁን មិថុនា',
    'јуна yuni ජූනි ଜୁନ ივნისს',
  ],
  [
    'jul july juli juillet juil julio luglio lug julho lipca cervenec cervence iulie ιουλιου ιουλιος ιουλ июля lulju',
    'июл июль липня лип temmuz tem heinakuu iyul julius يوليو heina יולי juliol юли јул juill जुल liepa srpnja',
    'srpanj تموز يوليه يوليوز جويليه ژوييه جولاي جولايي jula cvc iul gor gorff gorffennaf heinakuuta hul hulyo',
    'iuil iyl julai julie julij julijs juuli korr korrik liepos lipiec uzt uztaila xul xullo липень ліп ліпень',
    'ліпеня шіл шілде јули հլս հուլիս հուլիսի تەمووز जुलाई जुलै জুল জুলাই ਜੁਲਾ ਜੁਲਾਈ જુલાઈ ஜூலை జులై ಜುಲೈ ജൂലൈ กค',
    'กรกฎาคม ກລ ກໍລະກົດ ဇူ ဇူလိုင် ივლ ივლისი ጁላይ កក្កដា',
    'јула yuli ජූලි ଜୁଲାଇ ივლისს',
  ],
  [
    'aug august aout agosto ago augustus augusti sierpnia sie srpen srpna αυγουστου αυγουστος αυγ августа авг awwissu اگوست',
    'август серпня сер agustos elokuu avgust augusztus اغسطس elo agu אוגוסט agost agustus אוג अग rugpjutis',
    'kolovoza kolovoz اب غشت اوت اگست augusta agusta avgusta abu abuztua ag agosti agust augusts avg avq avqust',
    'awst elokuuta gush gusht kol lunasa ogo ogos rugpjucio sierpien ауг аугуст жні жнівень жніуня серп серпень',
    'там тамыз օգոստոս օգոստոսի օգս اګست ياب अगस्ट अगस्त ऑग ऑगस्ट আগ আগষ্ট আগস্ট ਅਗ ਅਗਸਤ ઑગસ્ટ ஆக ஆகஸ்ட் ఆగ',
    'ఆగస్టు ಆಗ ಆಗಸ್ಟ್ ഓഗ ഓഗസ്റ്റ് สค สิงหาคม ສຫ ສິງຫາ ဩဂုတ် აგვ აგვისტო ኦገስ ኦገስት សីហា',
    'awgust අගෝස්තු ଅଗଷ୍ଟ აგვისტოს',
  ],
  [
    'sep sept september septembre septiembre settembre set setembro wrzesnia wrz zari septembrie σεπτεμβριου settembru',
    'σεπτεμβριος σεπ сентября сен сентябрь вересня вер eylul eyl syyskuu sentyabr szeptember سبتمبر syys ספטמבר',
    'setembre септември септембар ספט सित rugsejis rujna rujan ايلول شتنبر سپتامبر ستمبر septembra ira iraila',
    'medi mfomh rugsejo ruj sen sentabr septemba septembar septembris setyembre shtator syyskuuta szept wrzesien',
    'zar верасень верасня вересень сент сентябр сеп қыр қыркүиек սեպ սեպտեմբեր սեպտեմբերի سپتمبر سېپتمبر يەيلوول',
    'सप्टें सप्टेंबर सितंबर सेप्टेम्बर ছেপ্তে ছেপ্তেম্বৰ সেপ সেপ্ট সেপ্টেম্বর ਸਤੰ ਸਤੰਬਰ સપ્ટે સપ્ટેમ્બર செப்',
    'செப்டம்பர் సెప్టెం సెప్టెంబర్ ಸೆಪ್ಟೆಂ ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റം സെപ്റ്റംബർ กย กันยายน ກຍ ກັນຍາ စက် စက်တင်ဘာ სექ',
    'სექტემბერი ሴፕቴ ሴፕቴምበር កញ្ញា',
    'септембра satumba සැප්තැම්බර් ସେପ୍ଟେମ୍ବର სექტემბერს',
  ],
  [
    'oct october oktober okt octobre octubre ottobre ott outubro out pazdziernika paz rijen rijna octombrie ottubru',
    'οκτωβριου οκτωβριος οκτ октября окт октябрь жовтня жов ekim eki lokakuu oktyabr اكتوبر loka אוקטובר октомври',
    'октобар אוק अक्टू ഒക്ടോബർ spalis اكتبر oktobra rij dfomh hyd hydref lokakuuta oktabr oktoba oktobar oktobris',
    'oktoober oktubre pazdziernik spalio tet tetor urr urria жовт жовтень кас кастрычнік кастрычніка октябр қаз',
    'қазан հոկ հոկտեմբեր հոկտեմբերի अक्टूबर अक्टोबर ऑक्टो ऑक्टोबर অক্টো অক্টোবর অক্টোবৰ ਅਕਤੂ ਅਕਤੂਬਰ ઑક્ટો ઑક્ટોબર',
    'அக் அக்டோபர் అక్టో అక్టోబర్ ಅಕ್ಟೋ ಅಕ್ಟೋಬರ್ ഒക്ടോ ตค ตุลาคม ຕລ ຕຸລາ အောက် အောက်တိုဘာ ოქტ ოქტომბერი ኦክቶ ኦክቶበር',
    'តុលា',
    'октобра ඔක්තෝබර් ଅକ୍ଟୋବର ოქტომბერს',
  ],
  [
    'nov november novembre noviembre novembro listopadu noiembrie νοεμβριου νοεμβριος νοε ноября ноя ноябрь novembru',
    'листопада kasim kas marraskuu noyabr نوفمبر marras נובמבר ноември новембар נוב नव lapkritis studenog',
    'studenoga studeni stu نونبر نوامبر نومبر noi nopember novembra novembri aza azaroa lapkricio marraskuuta nen',
    'nentor nob nobyembre novemba novembar novembris noy samh samhain tach tachwedd лист листопад ліс лістапад',
    'лістапада нов ное нояб ноябр қар қараша նոյ նոյեմբեր նոյեմբերի नवंबर नोभेम्बर नोव्हें नोव्हेंबर নভে নভেম্বর',
    'নৱে নৱেম্বৰ ਨਵੰ ਨਵੰਬਰ નવે નવેમ્બર நவ நவம்பர் నవం నవంబర్ ನವೆಂ ನವೆಂಬರ್ നവം നവംബർ พย พฤศจิกายน ພຈ ພະຈິກ နို',
    'နိုဝင်ဘာ ნოე ნოემბერი ኖቬም ኖቬምበር វិច្ឆិកា',
    'новембра nuwamba නොවැම්බර් ନଭେମ୍ବର ნოემბერს',
  ],
  [
    'dec december dezember dez decembre diciembre dic dicembre dezembro grudnia gru prosinec prosince decembrie dicembru',
    'δεκεμβριου δεκεμβριος δεκ декабря дек декабрь грудня гру aralik ara joulukuu dekabr ديسمبر joulu des',
    'desember desembre דצמבר декември децембар דצמ दिस gruodis prosinca prosinac دجنبر دسامبر دسمبر pro decembra',
    'abe abendua decembar decembris decembro dek desemba dets detsember dhj dhjetor dis disember disyembre',
    'grudzien gruodzio joulukuuta noll nollaig rhag rhagfyr груд грудень декабр дец жел желтоқсан сне снежань',
    'снежня դեկ դեկտեմբեր դեկտեմբերի डिसें डिसेंबर डिसेम्बर दिसंबर ডিচে ডিচেম্বৰ ডিসে ডিসেম্বর ਦਸੰ ਦਸੰਬਰ ડિસે',
    'ડિસેમ્બર டிச டிசம்பர் డిసెం డిసెంబర్ ಡಿಸೆಂ ಡಿಸೆಂಬರ್ ഡിസം ഡിസംബർ ธค ธันวาคม ທວ ທັນວາ ဒီ ဒီဇင်ဘာ დეკ დეკემბერი',
    'ዲሴም ዲሴምበር ធ្នូ',
    'децембра disamba දෙසැම්බර් ଡିସେମ୍ବର დეკემბერს',
  ],
];

/** Month (1-12) by folded name, where all languages agree on it. */
const MONTHS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((lines, index) => lines.flatMap((line) => line.split(' ').map((name) => [name, index + 1] as const))),
);

/** The same names in Croatian on the one side, in Polish and Czech on the other, a month apart. */
const SOUTHERN: ReadonlyMap<string, number> = new Map([
  ['lip', 6],
  ['srp', 7],
  ['lis', 10],
  ['listopad', 10],
  ['listopada', 10],
]);

/** Months that a folded name may mean: none, one, or two where only the weekday can decide. */
export function monthsNamed(name: string, language: string): readonly number[] {
  const month = MONTHS.get(name);
  if (month !== undefined) return [month];
  const southern = SOUTHERN.get(name);
  if (southern === undefined) return [];
  if (/^(?:hr|bs|sr|sh|sl)\b/i.test(language)) return [southern];
  if (/^(?:pl|cs|sk|szl|csb)\b/i.test(language)) return [southern + 1];
  return [southern, southern + 1];
}

/** "Janu", "septemb": beginnings that many languages share. Used only when no word of the date is a known month. */
export function monthBeginning(name: string): number | undefined {
  // Tuesdays begin like March.
  if (/^mar(?:di|te|ti)/.test(name)) return undefined;
  return BEGINNINGS.get(name.slice(0, 3));
}

const BEGINNINGS: ReadonlyMap<string, number> = new Map(
  [
    'jan янв',
    'feb фев',
    'mar мар',
    'apr апр',
    'may',
    'jun июн',
    'jul июл',
    'aug авг',
    'sep сен',
    'oct okt окт',
    'nov ноя',
    'dec dez дек',
  ] //
    .flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

/** Lower case, without accents; letters that Persian, Urdu and Arabic write differently are one. Vowel signs of India stay. */
export const foldName = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u0655\u0591-\u05c7\u093c\u09bc\u0640]/g, '')
    .replace(/[ıłیىکة]/g, (letter) => LIKE[letter] ?? letter)
    .normalize('NFC');

const LIKE: Readonly<Record<string, string>> = { ı: 'i', ł: 'l', ی: 'ي', ى: 'ي', ک: 'ك', ة: 'ه' };
