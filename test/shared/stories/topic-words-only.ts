// Pairs of reports of two events that share the words of a topic and hardly any other: what a new installation sees, which has read nothing else.
// Sentences of our own.

export interface Report {
  readonly title: string;
  readonly text: string;
}

export interface EventPair {
  readonly language: string;
  readonly first: Report;
  readonly second: Report;
}

type Row = readonly [language: string, title: string, text: string, otherTitle: string, otherText: string];

const ROWS: readonly Row[] = [
  [
    'en',
    'Poland will deploy troops to the border',
    'Poland will deploy 2,000 troops to the border with Belarus, the interior minister said in Warsaw.',
    'Chile will deploy troops to the border',
    'Chile will deploy 500 troops to the border with Bolivia, the president announced in Santiago.',
  ],
  [
    'en',
    'Army deploys troops to northern border after clashes in Sarrat',
    'The army deployed troops to the border on Monday after clashes in the town of Sarrat.',
    'Navy deploys troops to island of Kelmora after protests',
    'The navy deployed troops to the island of Kelmora on Monday after protests against fishing quotas.',
  ],
  [
    'en',
    'Parliament votes to impose martial law in Vasteria',
    'The parliament of Vasteria voted on Tuesday to impose martial law for thirty days.',
    'Parliament votes to lift martial law in Ostrana',
    'The parliament of Ostrana voted on Tuesday to lift martial law in the coastal districts.',
  ],
  [
    'en',
    'Cholera outbreak kills 14 in Port Amsel',
    'A cholera outbreak has killed 14 people in Port Amsel, the health ministry said on Friday.',
    'Cholera outbreak closes schools in Dunmarra',
    'A cholera outbreak has closed all schools in Dunmarra, the health ministry said on Friday.',
  ],
  [
    'en',
    'Central bank of Norland raises interest rates',
    'The central bank of Norland raised interest rates by a quarter point to fight inflation.',
    'Central bank of Meridia raises interest rates',
    'The central bank of Meridia raised interest rates by half a point to defend its currency.',
  ],
  [
    'en',
    'Hackers steal customer data from Brightwell Bank',
    'Hackers stole the data of customers of Brightwell Bank, the company said in a statement.',
    'Hackers steal patient data from Rosedale hospital',
    'Hackers stole the data of patients of the Rosedale hospital, its director said in a statement.',
  ],
  [
    'en',
    'Wildfire forces evacuation of Pine Hollow',
    'A wildfire forced the evacuation of Pine Hollow in Oregon, where 900 people live.',
    'Wildfire forces evacuation of Santa Brisa',
    'A wildfire forced the evacuation of Santa Brisa in Spain, where 400 people live.',
  ],
  [
    'en',
    'Opposition leader Amara Deko arrested at airport',
    'The opposition leader Amara Deko was arrested at the airport on her return from exile, her party said.',
    'Opposition leader Luis Ferrante arrested at home',
    'The opposition leader Luis Ferrante was arrested at his home before dawn, his party said.',
  ],
  [
    'de',
    'Polen schickt Soldaten an die Grenze',
    'Polen schickt 2.000 Soldaten an die Grenze zu Belarus, sagte der Innenminister in Warschau.',
    'Chile schickt Soldaten an die Grenze',
    'Chile schickt 500 Soldaten an die Grenze zu Bolivien, kündigte der Präsident in Santiago an.',
  ],
  [
    'de',
    'Gericht verbietet Streik der Lokführer in Bayern',
    'Das Gericht in München hat den Streik der Lokführer verboten, weil die Friedenspflicht gilt.',
    'Gericht verbietet Streik der Ärzte in Hamburg',
    'Das Gericht in Hamburg hat den Streik der Ärzte verboten, weil Notdienste fehlten.',
  ],
  [
    'de',
    'Cyberangriff legt Rathaus von Lindenau lahm',
    'Ein Cyberangriff hat das Rathaus von Lindenau lahmgelegt, Ausweise werden nicht ausgestellt.',
    'Cyberangriff legt Klinik in Osterfeld lahm',
    'Ein Cyberangriff hat die Klinik in Osterfeld lahmgelegt, Operationen wurden verschoben.',
  ],
  [
    'fr',
    'La Pologne va déployer des troupes à la frontière',
    'La Pologne va déployer 2 000 soldats à la frontière avec la Biélorussie, a dit le ministre à Varsovie.',
    'Le Chili va déployer des troupes à la frontière',
    'Le Chili va déployer 500 soldats à la frontière avec la Bolivie, a annoncé le président à Santiago.',
  ],
  [
    'fr',
    'Incendie de forêt : 300 personnes évacuées près de Carvenne',
    'Un incendie de forêt a entraîné l’évacuation de 300 personnes près de Carvenne, dans le Var.',
    'Incendie de forêt : un camping évacué près de Tolosane',
    'Un incendie de forêt a entraîné l’évacuation d’un camping près de Tolosane, en Corse.',
  ],
  [
    'fr',
    'La grève des enseignants paralyse Montreval',
    'La grève des enseignants a fermé la plupart des écoles de Montreval lundi.',
    'La grève des éboueurs paralyse Saint-Aubert',
    'La grève des éboueurs a laissé les poubelles pleines à Saint-Aubert lundi.',
  ],
  [
    'es',
    'Polonia desplegará tropas en la frontera',
    'Polonia desplegará 2.000 soldados en la frontera con Bielorrusia, dijo el ministro en Varsovia.',
    'Chile desplegará tropas en la frontera',
    'Chile desplegará 500 soldados en la frontera con Bolivia, anunció el presidente en Santiago.',
  ],
  [
    'es',
    'Detenido el alcalde de Valdeparra por corrupción',
    'La policía detuvo este martes al alcalde de Valdeparra por presunta corrupción urbanística.',
    'Detenida la jueza de Montelar por corrupción',
    'La policía detuvo este martes a la jueza de Montelar por presunta corrupción en concursos.',
  ],
  [
    'es',
    'Un terremoto de magnitud 5,4 sacude Arequipa',
    'Un terremoto de magnitud 5,4 sacudió la madrugada del jueves la región de Arequipa.',
    'Un terremoto de magnitud 4,6 sacude Oaxaca',
    'Un terremoto de magnitud 4,6 sacudió la madrugada del jueves el estado de Oaxaca.',
  ],
  [
    'pt',
    'Polícia prende prefeito de Vila Serena',
    'A polícia prendeu na terça-feira o prefeito de Vila Serena por desvio de verbas da merenda.',
    'Polícia prende empresário em Porto Azul',
    'A polícia prendeu na terça-feira um empresário em Porto Azul por lavagem de dinheiro.',
  ],
  [
    'it',
    'Sciopero dei treni: fermi i regionali in Liguria',
    'Lo sciopero dei treni ha fermato lunedì i convogli regionali in Liguria.',
    'Sciopero degli aerei: cancellati voli a Catania',
    'Lo sciopero degli aerei ha fatto cancellare lunedì decine di voli a Catania.',
  ],
  [
    'ru',
    'Польша разместит войска на границе',
    'Польша разместит 2000 военных на границе с Белоруссией, сообщил министр в Варшаве.',
    'Чили разместит войска на границе',
    'Чили разместит 500 военных на границе с Боливией, объявил президент в Сантьяго.',
  ],
  [
    'ru',
    'В Северореченске объявлен режим чрезвычайной ситуации из-за паводка',
    'Режим чрезвычайной ситуации объявлен в Северореченске из-за паводка на реке, сообщили в мэрии.',
    'В Гореловске объявлен режим чрезвычайной ситуации из-за аварии на котельной',
    'Режим чрезвычайной ситуации объявлен в Гореловске из-за аварии на котельной, сообщили в мэрии.',
  ],
  [
    'ru',
    'Суд арестовал мэра Каменогорска',
    'Суд арестовал мэра Каменогорска по делу о взятке, сообщила пресс-служба.',
    'Суд арестовал главного врача в Зареченске',
    'Суд арестовал главного врача больницы в Зареченске по делу о хищении, сообщила пресс-служба.',
  ],
  [
    'uk',
    'Польща розмістить війська на кордоні',
    'Польща розмістить 2000 військових на кордоні з Білоруссю, повідомив міністр у Варшаві.',
    'Чилі розмістить війська на кордоні',
    'Чилі розмістить 500 військових на кордоні з Болівією, оголосив президент у Сантьяго.',
  ],
  [
    'pl',
    'Litwa wyśle wojsko na granicę',
    'Litwa wyśle 2000 żołnierzy na granicę z Białorusią, powiedział minister w Wilnie.',
    'Peru wyśle wojsko na granicę',
    'Peru wyśle 500 żołnierzy na granicę z Ekwadorem, ogłosiła prezydent w Limie.',
  ],
  [
    'tr',
    'Polonya sınıra asker gönderecek',
    'Polonya, Belarus sınırına 2.000 asker gönderecek, İçişleri Bakanı Varşova’da açıkladı.',
    'Şili sınıra asker gönderecek',
    'Şili, Bolivya sınırına 500 asker gönderecek, Devlet Başkanı Santiago’da duyurdu.',
  ],
  [
    'ar',
    'بولندا تنشر قوات على الحدود',
    'تنشر بولندا ألفي جندي على الحدود مع بيلاروسيا، بحسب ما قال وزير الداخلية في وارسو.',
    'تشيلي تنشر قوات على الحدود',
    'تنشر تشيلي خمسمئة جندي على الحدود مع بوليفيا، بحسب ما أعلن الرئيس في سانتياغو.',
  ],
  [
    'zh',
    '波兰将向边境部署军队',
    '波兰内政部长在华沙表示，将向与白俄罗斯接壤的边境部署两千名士兵。',
    '智利将向边境部署军队',
    '智利总统在圣地亚哥宣布，将向与玻利维亚接壤的边境部署五百名士兵。',
  ],
  [
    'ja',
    'ポーランド、国境に軍を派遣へ',
    'ポーランドの内相はワルシャワで、ベラルーシとの国境に兵士2000人を派遣すると述べた。',
    'チリ、国境に軍を派遣へ',
    'チリの大統領はサンティアゴで、ボリビアとの国境に兵士500人を派遣すると発表した。',
  ],
  [
    'ko',
    '폴란드, 국경에 군대 배치하기로',
    '폴란드 내무장관은 바르샤바에서 벨라루스 국경에 병력 2000명을 배치하겠다고 밝혔다.',
    '칠레, 국경에 군대 배치하기로',
    '칠레 대통령은 산티아고에서 볼리비아 국경에 병력 500명을 배치하겠다고 발표했다.',
  ],
  [
    'nl',
    'Polen stuurt troepen naar de grens',
    'Polen stuurt 2000 militairen naar de grens met Belarus, zei de minister in Warschau.',
    'Chili stuurt troepen naar de grens',
    'Chili stuurt 500 militairen naar de grens met Bolivia, maakte de president in Santiago bekend.',
  ],
];

export const TOPIC_WORDS_ONLY: readonly EventPair[] = ROWS.map(([language, title, text, otherTitle, otherText]) => ({
  language,
  first: { title, text },
  second: { title: otherTitle, text: otherText },
}));
