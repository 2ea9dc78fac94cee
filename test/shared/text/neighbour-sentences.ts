// Sentences in the manner of news, written for the tests of language detection, in languages that share a script with ours. All of them
// were looked at while detection was tuned: they keep what is reached, and say nothing about sentences never seen.

const TEXTS: Readonly<Record<string, string>> = {
  cs: `Vláda v pondělí schválila návrh zákona, který má zlevnit nájemní bydlení ve velkých městech.
Policie obvinila tři muže z krádeže kabelů na železnici, hrozí jim až pět let vězení.
Ministr řekl novinářům, že na opravu mostu nemá stát v letošním rozpočtu dost peněz.
Hasiči v noci evakuovali obyvatele dvou domů, protože hladina řeky stále stoupala.
Podle lékařů je letošní chřipka silnější než v minulých letech a nemocnice jsou plné.
Soud zrušil rozhodnutí úřadu o stavbě dálnice, protože neměl všechny potřebné posudky.`,
  sk: `Vláda v pondelok schválila návrh zákona, ktorý má zlacniť bývanie v krajských mestách.
Polícia obvinila troch mužov z krádeže káblov na železnici, hrozí im až päť rokov väzenia.
Minister povedal novinárom, že na opravu mosta nie je v tohtoročnom rozpočte dosť peňazí.
Hasiči v noci evakuovali obyvateľov dvoch domov, pretože hladina rieky stále stúpala.
Podľa lekárov je tohtoročná chrípka silnejšia ako v minulých rokoch a nemocnice sú plné.
Súd zrušil rozhodnutie úradu o výstavbe diaľnice, lebo nemal všetky potrebné posudky.`,
  da: `Regeringen vil bruge flere penge på den kollektive trafik i de store byer til næste år.
Politiet har anholdt to mænd, som er mistænkt for at have stjålet kobber fra jernbanen.
Ministeren sagde mandag, at broen ikke kan åbne, før ingeniørerne har undersøgt den igen.
Beboerne måtte forlade deres huse i nat, fordi vandet i åen blev ved med at stige.
Lægerne advarer om, at influenzaen i år er hårdere, end den har været i mange år.
Retten har ophævet kommunens afgørelse om den nye vej, fordi naboerne ikke blev hørt.`,
  no: `Regjeringen vil bruke mer penger på kollektivtrafikk i de store byene neste år.
Politiet har pågrepet to menn som er mistenkt for å ha stjålet kobber fra jernbanen.
Statsråden sa mandag at brua ikke kan åpne før ingeniørene har undersøkt den på nytt.
Beboerne måtte forlate husene sine i natt fordi vannet i elva fortsatte å stige.
Legene advarer om at influensaen i år er kraftigere enn den har vært på mange år.
Retten har opphevet kommunens vedtak om den nye veien fordi naboene ikke ble hørt.`,
  ro: `Guvernul a aprobat luni un proiect de lege care ar trebui să ieftinească locuințele din orașele mari.
Poliția a reținut trei bărbați bănuiți că au furat cabluri de pe calea ferată.
Ministrul a declarat că pentru repararea podului nu sunt destui bani în bugetul de anul acesta.
Pompierii i-au evacuat în timpul nopții pe locuitorii a două blocuri, după ce râul a crescut.
Potrivit medicilor, gripa este mai puternică decât în anii trecuți, iar spitalele sunt pline.
Instanța a anulat hotărârea primăriei privind noua șosea, pentru că lipseau avizele de mediu.`,
  ca: `El Govern ha aprovat aquest dilluns una llei que vol abaratir els lloguers a les grans ciutats.
Els Mossos han detingut tres homes sospitosos d'haver robat cables de la línia de tren.
La consellera ha dit que enguany no hi ha prou diners per arreglar el pont vell.
Els bombers van desallotjar durant la nit els veïns de dos edificis perquè el riu no parava de créixer.
Segons els metges, la grip és més forta que altres anys i els hospitals ja són plens.
El jutjat ha anul·lat el projecte de la carretera nova perquè hi faltaven els informes ambientals.`,
  az: `Hökumət bazar ertəsi böyük şəhərlərdə kirayə haqqını azaldacaq qanun layihəsini təsdiq edib.
Polis dəmir yolundan kabel oğurlamaqda şübhəli bilinən üç nəfəri saxlayıb.
Nazir jurnalistlərə deyib ki, körpünün təmiri üçün bu ilki büdcədə kifayət qədər pul yoxdur.
Yanğınsöndürənlər gecə iki binanın sakinlərini çıxarıblar, çünki çayın səviyyəsi qalxırdı.
Həkimlərin sözlərinə görə, bu il qrip əvvəlki illərdən daha ağır keçir və xəstəxanalar doludur.
Məhkəmə yeni yolun tikintisi barədə qərarı ləğv edib, çünki lazımi sənədlər olmayıb.`,
  gl: `O Goberno galego aprobou este luns unha lei que quere baixar os alugueiros nas cidades grandes.
A policía detivo a tres homes sospeitosos de roubar cables da liña do tren.
A conselleira dixo que este ano non hai cartos dabondo para arranxar a ponte vella.
Os bombeiros desaloxaron pola noite a veciñanza de dous edificios porque o río non deixaba de medrar.
Segundo os médicos, a gripe é máis forte ca noutros anos e os hospitais xa están cheos.
O xulgado anulou o proxecto da estrada nova porque lle faltaban os informes ambientais.`,
  eu: `Eusko Jaurlaritzak hiri handietako alokairuak merkatzeko lege proiektua onartu du astelehenean.
Poliziak trenbideko kableak lapurtu izanaren susmopean hiru gizon atxilotu ditu.
Sailburuak esan du aurten ez dagoela nahikoa diru zubi zaharra konpontzeko.
Suhiltzaileek bi etxetako bizilagunak atera zituzten gauean, ibaia hazten ari zelako.
Medikuen arabera, aurtengo gripea azken urteetakoa baino gogorragoa da eta ospitaleak beteta daude.
Epaitegiak bertan behera utzi du errepide berriaren egitasmoa, ingurumen txostenak falta zirelako.`,
  sh: `Vlada je u ponedjeljak usvojila prijedlog zakona koji bi trebao pojeftiniti stanovanje u velikim gradovima.
Policija je uhitila trojicu muškaraca zbog sumnje da su krali kablove sa željezničke pruge.
Ministar je novinarima rekao da u ovogodišnjem proračunu nema dovoljno novca za popravak mosta.
Vatrogasci su tokom noći evakuisali stanare dve zgrade jer je nivo reke stalno rastao.
Prema rečima lekara, grip je ove godine jači nego ranijih godina i bolnice su pune.
Sud je poništio odluku opštine o gradnji puta jer nisu bile pribavljene sve saglasnosti.`,
  sl: `Vlada je v ponedeljek sprejela predlog zakona, ki naj bi pocenil najem stanovanj v večjih mestih.
Policisti so prijeli tri moške, ki jih sumijo kraje kablov na železniški progi.
Minister je novinarjem povedal, da v letošnjem proračunu ni dovolj denarja za obnovo mostu.
Gasilci so ponoči izselili stanovalce dveh hiš, ker je reka še naprej naraščala.
Po besedah zdravnikov je letošnja gripa hujša kot v prejšnjih letih in bolnišnice so polne.
Sodišče je razveljavilo odločitev občine o novi cesti, ker niso imeli vseh soglasij.`,
  hu: `A kormány hétfőn elfogadta azt a törvényjavaslatot, amely olcsóbbá teheti a lakhatást a nagyvárosokban.
A rendőrség három férfit vett őrizetbe, akik a gyanú szerint kábeleket loptak a vasútról.
A miniszter azt mondta, hogy a híd felújítására idén nincs elég pénz a költségvetésben.
A tűzoltók éjszaka két ház lakóit menekítették ki, mert a folyó szintje tovább emelkedett.
Az orvosok szerint az idei influenza erősebb, mint az előző években, és a kórházak megteltek.
A bíróság megsemmisítette az új út építéséről szóló döntést, mert hiányoztak az engedélyek.`,
  fi: `Hallitus hyväksyi maanantaina lakiesityksen, jonka on tarkoitus alentaa vuokria suurissa kaupungeissa.
Poliisi otti kiinni kolme miestä, joita epäillään kaapelien varastamisesta rautatieltä.
Ministeri sanoi toimittajille, ettei sillan korjaamiseen ole tänä vuonna tarpeeksi rahaa.
Palokunta evakuoi yöllä kahden talon asukkaat, koska joen pinta nousi edelleen.
Lääkärien mukaan tämän vuoden influenssa on ankarampi kuin aiemmin, ja sairaalat ovat täynnä.
Oikeus kumosi kunnan päätöksen uudesta tiestä, koska naapureita ei ollut kuultu.`,
  et: `Valitsus kiitis esmaspäeval heaks seaduseelnõu, mis peaks muutma üürid suurtes linnades odavamaks.
Politsei pidas kinni kolm meest, keda kahtlustatakse raudtee kaablite varastamises.
Minister ütles ajakirjanikele, et silla parandamiseks ei ole tänavuses eelarves piisavalt raha.
Päästjad viisid öösel kahe maja elanikud ära, sest veetase jões tõusis endiselt.
Arstide sõnul on tänavune gripp raskem kui varasematel aastatel ja haiglad on täis.
Kohus tühistas valla otsuse uue tee ehitamise kohta, sest naabreid ei olnud ära kuulatud.`,
  lv: `Valdība pirmdien apstiprināja likumprojektu, kam būtu jāpadara lētāka dzīvokļu īre lielajās pilsētās.
Policija aizturēja trīs vīriešus, kurus tur aizdomās par kabeļu zādzību uz dzelzceļa.
Ministrs žurnālistiem sacīja, ka tilta remontam šogad budžetā nepietiek naudas.
Ugunsdzēsēji naktī evakuēja divu māju iedzīvotājus, jo ūdens līmenis upē turpināja celties.
Pēc ārstu teiktā, šī gada gripa ir smagāka nekā iepriekš, un slimnīcas ir pilnas.
Tiesa atcēla pašvaldības lēmumu par jauno ceļu, jo kaimiņi netika uzklausīti.`,
  lt: `Vyriausybė pirmadienį pritarė įstatymo projektui, kuris turėtų atpiginti būsto nuomą didmiesčiuose.
Policija sulaikė tris vyrus, kurie įtariami pavogę kabelius iš geležinkelio.
Ministras žurnalistams sakė, kad tilto remontui šių metų biudžete nepakanka pinigų.
Ugniagesiai naktį evakavo dviejų namų gyventojus, nes vandens lygis upėje toliau kilo.
Gydytojų teigimu, šių metų gripas yra sunkesnis nei anksčiau, o ligoninės pilnos.
Teismas panaikino savivaldybės sprendimą dėl naujo kelio, nes kaimynai nebuvo išklausyti.`,
  id: `Pemerintah pada hari Senin menyetujui rancangan undang-undang yang akan menurunkan harga sewa di kota besar.
Polisi menangkap tiga orang yang diduga mencuri kabel dari jalur kereta api.
Menteri mengatakan kepada wartawan bahwa tahun ini tidak ada cukup uang untuk memperbaiki jembatan itu.
Petugas mengungsikan warga dari dua gedung pada malam hari karena air sungai terus naik.
Menurut para dokter, flu tahun ini lebih parah daripada sebelumnya dan rumah sakit sudah penuh.
Pengadilan membatalkan keputusan tentang jalan baru karena warga sekitar tidak pernah didengar.`,
  ms: `Kerajaan pada hari Isnin meluluskan rang undang-undang yang akan menurunkan sewa di bandar besar.
Polis menahan tiga lelaki yang disyaki mencuri kabel daripada landasan kereta api.
Menteri berkata kepada wartawan bahawa tahun ini wang tidak mencukupi untuk membaiki jambatan tersebut.
Bomba memindahkan penduduk dua bangunan pada waktu malam kerana paras air sungai terus naik.
Menurut doktor, selesema tahun ini lebih teruk berbanding tahun lepas dan hospital sudah penuh.
Mahkamah membatalkan keputusan mengenai jalan raya baharu kerana penduduk tidak diberi peluang bersuara.`,
  vi: `Chính phủ hôm thứ Hai đã thông qua dự luật nhằm giảm giá thuê nhà ở các thành phố lớn.
Cảnh sát bắt giữ ba người đàn ông bị nghi trộm dây cáp trên tuyến đường sắt.
Bộ trưởng nói với các nhà báo rằng năm nay không đủ tiền để sửa cây cầu cũ.
Lính cứu hỏa sơ tán cư dân của hai tòa nhà trong đêm vì nước sông tiếp tục dâng.
Theo các bác sĩ, cúm năm nay nặng hơn những năm trước và các bệnh viện đã kín chỗ.
Tòa án hủy quyết định xây con đường mới vì người dân xung quanh chưa được hỏi ý kiến.`,
  fil: `Inaprubahan ng pamahalaan noong Lunes ang panukalang batas na magpapababa ng upa sa malalaking lungsod.
Dinakip ng pulisya ang tatlong lalaki na pinaghihinalaang nagnakaw ng kable sa riles ng tren.
Sinabi ng kalihim sa mga mamamahayag na kulang ang pera ngayong taon para sa pagkumpuni ng tulay.
Inilikas ng mga bumbero ang mga residente ng dalawang gusali kagabi dahil patuloy ang pagtaas ng ilog.
Ayon sa mga doktor, mas malala ang trangkaso ngayong taon at puno na ang mga ospital.
Pinawalang-bisa ng korte ang pasya tungkol sa bagong kalsada dahil hindi dininig ang mga kapitbahay.`,
  sq: `Qeveria miratoi të hënën një projektligj që duhet të ulë qiratë në qytetet e mëdha.
Policia arrestoi tre burra që dyshohen se kanë vjedhur kabllo nga hekurudha.
Ministri u tha gazetarëve se këtë vit nuk ka para të mjaftueshme për riparimin e urës.
Zjarrfikësit larguan natën banorët e dy pallateve sepse niveli i lumit vazhdonte të rritej.
Sipas mjekëve, gripi i këtij viti është më i rëndë se më parë dhe spitalet janë plot.
Gjykata shfuqizoi vendimin për rrugën e re sepse banorët nuk ishin dëgjuar.`,
  sw: `Serikali Jumatatu iliidhinisha mswada wa sheria ambao utapunguza kodi za nyumba katika miji mikubwa.
Polisi wamewakamata wanaume watatu wanaoshukiwa kuiba nyaya kwenye reli.
Waziri aliwaambia waandishi wa habari kwamba mwaka huu hakuna fedha za kutosha kukarabati daraja hilo.
Wazima moto waliwahamisha wakazi wa majengo mawili usiku kwa sababu maji ya mto yaliendelea kupanda.
Kwa mujibu wa madaktari, homa ya mwaka huu ni kali kuliko miaka iliyopita na hospitali zimejaa.
Mahakama ilibatilisha uamuzi kuhusu barabara mpya kwa sababu majirani hawakusikilizwa.`,
  af: `Die regering het Maandag 'n wetsontwerp goedgekeur wat huurgeld in die groot stede moet verlaag.
Die polisie het drie mans in hegtenis geneem wat na bewering kabels van die spoorlyn gesteel het.
Die minister het aan joernaliste gesê dat daar vanjaar nie genoeg geld is om die brug te herstel nie.
Brandweermanne het die inwoners van twee geboue in die nag ontruim omdat die rivier bly styg het.
Volgens dokters is vanjaar se griep erger as in vorige jare en is die hospitale vol.
Die hof het die besluit oor die nuwe pad tersyde gestel omdat die bure nie gehoor is nie.`,
  is: `Ríkisstjórnin samþykkti á mánudag frumvarp sem á að lækka húsaleigu í stærstu bæjunum.
Lögreglan handtók þrjá menn sem grunaðir eru um að hafa stolið köplum frá lestinni.
Ráðherrann sagði við blaðamenn að ekki væri nóg fé á fjárlögum þessa árs til að laga brúna.
Slökkviliðið flutti íbúa tveggja húsa burt í nótt vegna þess að áin hélt áfram að vaxa.
Að sögn lækna er flensan verri í ár en áður og sjúkrahúsin eru full.
Dómstóllinn felldi úr gildi ákvörðun um nýja veginn af því að nágrannarnir voru ekki spurðir.`,
  nl: `De regering heeft maandag een wetsvoorstel goedgekeurd dat de huren in de grote steden moet verlagen.
De politie hield drie mannen aan die ervan worden verdacht kabels van het spoor te hebben gestolen.
De minister zei tegen journalisten dat er dit jaar niet genoeg geld is om de brug te herstellen.
De brandweer haalde vannacht de bewoners uit twee gebouwen omdat het water in de rivier bleef stijgen.
Volgens artsen is de griep dit jaar zwaarder dan in andere jaren en liggen de ziekenhuizen vol.
De rechter vernietigde het besluit over de nieuwe weg omdat de buren niet waren gehoord.`,
  sv: `Regeringen godkände på måndagen ett lagförslag som ska sänka hyrorna i de stora städerna.
Polisen har gripit tre män som misstänks för att ha stulit kablar från järnvägen.
Ministern sade till journalister att det inte finns tillräckligt med pengar i år för att laga bron.
Räddningstjänsten evakuerade de boende i två hus under natten eftersom vattnet i ån fortsatte att stiga.
Enligt läkarna är årets influensa svårare än tidigare och sjukhusen är fulla.
Domstolen upphävde beslutet om den nya vägen eftersom grannarna inte hade hörts.`,
  bg: `Правителството одобри в понеделник законопроект, който трябва да поевтини наемите в големите градове.
Полицията задържа трима мъже, заподозрени в кражба на кабели от железницата.
Министърът каза пред журналисти, че тази година няма достатъчно пари за ремонт на моста.
Пожарникарите изведоха през нощта жителите на две сгради, защото нивото на реката продължаваше да се покачва.
Според лекарите тазгодишният грип е по-тежък от предишните години и болниците са пълни.
Съдът отмени решението за новия път, защото съседите не са били изслушани.`,
  mk: `Владата во понеделникот усвои предлог-закон кој треба да ги намали кириите во големите градови.
Полицијата приведе тројца мажи осомничени дека крадeле кабли од железничката пруга.
Министерот им рече на новинарите дека годинава нема доволно пари за поправка на мостот.
Пожарникарите ноќеска ги иселија жителите на две згради бидејќи нивото на реката сѐ уште растеше.
Според лекарите, годинешниот грип е потежок од претходните години и болниците се полни.
Судот ја поништи одлуката за новиот пат затоа што соседите не беа сослушани.`,
  be: `Урад у панядзелак ухваліў законапраект, які павінен знізіць кошт арэнды жылля ў вялікіх гарадах.
Міліцыя затрымала трох мужчын, якіх падазраюць у крадзяжы кабеляў з чыгункі.
Міністр сказаў журналістам, што сёлета ў бюджэце не хапае грошай на рамонт моста.
Пажарныя ноччу вывезлі жыхароў двух дамоў, бо ўзровень вады ў рацэ працягваў расці.
Паводле лекараў, сёлетні грып цяжэйшы, чым у мінулыя гады, і бальніцы перапоўненыя.
Суд адмяніў рашэнне аб новай дарозе, бо суседзяў не выслухалі.`,
  sr: `Влада је у понедељак усвојила предлог закона који треба да појефтини становање у великим градовима.
Полиција је ухапсила тројицу мушкараца због сумње да су крали каблове са железничке пруге.
Министар је новинарима рекао да у овогодишњем буџету нема довољно новца за поправку моста.
Ватрогасци су током ноћи евакуисали станаре две зграде јер је ниво реке стално растао.
Према речима лекара, грип је ове године јачи него ранијих година и болнице су пуне.
Суд је поништио одлуку општине о градњи пута јер нису биле прибављене све сагласности.`,
  fa: `دولت روز دوشنبه لایحه‌ای را تصویب کرد که باید اجاره خانه در شهرهای بزرگ را کاهش دهد.
پلیس سه مرد را که گمان می‌رود کابل‌های راه‌آهن را دزدیده‌اند بازداشت کرد.
وزیر به خبرنگاران گفت که امسال پول کافی برای تعمیر پل وجود ندارد.
آتش‌نشانان شبانه ساکنان دو ساختمان را بیرون بردند چون سطح آب رودخانه بالا می‌آمد.
به گفته پزشکان آنفلوآنزای امسال از سال‌های گذشته شدیدتر است و بیمارستان‌ها پر هستند.
دادگاه تصمیم درباره جاده جدید را لغو کرد چون نظر همسایه‌ها پرسیده نشده بود.`,
  ur: `حکومت نے پیر کو ایک بل کی منظوری دی جس سے بڑے شہروں میں کرائے کم ہونے چاہئیں۔
پولیس نے تین افراد کو گرفتار کیا ہے جن پر ریلوے کی تاریں چرانے کا شبہ ہے۔
وزیر نے صحافیوں کو بتایا کہ اس سال پل کی مرمت کے لیے کافی رقم نہیں ہے۔
فائر بریگیڈ نے رات کو دو عمارتوں کے رہائشیوں کو نکالا کیونکہ دریا کی سطح بڑھ رہی تھی۔
ڈاکٹروں کے مطابق اس سال کا فلو پچھلے سالوں سے زیادہ سخت ہے اور ہسپتال بھرے ہوئے ہیں۔
عدالت نے نئی سڑک کا فیصلہ منسوخ کر دیا کیونکہ ہمسایوں کی بات نہیں سنی گئی تھی۔`,
};

/** Language -> its sentences; `sh` stands for Croatian, Bosnian, Montenegrin and Serbian in Latin letters. */
export const NEIGHBOURS: readonly (readonly [language: string, sentences: readonly string[]])[] = Object.entries(
  TEXTS,
).map(([language, text]) => [language, text.split('\n')]);

/** Languages that no list of ours knows: never one of ours, whatever else. */
export const STRANGERS: readonly (readonly [language: string, text: string])[] = [
  [
    'cy',
    'Cymeradwyodd y llywodraeth ddydd Llun fesur a ddylai ostwng rhenti yn y dinasoedd mawr, ond dywedodd y gwrthbleidiau nad yw’r arian yn ddigon i’r cynghorau lleol eleni.',
  ],
  [
    'mt',
    'Il-gvern approva nhar it-Tnejn abbozz ta’ liġi li għandu jnaqqas il-kirjiet fl-ibliet il-kbar, iżda l-oppożizzjoni qalet li l-flus mhumiex biżżejjed għal din is-sena.',
  ],
  [
    'ga',
    'Cheadaigh an rialtas Dé Luain bille a laghdóidh an cíos sna cathracha móra, ach dúirt an freasúra nach leor an t-airgead atá ann i mbliana do na comhairlí.',
  ],
  [
    'kk',
    'Үкімет дүйсенбі күні ірі қалалардағы жалдау ақысын төмендететін заң жобасын мақұлдады, бірақ оппозиция биыл қаржы жеткіліксіз екенін айтты.',
  ],
  [
    'mn',
    'Засгийн газар даваа гарагт томоохон хотуудын түрээсийн үнийг бууруулах хуулийн төслийг баталсан боловч сөрөг хүчин мөнгө хүрэлцэхгүй гэж мэдэгдэв.',
  ],
  [
    'ps',
    'حکومت د دوشنبې په ورځ هغه قانون تصویب کړ چې په لویو ښارونو کې به د کورونو کرایه راټیټه کړي، خو مخالفینو وویل چې سږکال پیسې بسنه نه کوي.',
  ],
  [
    'ckb',
    'حکومەت ڕۆژی دووشەممە پڕۆژەیاسایەکی پەسەند کرد کە کرێی خانوو لە شارە گەورەکاندا کەم دەکاتەوە، بەڵام ئۆپۆزسیۆن گوتی پارەکە بەس نییە.',
  ],
  [
    'uz',
    'Hukumat dushanba kuni yirik shaharlarda ijara narxini pasaytiradigan qonun loyihasini maʼqulladi, ammo muxolifat bu yilgi mablagʻ yetarli emasligini aytdi.',
  ],
];
