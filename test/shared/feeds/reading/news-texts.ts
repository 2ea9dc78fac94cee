// Short news texts of our own in many languages, as titles and bodies of feeds are. All of them are made up.

export interface NewsText {
  readonly language: string;
  readonly title: string;
  readonly body: string;
}

const texts = (language: string, ...pairs: readonly (readonly [title: string, body: string])[]): readonly NewsText[] =>
  pairs.map(([title, body]) => ({ language, title, body }));

export const KOREAN = texts(
  'ko',
  [
    '항구 도시에서 새 다리 개통식 열려',
    '남쪽 항구 도시의 시장은 오늘 오전 새 다리의 개통식에 참석해 이 다리가 두 섬의 주민들에게 큰 도움이 될 것이라고 말했다. 공사는 모두 4년이 걸렸으며 예산은 처음 계획보다 조금 늘어난 것으로 알려졌다. 주민들은 출근 시간이 크게 줄어들 것으로 기대하고 있다.',
  ],
  [
    '중앙은행, 기준금리 그대로 유지',
    '중앙은행은 오늘 회의를 열고 기준금리를 현재 수준에서 그대로 유지하기로 결정했다. 총재는 기자회견에서 물가 상승률이 점차 낮아지고 있지만 아직 안심하기는 이르다고 설명했다. 시장에서는 올해 안에 한 차례 인하가 있을 것이라는 전망이 나온다.',
  ],
  [
    '국경 지역 회담 다음 주 재개',
    '두 나라의 외교부 장관은 다음 주에 국경 지역에서 만나 중단된 회담을 다시 시작하기로 합의했다. 정부 관계자는 이번 회담에서 군사 훈련의 사전 통보와 이산가족 문제가 함께 논의될 것이라고 밝혔다. 야당은 국회에 먼저 보고해야 한다고 요구했다.',
  ],
  [
    '태풍 북상에 학교 휴교',
    '강한 태풍이 북쪽으로 올라오면서 해안 지역의 학교들이 내일 하루 문을 닫는다. 기상청은 내일 밤까지 최대 300밀리미터의 비가 내릴 것으로 보고 하천 근처에 사는 주민들에게 미리 대피해 달라고 당부했다. 어선 천여 척은 항구로 돌아왔다.',
  ],
);

export const JAPANESE = texts(
  'ja',
  [
    '北部の港で新しい防波堤が完成',
    '北部の港町で建設が進められていた新しい防波堤が完成し、きょう式典が開かれた。町長はあいさつの中で、長い年月をかけた工事に協力した住民に感謝すると述べた。町は今後、観光客を受け入れるための船着き場も整備する計画で、来年の予算に費用を盛り込む。',
  ],
  [
    '政府、燃料の備蓄を放出へ',
    '政府は燃料の価格が上がり続けていることを受けて、国の備蓄の一部を放出する方針を固めた。首相は記者団に対し、国民の生活を守るために必要な対策を早めに取ると説明した。野党は効果が限られるとして、税金の引き下げを求めている。',
  ],
  [
    '大雨で鉄道の一部区間が運休',
    '西日本では昨夜から激しい雨が続き、鉄道の一部の区間で運転を見合わせている。気象台は川の水位が高くなっているとして、土砂災害に警戒するよう呼びかけた。これまでにけが人の情報は入っていないという。',
  ],
  [
    '海上の境界をめぐる協議が再開',
    '海の境界をめぐる二つの国の協議が三年ぶりに再開された。初日の会合では漁業の取り決めと調査船の通報の手続きについて意見が交わされ、次回は来月に開くことで一致した。外務省の担当者は、話し合いは落ち着いた雰囲気で行われたと話している。',
  ],
);

export const SIMPLIFIED = texts(
  'zh-Hans',
  [
    '沿海城市新港口今日启用',
    '经过五年建设，南部沿海城市的新港口今天正式启用。市长在仪式上表示，新港口将提高货物运输的能力，也会给当地居民带来更多的工作机会。环保组织则提醒，应当继续监测附近海域的水质，并且及时公布结果。首批货船将于下周到达，主要运送粮食和机械设备。',
  ],
  [
    '央行宣布维持利率不变',
    '中央银行今天宣布维持基准利率不变。行长在记者会上说，物价上涨的速度已经放慢，但是国际市场的风险仍然存在，现在谈论降息还为时过早。经济学家普遍认为，下半年的增长将主要依靠国内消费，出口企业的情况也会逐步改善。股市当天小幅上升。',
  ],
  [
    '两国外长就边界问题会谈',
    '两国外交部长昨天在首都举行会谈，就边界问题交换了意见。双方同意建立热线电话，避免误解和冲突，并在三个月内举行下一轮谈判。发言人说，会谈是坦率和有建设性的，双方还讨论了贸易、能源以及人员往来等方面的合作，但没有签署文件。',
  ],
  [
    '山区发生地震救援展开',
    '西部山区今天凌晨发生地震，部分房屋受到损坏，道路和电力一度中断。救援队已经到达现场，正在寻找可能被困的居民。气象部门预计未来两天当地有雨，提醒人们注意山体滑坡。政府调拨了帐篷、食品和药品，学校的操场成为临时的安置点。',
  ],
);

export const TRADITIONAL = texts(
  'zh-Hant',
  [
    '東部鐵路新線今日通車',
    '東部鐵路的新路線今天正式通車，從北部到東部的時間可以縮短四十分鐘。交通部長在典禮上表示，這條路線不但方便居民往來，也能帶動沿線的觀光產業。地方團體則希望增加班次，並且改善車站附近的停車問題。第一班列車上坐滿了從各地來的旅客。',
  ],
  [
    '中央銀行宣布利率不變',
    '中央銀行今天召開理監事會議，決定維持利率不變。總裁在記者會上說，物價上漲的壓力已經減輕，不過國際經濟情勢仍有許多變數，將會持續觀察。學者認為，下半年的出口應該會比上半年好，但是房地產市場可能繼續降溫，銀行也會更加小心。',
  ],
  [
    '立法機關通過新預算案',
    '立法機關昨天深夜通過明年度的預算案，國防與社會福利的經費都比今年增加。在野黨批評政府沒有說明錢從哪裡來，並要求行政部門在一個月內提出報告。行政首長回應說，政府會節省不必要的開支，同時確保重要的建設能夠如期完成。',
  ],
  [
    '颱風接近學校停止上課',
    '強烈颱風逐漸接近，氣象單位今天上午發布警報，提醒沿海居民防範大浪。多個縣市宣布明天學校停止上課，機關也不上班。漁船大多已經回到港口，超級市場裡擠滿了購買食物和飲水的民眾。預計颱風中心將在明天傍晚登陸，之後速度會變慢。',
  ],
);

export const RUSSIAN = texts(
  'ru',
  [
    'В порту открыли новый причал',
    'В северном порту сегодня открыли новый причал, который сможет принимать крупные суда. По словам мэра города, строительство заняло три года и обошлось дешевле, чем ожидалось. Первые рейсы запланированы на начало следующего месяца.',
  ],
  [
    'Центробанк сохранил ставку',
    'Центральный банк сохранил ключевую ставку на прежнем уровне. Председатель заявил на встрече с журналистами, что рост цен замедляется, однако говорить о снижении ещё рано. Аналитики ждут первого шага не раньше осени.',
  ],
  [
    'Министры обсудили границу',
    'Министры иностранных дел двух стран обсудили положение на границе и договорились продолжить переговоры через две недели. Стороны создадут рабочую группу, которая займётся вопросами торговли и перевозок. Подробности не раскрываются.',
  ],
  [
    'Снегопад остановил поезда',
    'Сильный снегопад остановил движение поездов на востоке страны. Спасатели помогли пассажирам добраться до ближайших станций, где их накормили и разместили на ночь. Метеорологи обещают, что к вечеру погода улучшится.',
  ],
);

export const UKRAINIAN = texts(
  'uk',
  [
    'У місті відкрили нову школу',
    'У невеликому місті на заході країни відкрили нову школу для шестисот учнів. Її будівництво тривало два роки, кошти виділили громада та міжнародні партнери. Директорка каже, що в укритті вистачить місця для всіх дітей і вчителів.',
  ],
  [
    'Уряд змінив правила в’їзду',
    'Уряд змінив правила перетину кордону для вантажівок. Відтепер водії мають реєструватися в електронній черзі за добу до поїздки. Перевізники вважають, що це зменшить затори, але потребує більше працівників на пунктах пропуску.',
  ],
);

export const BULGARIAN = texts('bg', [
  'Откриха нов мост над реката',
  'Нов мост над реката беше открит днес в присъствието на кмета и на стотици жители. Съоръжението ще намали трафика в центъра на града, където всяка сутрин се образуват задръствания. Строителството продължи две години и струваше по-малко от предвиденото.',
]);

export const WESTERN = [
  ...texts(
    'fr',
    [
      'Le marché de l’énergie réformé',
      'Après des années de négociations, les députés ont adopté la réforme du marché de l’énergie. Le gouvernement espère réduire la facture des ménages dès l’été, tandis que l’opposition dénonce une mesure tardive et mal financée. Le président s’exprimera à la télévision.',
    ],
    [
      'Grève des contrôleurs aériens',
      'La grève des contrôleurs aériens a entraîné l’annulation de nombreux vols à l’aéroport de la région. Les compagnies ont demandé à leurs passagers de reporter leur déplacement. Une nouvelle réunion est prévue à la fin de la journée, où un médiateur sera présent.',
    ],
  ),
  ...texts('de', [
    'Brücke für Züge gesperrt',
    'Die Brücke über den Fluss bleibt für Züge länger gesperrt als geplant. Wie die Behörde mitteilte, müssen größere Teile der Träger ausgetauscht werden. Für Pendler fahren während der Arbeiten zusätzliche Busse, die allerdings häufig überfüllt sind.',
  ]),
  ...texts('es', [
    'La inflación bajó en España',
    'La inflación bajó por tercer mes consecutivo, según los datos que publicó hoy el instituto de estadística. El ministro de Economía señaló que los precios de la energía seguirán cayendo, aunque advirtió que aún es pronto para celebrar. ¿Qué pasará mañana? Los sindicatos piden más protección para los jóvenes.',
  ]),
  ...texts('pt', [
    'Eleição terá segunda volta',
    'A eleição para a presidência da câmara terá uma segunda volta, depois de nenhum candidato alcançar a maioria. A comissão informou que a participação foi superior à de há quatro anos. As negociações entre os partidos começam já amanhã e não deverão ser fáceis.',
  ]),
  ...texts('sv', [
    'Färjan går åter till ön',
    'Efter flera veckor med hårda vindar går färjan åter till ön. Kommunen säger att den gamla båten måste bytas ut före nästa år, men pengarna räcker inte. Många invånare är trötta på att vänta och kräver att regeringen hjälper till.',
  ]),
  ...texts('it', [
    'Più turisti nelle città d’arte',
    'Nelle città d’arte il numero dei turisti è aumentato più del previsto, e già si parla di limitare gli accessi nei fine settimana. Il sindaco ha spiegato che così non si può andare avanti: la qualità della vita dei residenti è peggiorata e gli affitti sono saliti.',
  ]),
];

export const CENTRAL_EUROPEAN = [
  ...texts(
    'pl',
    [
      'Sejm przyjął nową ustawę',
      'Posłowie przyjęli w piątek ustawę o ochronie rzek. Rząd zapewnia, że nowe przepisy pozwolą szybciej wykrywać zanieczyszczenia i karać sprawców. Opozycja twierdzi, że pieniędzy w budżecie jest za mało, a służby już dziś nie nadążają z kontrolami.',
    ],
    [
      'Śnieg sparaliżował południe',
      'Intensywne opady śniegu sparaliżowały południe kraju. Strażacy wyjeżdżali ponad pięćset razy, głównie do powalonych drzew i zerwanych linii. Część gospodarstw wciąż nie ma prądu. Synoptycy ostrzegają, że w nocy mróz jeszcze się nasili.',
    ],
  ),
  ...texts('cs', [
    'Vláda schválila rozpočet',
    'Vláda ve středu schválila návrh rozpočtu na příští rok. Ministr financí uvedl, že schodek bude nižší než letos, přesto opozice mluví o zadlužování. Nejvíce peněz půjde na školství, silnice a obranu. O návrhu budou nyní jednat poslanci.',
  ]),
  ...texts('sk', [
    'Železnice posilnia spoje',
    'Železnice posilnia počas sviatkov spoje medzi veľkými mestami. Cestujúci môžu využiť aj nočné vlaky s ležadlami, lístky sú však už takmer vypredané. Hovorkyňa spoločnosti odporúča kúpiť si miestenku včas a sledovať zmeny v cestovnom poriadku.',
  ]),
  ...texts('hu', [
    'Új híd épül a folyón',
    'Jövőre új híd épül a folyón, amely a két városrészt köti majd össze. A polgármester szerint a beruházás csökkenti a belváros forgalmát, és több mint ezer embernek ad munkát. A helyiek egy része attól tart, hogy eltűnnek a régi fák és a sétány.',
  ]),
  ...texts('hr', [
    'Počela sjednica vlade',
    'Na sjednici vlade danas se raspravljalo o mjerama za poticanje gradnje stanova. Ministar je rekao da će mladi moći računati na povoljnije kredite, što oporba smatra nedovoljnim. Građani već mjesecima čekaju rješenje jer cijene i dalje rastu.',
  ]),
];

export const ROMANIAN = texts('ro', [
  'Guvernul amână decizia',
  'Guvernul a amânat decizia privind creşterea pensiilor până la sfârşitul lunii. Premierul a declarat că banii există, însă trebuie găsită o soluţie pentru anul viitor. Sindicatele ameninţă cu proteste în toată ţara dacă promisiunile nu vor fi respectate.',
]);

export const TURKISH = texts(
  'tr',
  [
    'Yeni köprü bugün açıldı',
    'İki yakayı birbirine bağlayan yeni köprü bugün törenle açıldı. Belediye başkanı, çalışmaların üç yıl sürdüğünü ve bütçenin aşılmadığını söyledi. Köprüden ilk ay ücret alınmayacak. Çevre örgütleri ise kuş göç yollarının korunması gerektiğini hatırlattı.',
  ],
  [
    'Merkez bankası faizi değiştirmedi',
    'Merkez bankası politika faizini değiştirmedi. Kararın ardından yapılan açıklamada enflasyonun düşüş eğiliminde olduğu, ancak risklerin sürdüğü belirtildi. Uzmanlar yılın son çeyreğinde küçük bir indirim bekliyor. Döviz kurları gün içinde sakin seyretti.',
  ],
  [
    'Şiddetli yağış ulaşımı aksattı',
    'Şiddetli yağış kıyı kentlerinde ulaşımı aksattı. Bazı alt geçitler suyla doldu, okullar öğleden sonra tatil edildi. Valilik, vatandaşlardan zorunlu olmadıkça dışarı çıkmamalarını istedi. Yağışın gece yarısından sonra etkisini kaybetmesi bekleniyor.',
  ],
  [
    'Görüşmeler başkentte sürüyor',
    'İki ülkenin dışişleri bakanları başkentte bir araya geldi. Görüşmede sınır ticareti, enerji hatları ve öğrenci değişimi konuları ele alındı. Taraflar önümüzdeki ay yeniden buluşmak üzere anlaştı, ortak açıklama yapılmadı.',
  ],
);

export const GREEK = texts(
  'el',
  [
    'Άνοιξε η νέα γέφυρα',
    'Άνοιξε σήμερα η νέα γέφυρα που συνδέει το νησί με την ηπειρωτική χώρα. Ο δήμαρχος δήλωσε ότι το έργο θα αλλάξει τη ζωή των κατοίκων, ενώ οι ψαράδες ζητούν αποζημιώσεις για τους μήνες που δεν μπορούσαν να εργαστούν.',
  ],
  [
    'Αμετάβλητα τα επιτόκια',
    'Αμετάβλητα διατήρησε τα επιτόκια η κεντρική τράπεζα. Ο διοικητής είπε στους δημοσιογράφους πως ο πληθωρισμός υποχωρεί, αλλά χρειάζεται προσοχή. Οι αναλυτές περιμένουν την πρώτη μείωση το φθινόπωρο, αν δεν υπάρξουν εκπλήξεις στις αγορές.',
  ],
  [
    'Έκτακτο δελτίο για καταιγίδες',
    'Έκτακτο δελτίο εξέδωσε η μετεωρολογική υπηρεσία για ισχυρές καταιγίδες στα δυτικά. Τα σχολεία θα μείνουν κλειστά αύριο, και τα πλοία δένουν στα λιμάνια. Η πυροσβεστική καλεί τους πολίτες να αποφεύγουν τις άσκοπες μετακινήσεις.',
  ],
  [
    'Συνάντηση των υπουργών',
    'Οι υπουργοί Εξωτερικών των δύο χωρών συναντήθηκαν χθες στην πρωτεύουσα και συζήτησαν για τα σύνορα, το εμπόριο και την ενέργεια. Συμφώνησαν να υπάρξει νέα συνάντηση τον επόμενο μήνα, χωρίς να ανακοινώσουν λεπτομέρειες.',
  ],
);

export const ARABIC = texts(
  'ar',
  [
    'افتتاح الجسر الجديد في المدينة',
    'افتتح رئيس البلدية اليوم الجسر الجديد الذي يربط بين ضفتي النهر، وقال إن المشروع سيساعد السكان على الوصول إلى أعمالهم في وقت أقصر. واستمرت أعمال البناء ثلاث سنوات، وشارك فيها مئات العمال من مختلف المناطق.',
  ],
  [
    'البنك المركزي يبقي الفائدة',
    'قرر البنك المركزي الإبقاء على أسعار الفائدة من دون تغيير. وأوضح المحافظ في مؤتمر صحفي أن التضخم يتراجع ببطء، لكن الأسواق العالمية ما زالت غير مستقرة. ويتوقع الخبراء أول خفض قبل نهاية العام الحالي.',
  ],
  [
    'استئناف المحادثات حول الحدود',
    'استأنفت الحكومتان المحادثات حول الحدود بعد توقف دام عامين. وذكر المتحدث باسم وزارة الخارجية أن الجانبين ناقشا قضايا المياه والتجارة، واتفقا على تشكيل لجنة مشتركة تجتمع مرة كل شهر.',
  ],
  [
    'أمطار غزيرة تغلق الطرق',
    'أدت الأمطار الغزيرة إلى إغلاق عدد من الطرق في شمال البلاد، وطلبت السلطات من المواطنين عدم الخروج إلا للضرورة. وأعلنت المدارس تعليق الدراسة ليوم واحد، فيما تواصل فرق الإنقاذ عملها في القرى القريبة من الوادي.',
  ],
);

export const HEBREW = texts('he', [
  'גשר חדש נפתח לתנועה',
  'ראש העיר פתח היום את הגשר החדש שמחבר בין שתי גדות הנחל. לדבריו הפרויקט יקצר את זמן הנסיעה של אלפי תושבים בכל בוקר. העבודות נמשכו שלוש שנים, ובמהלכן נאלצו בעלי העסקים באזור להתמודד עם רעש ואבק.',
]);

export const THAI = texts('th', [
  'เปิดใช้สะพานแห่งใหม่แล้ว',
  'นายกเทศมนตรีเปิดใช้สะพานแห่งใหม่เมื่อเช้าวันนี้ โดยกล่าวว่าสะพานนี้จะช่วยให้ประชาชนเดินทางได้สะดวกขึ้น การก่อสร้างใช้เวลาสามปีและใช้งบประมาณน้อยกว่าที่วางแผนไว้ ชาวบ้านในพื้นที่หวังว่าจะมีนักท่องเที่ยวเพิ่มขึ้น',
]);

export const VIETNAMESE = texts('vi', [
  'Cầu mới nối hai bờ sông',
  'Sáng nay thành phố khánh thành cây cầu mới nối hai bờ sông. Theo chủ tịch thành phố, người dân sẽ đi lại nhanh hơn nửa giờ mỗi ngày, còn đường cũ chỉ dành cho xe đạp và người đi bộ.',
]);

export const BALTIC = [
  ...texts('lt', [
    'Atidarytas naujas tiltas per upę',
    'Miesto meras šiandien atidarė naują tiltą, kuris jungia abu upės krantus. Pasak jo, kelionė į darbą sutrumpės pusvalandžiu, o senąja gatve važinės tik dviračiai ir žmonės vaikščios pėsčiomis.',
  ]),
  ...texts('lv', [
    'Pāri upei atklāts jauns tilts',
    'Pilsētas mērs šodien atklāja jauno tiltu, kas savieno abus upes krastus. Viņš sacīja, ka ceļš uz darbu būs par pusstundu īsāks, bet pa veco ielu brauks tikai velosipēdi un ies gājēji.',
  ]),
];
