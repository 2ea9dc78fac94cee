// Sentences as news has them, of our own, in every language that has an encoding older than UTF-8 and in the other languages of the
// product. Odd lines were there when the detector was tuned; even lines, and the languages of `LATE_LANGUAGES`, were not.

const lines = (text: string): readonly string[] => text.trim().split('\n');

export const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  en: lines(`
Harbour council approves the budget for a second pier after a night of talks
The minister’s office said the report wasn’t final and would be published on Friday
“Nobody expected the water to rise so quickly,” said a farmer whose barn was flooded
Central bank holds rates – and warns that prices won’t fall before autumn
Rail workers’ union calls off the strike planned for Monday morning
Children’s hospital opens its new wing, two years later than promised
Fishermen’s families gathered on the quay as the missing boat was towed in
Voters go to the polls on Sunday in what’s seen as a test for the coalition`),
  fr: lines(`
Le gouvernement présente un plan pour l’énergie après des mois de débats
La préfecture a annoncé que l’école restera fermée jusqu’à la fin de la semaine
« Nous n’avons jamais vu une telle crue », a déclaré le maire de la commune
Grève à l’hôpital : les infirmières réclament des effectifs supplémentaires
Les députés ont rejeté l’amendement sur la fiscalité des sociétés étrangères
Une œuvre volée il y a trente ans a été retrouvée dans une cave à Liège
Le procès des cinq prévenus débutera à huis clos devant la cour d’assises
Météo : de fortes chutes de neige sont prévues près des Alpes dès vendredi`),
  de: lines(`
Bundesrat stimmt dem Gesetz über die Förderung ländlicher Räume zu
Die Polizei sucht nach Zeugen für den Überfall auf eine Bäckerei in Köln
„Wir können die Straße frühestens im März öffnen“, sagte der Bürgermeister
Gewerkschaft kündigt größere Streiks in den Häfen für die nächste Woche an
Für die Fähre zur Insel gelten während der Bauarbeiten geänderte Fahrpläne
Nach dem Erdrutsch müssen fünfzig Häuser vorläufig geräumt bleiben
Der Ausschuß prüft Vorwürfe gegen frühere Geschäftsführer der Stadtwerke
Schüler gewinnen Preis für ein Gerät, das Trinkwasser günstig säubert`),
  es: lines(`
El Congreso aprobó la ley de vivienda tras una sesión de doce horas
La policía investiga la desaparición de un camión con medicinas en Málaga
¿Por qué subió el precio del pan? Los molinos señalan a la sequía
«No habrá más recortes en educación», afirmó la ministra el miércoles
El tribunal suspendió la extradición del empresario español detenido ayer
Miles de jóvenes participaron en la marcha por el clima en la plaza mayor
Según el pronóstico, lloverá también mañana en la región andina
La compañía eléctrica devolverá el dinero a quienes sufrieron el apagón`),
  pt: lines(`
A câmara aprovou a redução do imposto sobre a habitação própria
O ministério não comentou as informações sobre a demissão do secretário
“Não há razão para pânico”, disse o presidente da associação de pescadores
Eleições: participação às dezesseis horas já era superior à de há quatro anos
Incêndio destrói armazém no porto; três funcionários estão hospitalizados
A greve dos médicos começa amanhã e deverá durar até sábado de manhã
Operação da polícia prende dez pessoas por suspeita de corrupção na saúde
Chuvas deixam famílias desalojadas e estradas cortadas no interior do país`),
  it: lines(`
Il Senato ha approvato la riforma: più fondi alle città e alle università
«Così non si può andare avanti», ha detto il sindaco dopo l’alluvione
Perché il prezzo del caffè è salito: la siccità ha dimezzato il raccolto
La società elettrica sarà multata, ma potrà presentare ricorso già lunedì
È stata riaperta la galleria chiusa per i lavori, però il traffico resterà lento
L’attività del vulcano è aumentata: nella notte ci sarà un nuovo vertice
Al via il processo, l’accusa chiederà la pena più severa per i due imputati
Venerdì sciopero dei treni: ecco le fasce garantite, città per città`),
  nl: lines(`
Kabinet wil efficiëntere treinen en knooppunten in België en Duitsland
Vier patiënten zijn na de brand geëvacueerd naar een ziekenhuis in Leeuwarden
De coördinator zegt dat één op de drie scholen te weinig leraren heeft
Gemeente koopt oude kazerne voor ’n symbolisch bedrag en maakt er woningen van
Officiële cijfers: werkloosheid is voor het eerst sinds mei weer gestegen
Twee ministers reisden naar Brazilië voor overleg over de financiële crisis
Reünie van oud-leerlingen eindigt met een inzameling voor het zeeaquarium
De veiligheid op zee vereist geïntegreerde systemen, aldus de inspectie`),
  sv: lines(`
Regeringen föreslår höjda bidrag till kommuner som bygger hyresrätter
Polisen söker vittnen efter rånet på Östermalm natten till måndag
Snökaos väntas när ovädret når Götaland – tågen ställs in redan på kvällen
”Vi måste få svar före påsk”, säger ordföranden för fiskarnas förening
Åklagaren överklagar domen mot de två männen från Västerås
Forskare har hittat ett sjunket skepp från medeltiden utanför Öland
Många äldre får vänta för länge på vård, visar en färsk undersökning
Elpriset går ned när kärnkraftverket åter är i drift efter översynen`),
  da: lines(`
Regeringen vil gøre det billigere at køre med tog på tværs af Storebælt
Politiet efterlyser vidner til ulykken på motorvejen nær Næstved lørdag aften
Fiskerne på øen frygter, at de nye kvoter bliver en økonomisk nedtur
Året begyndte med højvande og storm, og flere færger blev aflyst
Sygeplejersker får højere løn efter måneders forhandlinger med regionerne
»Det må aldrig ske igen«, sagde borgmesteren efter branden på plejehjemmet
Større havvindmøller skal forsyne tre hundrede tusind husstande med grøn strøm
Ærøskøbing åbner museum for søfart i den gamle købmandsgård`),
  no: lines(`
Regjeringen foreslår økte tilskudd til skoler på små steder i Nord-Norge
Politiet søker etter en mann som forsvant på fjellet lørdag kveld
Fiskere på Sørlandet frykter at støy fra vindmøller skremmer bort makrellen
«Vi må få svar før påske», sier ordføreren etter møtet på rådhuset
Høyesterett forkastet anken fra selskapet som eier det gamle smelteverket
Flere ferger er innstilt på grunn av været, og veien over fjellet er stengt
Strømprisen går ned når vannmagasinene fylles, men nettleien øker
Forskere advarer mot ras i området der det ble bygd nye boliger i høst`),
  fi: lines(`
Hallitus esittää lisää rahaa teiden korjaamiseen syrjäisillä alueilla
Poliisi etsii silminnäkijöitä lauantaiseen yöhön Hämeenlinnan keskustassa
Sähkön hinta nousi jälleen, kun ydinvoimalan huolto pitkittyi viikolla
Lääkärit jättivät työnsä kesken kahdessa sairaalassa palkkakiistan vuoksi
Järven jää ei vielä kestä, varoittaa meripelastusseura kävelijöitä
Eduskunta äänestää tänään laista, joka kieltää yöjunien myynnin
Näyttelyssä on esillä sata työtä Itä-Suomen metsistä ja järviltä
Kävijämäärä ylitti odotukset, kertoo näyttelyn järjestäjä tiedotteessa`),
  is: lines(`
Ríkisstjórnin leggur til að skattar á útgerðir verði hækkaðir í haust
Lögreglan leitar að manni sem týndist á hálendinu síðdegis á laugardag
Þingmenn ræddu frumvarp um fiskveiðar fram á nótt án niðurstöðu
Eldgosið á Reykjanesi er í rénun en vegurinn verður lokaður áfram
„Við höfum aldrei séð annað eins,“ segir bóndi eftir flóðið í ánni
Bæjarstjórnin samþykkti að reisa nýjan skóla við höfnina á næsta ári
Verðbólga mældist lægri en búist var við, en vextir haldast óbreyttir
Áætlað er að göngin verði opnuð þegar mælingum á bergi er lokið`),
  ca: lines(`
El Parlament ha aprovat la llei d’habitatge després d’una sessió llarguíssima
Els Mossos investiguen l’atracament d’una joieria al centre de Girona
La companyia elèctrica tornarà els diners als veïns afectats per l’apagada
«No hi haurà més retallades», va assegurar la consellera d’Educació
L’Ajuntament preveu instal·lar més plaques solars a les escoles públiques
La sequera obliga a restringir l’aigua en vuit municipis de l’interior
El jutge ha citat com a testimoni l’exdirector de l’empresa d’aigües
Col·lapse a l’autopista: un camió bolcat talla els tres carrils en direcció sud`),
  pl: lines(`
Sejm odrzucił poprawki Senatu do ustawy o ochronie środowiska
Policja poszukuje świadków wypadku, do którego doszło pod Łodzią
„Nie ma żadnych pieniędzy na nową szkołę” – powiedział wójt gminy
Ceny energii wzrosną w przyszłym roku mniej, niż się spodziewano
Prokuratura wszczęła śledztwo w sprawie pożaru hali w Gdańsku
Strażacy całą noc pompowali wodę z zalanych piwnic i garaży
Rząd przyjął projekt budżetu: więcej środków na służbę zdrowia
Związkowcy grożą strajkiem, jeśli zarząd nie wróci do rozmów`),
  cs: lines(`
Vláda navrhuje zvýšit příspěvky obcím, které stavějí nájemní byty
Policie hledá svědky nehody, ke které došlo večer u Českých Budějovic
„Takovou povodeň jsme ještě nezažili,“ řekl starosta zaplavené obce
Železniční trať přes Žďár bude kvůli opravám uzavřena až do úterý
Žáci základních škol dostanou učebnice zdarma, schválila sněmovna
Hasiči zasahovali u požáru skladiště, škoda přesáhla sto milionů korun
Prezident podepsal zákon o dluhopisech, účinnosti nabude příští měsíc
Lékaři varují před chřipkou, nejvíce případů hlásí východ republiky`),
  sk: lines(`
Vláda schválila novelu zákona o vodách, poslanci ju prerokujú v stredu
Polícia hľadá svedkov nehody, ktorá sa stala včera večer pri Žiline
„Takú povodeň sme ešte nezažili,“ povedal starosta zaplavenej obce
Železničná trať bude pre opravy uzavretá, vlaky nahradia autobusy
Lekári žiadajú vyššie platy a hrozia hromadným podaním výpovedí
Ústavný súd pozastavil účinnosť časti novely o voľbe generálneho prokurátora
Rybári našli v priehrade vzácnu rybu, ktorú tu nevideli štyridsať rokov
Ľadová kalamita ochromila dopravu na severe, hlásia desiatky nehôd`),
  hu: lines(`
A kormány javaslatot tett az önkormányzatok működésének támogatására
A rendőrség szemtanúkat keres a hétfői közlekedési baleset ügyében
Az időjárás miatt több járat késik, a főváros repülőterén torlódás van
„Soha nem láttunk ekkora árvizet” – mondta a település polgármestere
Nőtt az energia ára, a fűtés a következő télen többe kerülhet
Sztrájkot hirdettek a vasutasok, a tárgyalások pénteken folytatódnak
Új kiállítás nyílt a múzeumban a középkori könyvekről és térképekről
Az ügyészség őrizetbe vette a cég volt igazgatóját és két üzlettársát`),
  hr: lines(`
Vlada je prihvatila prijedlog zakona o zaštiti potrošača i tržišnom nadzoru
Policija traži svjedoke nesreće koja se dogodila sinoć kod Šibenika
„Ovakvu poplavu još nismo doživjeli”, rekao je načelnik općine
Željeznička pruga prema moru bit će zatvorena četiri mjeseca zbog obnove
Liječnici najavljuju štrajk ako ministarstvo ne poveća plaće
Ribari tvrde da ih nove kvote guše, a mladi odlaze u inozemstvo
Županijski sud odbio je žalbu tužitelja u slučaju gradonačelnika
Iduće godine počinje gradnja mosta koji će skratiti put do bolnice`),
  sl: lines(`
Vlada je potrdila predlog zakona o varstvu potrošnikov in nadzoru trga
Policija išče priče nesreče, ki se je zgodila sinoči pri Črnučah
Železniška proga proti Kopru bo zaradi obnove zaprta šest tednov
Zdravniki napovedujejo stavko, če ministrstvo ne zviša plač
„Take poplave še nismo doživeli,“ je povedal župan občine ob Savinji
Državni zbor je izglasoval zaupnico, opozicija pa zahteva volitve
Cene elektrike bodo prihodnje leto višje, a manj, kot je bilo načrtovano
Študenti so zmagali na tekmovanju z napravo, ki čisti pitno vodo`),
  ro: lines(`
Guvernul a adoptat măsura privind creşterea pensiilor şi a salariilor
Poliţia caută martori după accidentul produs aseară lângă Braşov
„Nu am mai văzut aşa inundaţii”, a declarat primarul localităţii
Preţul energiei scade în martie, anunţă autoritatea de reglementare
Medicii ameninţă cu greva dacă ministerul nu plăteşte orele suplimentare
Curtea Constituţională a respins sesizarea făcută de opoziţie
Trenurile spre mare vor avea întârzieri în weekend din cauza lucrărilor
Elevii vor învăţa până la sfârşitul lunii în clădirea veche a şcolii`),
  ru: lines(`
Правительство внесло в Думу проект бюджета на следующий год
Полиция ищет свидетелей аварии, которая произошла ночью под Тверью
«Такого паводка мы ещё не видели», — сказал глава посёлка
Цены на электричество вырастут меньше, чем ожидали аналитики
В порту сгорел склад: пострадали три человека, ущерб оценивается
Учителя просят повысить зарплату и грозят забастовкой с понедельника
Суд продлил арест бывшего директора завода и двух его заместителей
Спасатели эвакуировали жителей деревни, отрезанной разливом реки`),
  uk: lines(`
Уряд схвалив проєкт бюджету на наступний рік і передав його до Ради
Поліція шукає свідків аварії, що сталася вночі біля Черкас
«Такої повені ми ще не бачили», — сказав голова громади
Ціни на електроенергію зростуть менше, ніж очікували експерти
У порту згорів склад: є постраждалі, збитки ще підраховують
Вчителі просять підвищити зарплату й погрожують страйком
Суд залишив під вартою колишнього директора заводу та його заступника
Рятувальники вивезли мешканців села, яке відрізала від світу річка`),
  be: lines(`
Урад ухваліў праект бюджэту на наступны год і накіраваў яго дэпутатам
Міліцыя шукае сведак аварыі, якая адбылася ўначы пад Гомелем
«Такой паводкі мы яшчэ не бачылі», — сказаў старшыня сельсавета
Цэны на электрычнасць вырастуць менш, чым чакалі эксперты
У порце згарэў склад: ёсць пацярпелыя, страты яшчэ падлічваюць
Настаўнікі просяць павысіць заробак і пагражаюць забастоўкай
Суд пакінуў пад вартай былога дырэктара завода і яго намесніка
Ратавальнікі вывезлі жыхароў вёскі, якую адрэзала ад свету рака`),
  bg: lines(`
Правителството прие проекта за бюджет и го внесе в парламента
Полицията търси свидетели на катастрофата, станала снощи край Плевен
„Такова наводнение не сме виждали“, каза кметът на общината
Цените на тока ще се повишат по-малко, отколкото се очакваше
На пристанището изгоря склад, трима души са ранени, щетите са големи
Учителите искат по-високи заплати и заплашват със стачка от понеделник
Съдът остави в ареста бившия директор на завода и неговия заместник
Спасители изведоха жителите на селото, откъснато от придошлата река`),
  sr: lines(`
Влада је усвојила предлог буџета за следећу годину и послала га посланицима
Полиција тражи сведоке несреће која се догодила синоћ код Чачка
„Овакву поплаву још нисмо доживели“, рекао је председник општине
Цене струје порашће мање него што су стручњаци очекивали
У луци је изгорело складиште, троје људи је повређено, штета је велика
Лекари најављују штрајк ако министарство не повећа плате
Суд је одбио жалбу тужилаштва у случају бившег директора фабрике
Железничка пруга ка мору биће затворена због обнове четири месеца`),
  mk: lines(`
Владата го усвои предлогот за буџет и го испрати до пратениците
Полицијата бара сведоци на несреќата што се случи синоќа кај Велес
„Ваква поплава досега не сме виделе“, рече градоначалникот
Цените на струјата ќе пораснат помалку отколку што се очекуваше
Во пристаништето изгоре магацин, има повредени, штетата е голема
Лекарите најавуваат штрајк ако министерството не ги зголеми платите
Судот ја одби жалбата на обвинителството за поранешниот директор
Железничката пруга кон морето ќе биде затворена поради обнова`),
  el: lines(`
Η κυβέρνηση κατέθεσε το σχέδιο του προϋπολογισμού στη Βουλή
Η αστυνομία αναζητεί μάρτυρες για το ατύχημα έξω από τη Λάρισα
«Τέτοια πλημμύρα δεν έχουμε ξαναδεί», είπε ο δήμαρχος της περιοχής
Οι τιμές του ρεύματος θα αυξηθούν λιγότερο απ’ όσο αναμενόταν
Πυρκαγιά σε αποθήκη στο λιμάνι – τρεις εργάτες τραυματίστηκαν ελαφρά
Οι γιατροί προειδοποιούν με απεργία αν δεν αυξηθούν οι μισθοί
Το δικαστήριο απέρριψε την έφεση για τον πρώην διευθυντή του εργοστασίου
Κλειστή για έργα η σιδηροδρομική γραμμή προς τη θάλασσα έως τον Μάιο`),
  tr: lines(`
Hükümet gelecek yılın bütçe tasarısını Meclis’e gönderdi
Polis, dün gece Sakarya yakınlarında meydana gelen kazanın tanıklarını arıyor
“Böyle bir sel görmemiştik” diyen belediye başkanı yardım istedi
Elektrik fiyatları beklenenden daha az artacak, sanayici rahatladı
Limandaki depoda yangın çıktı: üç işçi yaralandı, zarar büyük
Doktorlar maaşlar yükseltilmezse greve gideceklerini açıkladı
Mahkeme, fabrikanın eski müdürü hakkındaki itirazı reddetti
Denize giden demiryolu hattı bakım nedeniyle dört ay kapalı kalacak`),
  he: lines(`
הממשלה אישרה את הצעת התקציב לשנה הבאה והעבירה אותה לכנסת
המשטרה מחפשת עדים לתאונה שאירעה אמש סמוך לחדרה
״שיטפון כזה עוד לא ראינו״, אמר ראש המועצה האזורית
מחירי החשמל יעלו פחות מכפי שציפו הכלכלנים
מחסן בנמל עלה באש, שלושה פועלים נפצעו והנזק כבד
הרופאים מאיימים בשביתה אם השכר לא יעלה
בית המשפט דחה את ערעור הפרקליטות בעניינו של מנהל המפעל לשעבר
מסילת הרכבת לים תיסגר לארבעה חודשים לצורך שיפוץ`),
  ar: lines(`
أقرت الحكومة مشروع موازنة العام المقبل وأحالته إلى البرلمان
تبحث الشرطة عن شهود على الحادث الذي وقع ليلا قرب المدينة
قال رئيس البلدية: «لم نشهد فيضانا كهذا من قبل»
أسعار الكهرباء سترتفع أقل مما توقع الخبراء هذا الشتاء
حريق في مستودع بالميناء يصيب ثلاثة عمال ويلحق أضرارا كبيرة
الأطباء يهددون بالإضراب إذا لم ترفع الوزارة رواتبهم
رفضت المحكمة طعن النيابة في قضية المدير السابق للمصنع
إغلاق خط السكة الحديد المؤدي إلى البحر أربعة أشهر للصيانة`),
  fa: lines(`
دولت لایحه بودجه سال آینده را تصویب کرد و به مجلس فرستاد
پلیس به دنبال شاهدان تصادفی است که دیشب نزدیک شهر رخ داد
شهردار گفت: «چنین سیلی تا کنون ندیده بودیم»
بهای برق کمتر از آنچه کارشناسان پیش‌بینی کرده بودند بالا می‌رود
آتش‌سوزی در انبار بندر، سه کارگر زخمی شدند و خسارت سنگین است
پزشکان هشدار دادند که اگر دستمزدها افزایش نیابد اعتصاب می‌کنند
دادگاه اعتراض دادستانی درباره مدیر پیشین کارخانه را رد کرد
خط آهن به سوی دریا برای بازسازی چهار ماه بسته خواهد بود`),
  ur: lines(`
حکومت نے اگلے سال کا بجٹ منظور کر کے پارلیمان کو بھیج دیا
پولیس رات گئے شہر کے قریب ہونے والے حادثے کے گواہوں کی تلاش میں ہے
بجلی کی قیمت ماہرین کے اندازے سے کم بڑھے گی
بندرگاہ کے گودام میں آگ لگ گئی، تین مزدور زخمی ہوئے
ڈاکٹروں نے تنخواہ نہ بڑھنے پر ہڑتال کی دھمکی دے دی
عدالت نے سابق سربراہ کے خلاف اپیل مسترد کر دی`),
  th: lines(`
คณะรัฐมนตรีเห็นชอบร่างงบประมาณปีหน้าและส่งให้สภาพิจารณา
ตำรวจตามหาพยานในเหตุรถชนเมื่อคืนนี้ใกล้ตัวเมือง
นายกเทศมนตรีกล่าวว่าไม่เคยเห็นน้ำท่วมใหญ่เช่นนี้มาก่อน
ค่าไฟฟ้าจะปรับขึ้นน้อยกว่าที่ผู้เชี่ยวชาญคาดไว้
ไฟไหม้โกดังที่ท่าเรือ คนงานบาดเจ็บสามคน เสียหายหนัก
แพทย์เตือนว่าจะหยุดงานหากไม่ขึ้นเงินเดือน
ศาลยกคำร้องของอัยการในคดีอดีตผู้จัดการโรงงาน
ปิดเส้นทางรถไฟสายชายทะเลสี่เดือนเพื่อซ่อมแซม`),
  vi: lines(`
Chính phủ thông qua dự thảo ngân sách năm tới và trình Quốc hội
Cảnh sát tìm nhân chứng vụ tai nạn xảy ra đêm qua gần thành phố
Chủ tịch xã nói: “Chúng tôi chưa từng thấy trận lũ nào như vậy”
Giá điện sẽ tăng ít hơn mức các chuyên gia dự đoán
Cháy kho hàng ở cảng, ba công nhân bị thương, thiệt hại lớn
Các bác sĩ dọa đình công nếu lương không được nâng lên
Tòa án bác kháng nghị trong vụ cựu giám đốc nhà máy
Tuyến đường sắt ra biển đóng cửa bốn tháng để sửa chữa`),
  et: lines(`
Valitsus kiitis heaks järgmise aasta eelarve ja saatis selle riigikogule
Politsei otsib öösel Tartu lähedal juhtunud õnnetuse tunnistajaid
„Sellist üleujutust pole me varem näinud,“ ütles vallavanem
Elektri hind tõuseb vähem, kui asjatundjad ootasid
Sadamas põles ladu, kolm töölist sai vigastada, kahju on suur
Arstid ähvardavad streigiga, kui palku ei tõsteta
Kohus jättis tehase endise juhi süüasjas prokuröri kaebuse rahuldamata
Mere äärde viiv raudtee suletakse neljaks kuuks, sest teed parandatakse`),
  lv: lines(`
Valdība apstiprināja nākamā gada budžetu un nosūtīja to Saeimai
Policija meklē aculieciniekus avārijai, kas naktī notika pie Jelgavas
„Tādus plūdus vēl neesam redzējuši,” sacīja pagasta pārvaldnieks
Elektrības cena pieaugs mazāk, nekā prognozēja speciālisti
Ostā nodega noliktava, trīs strādnieki cietuši, zaudējumi ir lieli
Ārsti draud ar streiku, ja ministrija nepaaugstinās algas
Tiesa noraidīja prokuratūras sūdzību bijušā rūpnīcas direktora lietā
Dzelzceļa līnija uz jūru remonta dēļ būs slēgta četrus mēnešus`),
  lt: lines(`
Vyriausybė pritarė kitų metų biudžetui ir išsiuntė jį Seimui
Policija ieško avarijos, įvykusios naktį netoli Šiaulių, liudytojų
„Tokio potvynio dar nesame matę“, – sakė seniūnas
Elektros kaina didės mažiau, nei tikėjosi ekspertai
Uoste sudegė sandėlis, trys darbininkai sužeisti, nuostoliai dideli
Gydytojai grasina streiku, jei ministerija nepadidins atlyginimų
Teismas atmetė prokuratūros skundą dėl buvusio gamyklos vadovo
Geležinkelio linija į pajūrį dėl remonto bus uždaryta keturis mėnesius`),
  eo: lines(`
La registaro aprobis la buĝeton por la venonta jaro kaj sendis ĝin al la parlamento
La polico serĉas atestantojn pri la akcidento, kiu okazis ĉi-nokte apud la urbo
“Tian inundon ni ankoraŭ ne vidis”, diris la urbestro hieraŭ
La prezo de elektro kreskos malpli ol la fakuloj antaŭvidis
Brulis staplo ĉe la haveno, tri laboristoj estas vunditaj
Ĵurnalistoj demandis, ĉu la ŝipo jam forlasis la havenon`),
  mt: lines(`
Il-Gvern approva l-baġit għas-sena d-dieħla u bagħtu lill-Parlament
Il-Pulizija qed tfittex xhieda tal-inċident li seħħ ilbieraħ ħdejn Żejtun
“Għarar bħal dan qatt ma rajna,” qal is-sindku tar-raħal
Il-prezz tal-elettriku jogħla inqas milli stennew l-esperti
Ħruq f’maħżen fil-port: tliet ħaddiema feruti, ħsara kbira
It-tobba jheddu bi strajk jekk ma jiżdidux il-pagi`),
  cy: lines(`
Mae’r llywodraeth wedi cyhoeddi cyllideb newydd ar gyfer y flwyddyn nesaf
Dywedodd yr heddlu fod y dŵr wedi codi’n gyflym yn ystod y nos
Bydd y tŷ cwrdd yn ail-agor ar ôl pedair blynedd o waith adfer
Mae meddygon yn bygwth streicio os na fydd cyflogau’n codi, meddai’r gŵr
Rhybudd am wyntoedd cryfion ŵyl y banc ar hyd arfordir y gorllewin
Fe gaiff yr ysgol ei chau, er gwaetha’r ŵyn a’r protestiadau gan bobl y tŵr`),
  ga: lines(`
D’fhoilsigh an rialtas buiséad nua don bhliain seo chugainn inné
Tá na gardaí ag lorg finnéithe tar éis timpiste bóthair in aice le Gaillimh
Dúirt an tÚdarás nach bhfaca siad tuilte mar seo riamh cheana
Tá bagairt stailce ó dhochtúirí mura n-ardófar a bpá, a dúirt urlabhraí
Osclófar an scoil nua i mí Mheán Fómhair, cúig bliana níos déanaí
Tá praghas an leictreachais le méadú níos lú ná mar a measadh`),
  sq: lines(`
Qeveria miratoi buxhetin për vitin e ardhshëm dhe ia dërgoi kuvendit
Policia kërkon dëshmitarë për aksidentin që ndodhi mbrëmë pranë Durrësit
“Përmbytje të tillë nuk kemi parë”, tha kryetari i bashkisë
Çmimi i energjisë do të rritet më pak se sa pritej nga ekspertët
Mjekët kërcënojnë me grevë nëse nuk rriten pagat
Gjykata rrëzoi ankesën e prokurorisë për ish-drejtorin e fabrikës`),
  eu: lines(`
Gobernuak hurrengo urteko aurrekontua onartu du, eta legebiltzarrera bidali du
Poliziak gaueko istripuaren lekukoak bilatzen ditu Iruñea ondoan
«Horrelako uholderik ez dugu inoiz ikusi», esan du alkateak Oñatin
Espainiako sendagileek greba egingo dute soldatak igo ezean
Mugako bilera bertan behera geratu da, eguraldi txarra dela eta, gaur Logroñon
Trenbidea itxita egongo da, señaleak aldatu bitartean, lau hilabetez`),
  gl: lines(`
O Goberno aprobou o orzamento do vindeiro ano e envioullo ao Parlamento
A policía busca testemuñas do accidente que ocorreu onte preto de Lugo
«Nunca viramos unha inundación así», dixo o alcalde da localidade
O prezo da enerxía subirá menos do que agardaban os expertos
Os médicos ameazan con folga se non soben os salarios, segundo a central
O xulgado rexeitou o recurso sobre o antigo director da fábrica de leña`),
  af: lines(`
Die regering het die begroting vir volgende jaar goedgekeur, sê ’n woordvoerder
Die polisie soek getuies van die ongeluk wat gisteraand naby die dorp gebeur het
“So ’n vloed het ons nog nooit gesien nie,” het die burgemeester gesê
Die prys van krag sal minder styg as wat kenners voorspel het; môre volg meer
Dokters dreig met ’n staking as salarisse nie verhoog word nie, lê ’n berig voor
Die hof het die appèl oor die voormalige direkteur van die fabriek verwerp`),
  fo: lines(`
Landsstýrið hevur samtykt fíggjarlógina fyri næsta ár og sent hana tinginum
Løgreglan leitar eftir vitnum til vanlukkuna í nátt nær við Klaksvík
„Slíkt áarføri hava vit ongantíð sæð,“ segði borgarstjórin
Elprísurin hækkar minni enn serfrøðingar væntaðu í heyst
Læknar hótta við verkfalli, um lønirnar ikki verða hækkaðar
Rætturin vísti kæruna frá sær í málinu móti fyrrverandi stjóranum`),
  id: lines(`
Pemerintah menyetujui anggaran tahun depan dan mengirimkannya ke parlemen
Polisi mencari saksi kecelakaan yang terjadi tadi malam di dekat kota
“Kami belum pernah melihat banjir seperti ini,” kata kepala desa
Harga listrik akan naik lebih sedikit daripada perkiraan para ahli
Dokter mengancam mogok jika gaji tidak dinaikkan – menteri minta waktu
Kafé tua di pelabuhan dibuka kembali setelah empat bulan ditutup`),
  ja: lines(`
政府は来年度の予算案を閣議で決定し、国会に提出した
警察は昨夜市内で起きた事故の目撃者を探している
町長は「このような洪水は見たことがない」と述べた
電気料金の値上げ幅は専門家の予想を下回る見通しだ
港の倉庫で火災があり、作業員３人がけがをした
医師らは賃上げがなければストライキに入ると警告した
裁判所は工場の元責任者についての検察の訴えを退けた
海沿いの鉄道は工事のため４カ月間運休する`),
  ko: lines(`
정부는 내년도 예산안을 의결하고 국회에 제출했다
경찰은 어젯밤 시내에서 일어난 사고의 목격자를 찾고 있다
시장은 “이런 홍수는 처음 본다”고 말했다
전기 요금은 전문가들의 예상보다 적게 오를 전망이다
항구의 창고에서 불이 나 작업자 세 명이 다쳤다
의사들은 임금이 오르지 않으면 파업하겠다고 경고했다
법원은 공장 전 대표에 대한 검찰의 항소를 기각했다
바다로 가는 철도는 공사 때문에 넉 달 동안 닫힌다`),
  'zh-Hans': lines(`
政府通过了明年的预算草案，并提交议会审议
警方正在寻找昨晚市内事故的目击者
镇长说：“我们从未见过这样的洪水”
电价的涨幅将低于专家的预期
港口一座仓库起火，三名工人受伤，损失严重
医生警告说，如果不提高工资就将罢工
法院驳回了检方对工厂前负责人的上诉
通往海边的铁路将因施工关闭四个月`),
  'zh-Hant': lines(`
政府通過了明年的預算草案，並提交議會審議
警方正在尋找昨晚市內事故的目擊者
鎮長說：「我們從未見過這樣的洪水」
電價的漲幅將低於專家的預期
港口一座倉庫起火，三名工人受傷，損失嚴重
醫生警告說，如果不提高工資就將罷工
法院駁回了檢方對工廠前負責人的上訴
通往海邊的鐵路將因施工關閉四個月`),
};

/** Nothing was tuned on these. */
export const LATE_LANGUAGES: ReadonlySet<string> = new Set(['mk', 'ur', 'ga', 'sq', 'eu', 'gl', 'af', 'fo', 'id']);

/** Encodings that each language was published in, and the labels that name them. The first is the usual one. */
export const LEGACY_ENCODINGS: Readonly<Record<string, readonly string[]>> = {
  en: ['windows-1252', 'iso-8859-15', 'macintosh', 'gbk', 'euc-kr', 'big5', 'shift_jis', 'euc-jp', 'windows-1251'],
  fr: ['windows-1252', 'iso-8859-15', 'macintosh', 'ibm850'],
  de: ['windows-1252', 'iso-8859-15', 'windows-1250', 'iso-8859-2', 'ibm850'],
  es: ['windows-1252', 'iso-8859-15', 'macintosh'],
  pt: ['windows-1252', 'iso-8859-15'],
  it: ['windows-1252', 'iso-8859-15'],
  nl: ['windows-1252', 'iso-8859-15'],
  sv: ['windows-1252', 'iso-8859-15', 'iso-8859-10', 'iso-8859-4'],
  da: ['windows-1252', 'iso-8859-15', 'iso-8859-10', 'iso-8859-4'],
  no: ['windows-1252', 'iso-8859-15', 'iso-8859-10'],
  fi: ['windows-1252', 'iso-8859-15', 'iso-8859-10'],
  is: ['windows-1252', 'iso-8859-15', 'iso-8859-10'],
  ca: ['windows-1252', 'iso-8859-15'],
  pl: ['windows-1250', 'iso-8859-2', 'iso-8859-16', 'ibm852'],
  cs: ['windows-1250', 'iso-8859-2', 'ibm852'],
  sk: ['windows-1250', 'iso-8859-2', 'ibm852'],
  hu: ['windows-1250', 'iso-8859-2', 'iso-8859-16'],
  hr: ['windows-1250', 'iso-8859-2', 'iso-8859-16'],
  sl: ['windows-1250', 'iso-8859-2'],
  ro: ['windows-1250', 'iso-8859-2'],
  ru: ['windows-1251', 'koi8-r', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic'],
  uk: ['windows-1251', 'koi8-u', 'iso-8859-5', 'x-mac-cyrillic'],
  be: ['windows-1251', 'iso-8859-5', 'koi8-u'],
  bg: ['windows-1251', 'koi8-r', 'iso-8859-5'],
  sr: ['windows-1251', 'iso-8859-5'],
  mk: ['windows-1251', 'iso-8859-5'],
  el: ['windows-1253', 'iso-8859-7'],
  tr: ['windows-1254'],
  he: ['windows-1255', 'iso-8859-8', 'iso-8859-8-i'],
  ar: ['windows-1256', 'iso-8859-6'],
  fa: ['windows-1256'],
  ur: ['windows-1256'],
  th: ['windows-874'],
  vi: ['windows-1258'],
  et: ['windows-1257', 'iso-8859-4', 'iso-8859-13', 'iso-8859-15', 'iso-8859-10'],
  lv: ['windows-1257', 'iso-8859-4', 'iso-8859-13', 'iso-8859-10'],
  lt: ['windows-1257', 'iso-8859-4', 'iso-8859-13', 'iso-8859-10'],
  eo: ['iso-8859-3'],
  mt: ['iso-8859-3'],
  cy: ['iso-8859-14'],
  ga: ['windows-1252', 'iso-8859-14'],
  sq: ['windows-1252', 'windows-1250', 'iso-8859-2'],
  eu: ['windows-1252', 'iso-8859-15'],
  gl: ['windows-1252', 'iso-8859-15'],
  af: ['windows-1252', 'iso-8859-15'],
  fo: ['windows-1252', 'iso-8859-15'],
  id: ['windows-1252'],
  ja: ['shift_jis', 'euc-jp', 'iso-2022-jp'],
  ko: ['euc-kr'],
  'zh-Hans': ['gbk', 'gb18030'],
  'zh-Hant': ['big5', 'gbk'],
};
