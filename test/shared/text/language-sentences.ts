// Sentences in the manner of news, written for the tests of language detection: twenty in each of fourteen languages.

const TEXTS: Readonly<Record<string, string>> = {
  en: `Parliament approved the defence budget after a debate that lasted until midnight.
Two cargo ships collided near the harbour, but nobody was hurt.
The ministry refused to comment on reports of a prisoner exchange.
Farmers in the north fear another dry summer.
Talks between both delegations broke down over border inspections.
Central bank keeps interest rates unchanged for a third month.
Rescue teams searched the valley with dogs and drones.
Her lawyer said she would appeal against the verdict.
Thousands marched through the capital to demand cheaper housing.
A new railway line will link the airport with the old town.
Police arrested four men suspected of smuggling fuel.
The treaty enters into force thirty days after ratification.
Doctors warn that the vaccine shortage could last into spring.
Shares of the chip maker fell sharply in early trading.
Voters choose a successor on Sunday in what is expected to be a close race.
Engineers restored power to most homes by Thursday evening.
Foreign troops deployed to the eastern front, spy agency says.
The museum returned three bronze statues taken a century ago.
Heavy rain flooded several villages along the river.
He resigned as chairman without giving any reason.`,
  fr: `Le Parlement a adopté le budget de la défense après un long débat.
Deux cargos sont entrés en collision près du port sans faire de blessés.
Le ministère n’a pas souhaité commenter ces informations.
Les agriculteurs du nord redoutent un nouvel été sec.
Les pourparlers entre les deux délégations ont échoué hier soir.
La banque centrale maintient ses taux d’intérêt inchangés.
Des secouristes ont fouillé la vallée avec des chiens et des drones.
Son avocate a annoncé qu’elle ferait appel du jugement.
Des milliers de manifestants réclament des logements moins chers.
Une nouvelle ligne de train reliera l’aéroport à la vieille ville.
La police a arrêté quatre hommes soupçonnés de contrebande.
Le traité entrera en vigueur trente jours après sa ratification.
Pénurie de vaccins : les médecins s’inquiètent pour le printemps.
L’action du fabricant de puces a fortement chuté en matinée.
Les électeurs choisissent dimanche un successeur au maire sortant.
Le courant a été rétabli dans la plupart des foyers jeudi.
Des troupes étrangères envoyées sur le front, selon le renseignement.
Le musée a rendu trois statues de bronze emportées il y a un siècle.
De fortes pluies ont inondé plusieurs villages le long du fleuve.
Il a quitté la présidence sans donner de raison.`,
  es: `El Parlamento aprobó el presupuesto de defensa tras un largo debate.
Dos cargueros chocaron cerca del puerto sin causar heridos.
El ministerio no quiso comentar las informaciones sobre un canje de presos.
Los agricultores del norte temen otro verano seco.
Las conversaciones entre ambas delegaciones fracasaron anoche.
El banco central mantiene sin cambios los tipos de interés.
Los equipos de rescate buscaron en el valle con perros y drones.
Su abogada dijo que recurrirá la sentencia.
Miles de personas marcharon por la capital para pedir viviendas baratas.
Una nueva línea de tren unirá el aeropuerto con el casco viejo.
La policía detuvo a cuatro hombres sospechosos de contrabando.
El tratado entra en vigor treinta días después de su ratificación.
Médicos advierten de que la falta de vacunas puede durar meses.
Las acciones del fabricante de chips cayeron con fuerza.
Los votantes eligen el domingo al sucesor del alcalde.
La luz volvió a la mayoría de los hogares el jueves por la tarde.
Tropas extranjeras llegan al frente oriental, afirma la inteligencia.
El museo devolvió tres estatuas de bronce robadas hace un siglo.
Las fuertes lluvias inundaron varias aldeas junto al río.
Renunció a la presidencia sin explicar los motivos.`,
  de: `Das Parlament hat den Verteidigungshaushalt nach langer Debatte gebilligt.
Zwei Frachter stießen nahe dem Hafen zusammen, verletzt wurde niemand.
Das Ministerium wollte Berichte über einen Gefangenenaustausch nicht kommentieren.
Bauern im Norden fürchten einen weiteren trockenen Sommer.
Die Gespräche der beiden Delegationen scheiterten in der Nacht.
Zentralbank lässt Leitzins zum dritten Mal unverändert.
Rettungskräfte suchten das Tal mit Hunden und Drohnen ab.
Ihre Anwältin kündigte an, gegen das Urteil Berufung einzulegen.
Tausende zogen durch die Hauptstadt und forderten bezahlbare Wohnungen.
Eine neue Bahnstrecke soll den Flughafen mit der Altstadt verbinden.
Polizei nimmt vier mutmaßliche Schmuggler fest.
Der Vertrag tritt dreißig Tage nach der Ratifizierung in Kraft.
Ärzte warnen vor Impfstoffmangel bis ins Frühjahr.
Die Aktie des Chipherstellers brach im frühen Handel ein.
Am Sonntag wählen die Bürger einen Nachfolger für den Bürgermeister.
Die meisten Haushalte haben seit Donnerstag wieder Strom.
Ausländische Truppen an die Front verlegt, meldet Geheimdienst.
Das Museum gab drei Bronzestatuen aus der Kolonialzeit zurück.
Starker Regen überschwemmte mehrere Dörfer am Fluss.
Er trat ohne Angabe von Gründen als Vorsitzender zurück.`,
  it: `Il Parlamento ha approvato il bilancio della difesa dopo un lungo dibattito.
Due navi da carico si sono scontrate vicino al porto senza feriti.
Il ministero non ha voluto commentare le notizie su uno scambio di prigionieri.
Gli agricoltori del nord temono un'altra estate secca.
I colloqui tra le due delegazioni sono falliti nella notte.
La banca centrale lascia invariati i tassi di interesse.
Le squadre di soccorso hanno cercato nella valle con cani e droni.
La sua avvocata ha detto che presenterà ricorso.
Migliaia di persone in piazza chiedono case meno care.
Una nuova linea ferroviaria collegherà l'aeroporto con la città vecchia.
Arrestati quattro uomini sospettati di contrabbando di carburante.
Il trattato entra in vigore trenta giorni dopo la ratifica.
I medici avvertono: la carenza di vaccini durerà fino a primavera.
Crollano in borsa le azioni del produttore di microchip.
Domenica gli elettori scelgono il successore del sindaco.
La corrente è tornata nella maggior parte delle case giovedì sera.
Truppe straniere schierate al fronte, secondo i servizi segreti.
Il museo ha restituito tre statue di bronzo portate via un secolo fa.
Forti piogge hanno allagato diversi villaggi lungo il fiume.
Si è dimesso dalla presidenza senza spiegarne il motivo.`,
  pt: `O Parlamento aprovou o orçamento da defesa depois de um longo debate.
Dois cargueiros colidiram perto do porto, mas ninguém ficou ferido.
O ministério não quis comentar as notícias sobre uma troca de prisioneiros.
Os agricultores do norte receiam mais um verão seco.
As conversações entre as duas delegações falharam durante a noite.
O banco central mantém as taxas de juro inalteradas.
As equipas de resgate procuraram no vale com cães e drones.
A advogada dela disse que vai recorrer da sentença.
Milhares de pessoas marcharam pela capital a exigir casas mais baratas.
Uma nova linha de comboio vai ligar o aeroporto à cidade velha.
Polícia detém quatro homens suspeitos de contrabando.
O tratado entra em vigor trinta dias após a ratificação.
Médicos avisam que a falta de vacinas pode durar até à primavera.
As ações do fabricante de chips caíram fortemente.
Os eleitores escolhem no domingo o sucessor do prefeito.
A luz voltou à maioria das casas na quinta-feira à noite.
Tropas estrangeiras enviadas para a frente, dizem os serviços secretos.
O museu devolveu três estátuas de bronze levadas há um século.
Chuvas fortes inundaram várias aldeias ao longo do rio.
Renunciou à presidência sem dar qualquer explicação.`,
  tr: `Meclis, savunma bütçesini uzun bir tartışmanın ardından onayladı.
Limanın yakınında iki yük gemisi çarpıştı, yaralanan olmadı.
Bakanlık, esir değişimi iddiaları hakkında yorum yapmadı.
Kuzeydeki çiftçiler kurak bir yaz daha geçirmekten korkuyor.
İki heyet arasındaki görüşmeler gece yarısı çöktü.
Merkez Bankası faiz oranlarını değiştirmedi.
Kurtarma ekipleri vadiyi köpekler ve insansız araçlarla aradı.
Avukatı, karara itiraz edeceklerini söyledi.
Binlerce kişi başkentte ucuz konut için yürüdü.
Yeni tren hattı havaalanını eski şehre bağlayacak.
Polis, kaçakçılık şüphesiyle dört kişiyi gözaltına aldı.
Antlaşma onaydan otuz gün sonra yürürlüğe girecek.
Doktorlar aşı sıkıntısının ilkbahara kadar sürebileceğini belirtti.
Çip üreticisinin hisseleri sabah işlemlerinde sert düştü.
Seçmenler pazar günü yeni belediye başkanını seçiyor.
Evlerin çoğuna perşembe akşamı elektrik verildi.
Yabancı askerler doğu cephesine gönderildi.
Müze, yüz yıl önce götürülen üç bronz heykeli geri verdi.
Şiddetli yağmur nehir boyundaki köyleri su altında bıraktı.
Başkan hiçbir gerekçe göstermeden istifa etti.`,
  pl: `Parlament przyjął budżet obronny po wielogodzinnej debacie.
Dwa statki towarowe zderzyły się koło portu, nikt nie ucierpiał.
Ministerstwo odmówiło komentarza w sprawie wymiany jeńców.
Rolnicy na północy boją się kolejnego suchego lata.
Rozmowy obu delegacji załamały się w nocy.
Bank centralny nie zmienił stóp procentowych.
Ratownicy przeszukali dolinę z psami i dronami.
Jej adwokat zapowiedział odwołanie od wyroku.
Tysiące ludzi przeszły przez stolicę, żądając tańszych mieszkań.
Nowa linia kolejowa połączy lotnisko ze starym miastem.
Policja zatrzymała czterech mężczyzn podejrzanych o przemyt.
Traktat wejdzie w życie trzydzieści dni po ratyfikacji.
Lekarze ostrzegają przed brakiem szczepionek do wiosny.
Akcje producenta procesorów gwałtownie spadły.
W niedzielę wyborcy wskażą następcę burmistrza.
Prąd wrócił do większości domów w czwartek wieczorem.
Obce wojska wysłane na front, twierdzi wywiad.
Muzeum oddało trzy posągi z brązu wywiezione przed stu laty.
Ulewne deszcze zalały kilka wsi nad rzeką.
Zrezygnował z funkcji prezesa bez podania przyczyn.`,
  ru: `Парламент утвердил оборонный бюджет после долгих споров.
Два сухогруза столкнулись у входа в порт, никто не пострадал.
В министерстве отказались комментировать сообщения об обмене пленными.
Фермеры на севере опасаются ещё одного засушливого лета.
Переговоры двух делегаций сорвались ночью.
Центробанк сохранил ключевую ставку.
Спасатели обыскали долину с собаками и дронами.
Её адвокат заявил, что подаст апелляцию.
Тысячи людей прошли по столице с требованием доступного жилья.
Новая железная дорога свяжет аэропорт со старым городом.
Полиция задержала четверых подозреваемых в контрабанде.
Договор вступит в силу через тридцать дней после ратификации.
Врачи предупреждают о нехватке вакцин до весны.
Акции производителя чипов резко упали утром.
В воскресенье избиратели выберут преемника мэра.
Свет вернули в большинство домов к вечеру четверга.
Иностранные войска отправлены на фронт, сообщает разведка.
Музей вернул три бронзовые статуи, вывезенные сто лет назад.
Сильные дожди затопили несколько деревень вдоль реки.
Он ушёл с поста председателя без объяснения причин.`,
  uk: `Парламент ухвалив оборонний бюджет після тривалих дебатів.
Два суховантажі зіткнулися біля порту, ніхто не постраждав.
У міністерстві відмовилися коментувати обмін полоненими.
Фермери на півночі бояться ще одного посушливого літа.
Перемовини двох делегацій зірвалися вночі.
Центробанк зберіг облікову ставку без змін.
Рятувальники обшукали долину із собаками та дронами.
Її адвокат заявив, що подасть апеляцію.
Тисячі людей пройшли столицею з вимогою дешевшого житла.
Нова залізниця з’єднає аеропорт зі старим містом.
Поліція затримала чотирьох підозрюваних у контрабанді.
Договір набуде чинності через тридцять днів після ратифікації.
Лікарі попереджають про нестачу вакцин до весни.
Акції виробника чипів різко впали вранці.
У неділю виборці оберуть наступника мера.
Світло повернули в більшість будинків до вечора четверга.
Іноземні війська відправлено на фронт, повідомляє розвідка.
Музей повернув три бронзові статуї, вивезені сто років тому.
Сильні дощі затопили кілька сіл уздовж річки.
Він пішов з посади голови без пояснення причин.`,
  ar: `أقر البرلمان ميزانية الدفاع بعد نقاش طويل.
تصادمت سفينتا شحن قرب الميناء ولم يصب أحد.
رفضت الوزارة التعليق على أنباء تبادل الأسرى.
يخشى المزارعون في الشمال صيفا جافا آخر.
انهارت المحادثات بين الوفدين خلال الليل.
البنك المركزي يبقي أسعار الفائدة دون تغيير.
بحثت فرق الإنقاذ في الوادي بالكلاب والطائرات المسيرة.
قالت محاميتها إنها ستستأنف الحكم.
سار الآلاف في العاصمة مطالبين بمساكن أرخص.
سيربط خط قطار جديد المطار بالمدينة القديمة.
الشرطة تعتقل أربعة رجال بتهمة تهريب الوقود.
تدخل المعاهدة حيز التنفيذ بعد ثلاثين يوما من التصديق.
أطباء يحذرون من نقص اللقاحات حتى الربيع.
هبطت أسهم شركة الرقائق بشدة في بداية التداول.
يختار الناخبون يوم الأحد خلفا لرئيس البلدية.
عادت الكهرباء إلى معظم البيوت مساء الخميس.
إرسال جنود أجانب إلى الجبهة الشرقية.
أعاد المتحف ثلاثة تماثيل برونزية أخذت قبل قرن.
أغرقت الأمطار الغزيرة عدة قرى على ضفة النهر.
استقال من رئاسة الشركة دون ذكر الأسباب.`,
  ko: `국회는 긴 토론 끝에 국방 예산을 통과시켰다.
항구 근처에서 화물선 두 척이 충돌했지만 다친 사람은 없었다.
국방부는 포로 교환 보도에 대해 언급을 거부했다.
북부 농민들은 또 한 번의 가뭄을 걱정한다.
양측 대표단의 협상이 밤사이 결렬됐다.
중앙은행, 기준금리 석 달째 동결
구조대가 개와 드론으로 계곡을 수색했다.
변호인은 판결에 항소하겠다고 말했다.
시민 수천 명이 집값 인하를 요구하며 행진했다.
새 철도가 공항과 구시가지를 잇는다.
경찰, 밀수 혐의로 네 명 체포
조약은 비준 삼십 일 뒤에 발효된다.
의사들은 백신 부족이 봄까지 이어질 수 있다고 경고했다.
NATO·EU 정상회의, 12일 개최
유권자들은 일요일에 새 시장을 뽑는다.
목요일 저녁 대부분 가정에 전기가 들어왔다.
北, 러에 병력 추가 파견
박물관은 백 년 전에 가져간 동상 세 점을 돌려주었다.
폭우로 강가 마을 여러 곳이 물에 잠겼다.
회장은 이유를 밝히지 않고 물러났다.`,
  zh: `议会经过长时间辩论后通过了国防预算。
两艘货船在港口附近相撞，无人受伤。
该部拒绝就交换战俘的报道发表评论。
北方农民担心又是一个干旱的夏天。
双方代表团的谈判在夜间破裂。
央行连续三个月维持利率不变
救援人员带着搜救犬和无人机搜索山谷。
她的律师说将对判决提出上诉。
数千人在首都游行，要求降低房价。
新铁路将连接机场和老城。
警方逮捕四名走私嫌疑人
条约在批准三十天后生效。
醫生警告疫苗短缺可能持續到春天。
芯片制造商的股价早盘大跌。
選民週日選出新市長
周四晚上大部分家庭恢复供电。
外国军队被派往前线
博物馆归还了一百年前被带走的三尊铜像。
大雨淹没了沿河的几个村庄。
OPEC与IMF会谈在北京举行`,
  ja: `議会は長い討論の末に防衛予算を可決した。
港の近くで貨物船二隻が衝突したが、けが人はいなかった。
同省は捕虜交換の報道についてコメントを避けた。
北部の農家は再び乾いた夏を恐れている。
両代表団の協議は夜のうちに決裂した。
中央銀行、金利を三か月連続で据え置き
救助隊は犬とドローンで谷を捜索した。
弁護士は判決を不服として控訴すると述べた。
数千人が家賃の引き下げを求めて首都を行進した。
新しい鉄道が空港と旧市街を結ぶ。
警察、密輸の疑いで四人を逮捕
条約は批准から三十日後に発効する。
医師らはワクチン不足が春まで続くと警告した。
半導体メーカーの株価が急落
有権者は日曜日に新しい市長を選ぶ。
木曜の夜までにほとんどの家庭で電気が戻った。
外国軍の派兵、情報機関が確認
博物館は百年前に持ち去られた銅像三体を返した。
大雨で川沿いの村が水につかった。
会長は理由を示さずに辞任した。`,
};

/** Language -> its sentences. */
export const SENTENCES: readonly (readonly [language: string, sentences: readonly string[]])[] = Object.entries(
  TEXTS,
).map(([language, text]) => [language, text.split('\n')]);
