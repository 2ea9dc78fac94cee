import { isBoilerplateLine, withoutBoilerplate } from '../../../shared/articles/boilerplate.ts';

/** Lines of publishing systems, and sentences of articles that look like them. */
const LINES: Readonly<Record<string, { readonly out: readonly string[]; readonly stay: readonly string[] }>> = {
  English: {
    out: [
      'The post Troops deployed to the border appeared first on Example Gazette.',
      'The post Is it over? Ministers say: “Not yet.” appeared first on example.org.',
      'The article Border closed first appeared on Example Gazette',
      'Follow our live blog on the troop deployment.',
      'Follow our live coverage of the border crisis here',
      'Read more',
      'Read more »',
      '[Read more...]',
      'Continue reading →',
      'Continue reading Troops deployed to the border →',
      'Click here to subscribe',
      'Click here to read the full story about the border',
      'Sign up for our newsletter.',
      'Sign up to our daily newsletter and get the best stories in your inbox',
      'Subscribe to our newsletter here',
      'Get the latest news from the border delivered to your inbox.',
      'Follow us on X, Facebook and Telegram',
      'Follow Example Gazette on Telegram',
      'Join our WhatsApp channel for updates',
      '© 2026 Example Media. All rights reserved.',
      'Copyright 2026 Example Press. All rights reserved. This material may not be published, broadcast or rewritten.',
      'This article was originally published on Example Net.',
      'Originally published at example.org',
      'Read the full story at Example Gazette',
      'Comments (12)',
      '1,204 comments',
      'Share this:',
      'ADVERTISEMENT',
      'Story continues below advertisement',
      'Related: Troops deployed to the border',
      'Read also: Troops deployed to the border',
      'ALSO READ | Troops deployed to the border',
      'See also – Troops deployed to the border',
      "Don't miss: Ten cakes for autumn",
      'Support our journalism. Become a member today.',
      'Download our app for iOS and Android',
      'Photo: Example Name/Reuters',
      'Have a tip? Email us at tips@example.org',
    ],
    stay: [
      'Read more books, the minister told the pupils, and they did.',
      'The post office appeared first on the list of closures.',
      'Follow us to the shelter, the soldiers shouted, and the family ran.',
      'Sign up for our newsletter was the first line of the leaked memo.',
      'Subscribe to our newsletter, the banner said, while troops crossed the border.',
      'Related crimes rose by nine percent in the border towns.',
      'Continue reading the bill, the speaker said, and the clerk obeyed.',
      'All rights reserved for citizens were extended to refugees.',
      'Comments (12 of them) by members were read aloud in parliament.',
      'Advertisement spending fell by nine percent in March.',
      'Support our troops, the banners read, and the crowd cheered.',
      'Share this burden, the president told the allies in the evening.',
      'More than two thousand people crossed the border on Monday.',
      'The company asked users to download its app before the border opened.',
      'This article of the treaty was first applied in 1991.',
      'Photo: the bridge after the attack, seen from the northern bank.',
      'See also the ruling of the court of appeal in this matter.',
    ],
  },
  German: {
    out: [
      'Lesen Sie auch: Truppen an die Grenze verlegt',
      'Lesen Sie auch Truppen an die Grenze verlegt',
      'Mehr zum Thema',
      'Mehr zum Thema: Truppen an der Grenze',
      'Weiterlesen',
      'Weiterlesen →',
      'Jetzt unseren Newsletter abonnieren',
      'Melden Sie sich für unseren Newsletter an.',
      'Folgen Sie uns auf Facebook',
      'Verfolgen Sie die Entwicklung in unserem Liveblog.',
      'Alle Entwicklungen zum Krieg im Liveblog',
      'Der Beitrag Truppen an die Grenze verlegt erschien zuerst auf Beispielblatt.',
      'Dieser Artikel erschien zuerst bei Beispielnet.',
      'Anzeige',
      'Kommentare (7)',
      'Alle Rechte vorbehalten.',
      'Foto: Beispiel/dpa',
    ],
    stay: [
      'Lesen Sie auch die Packungsbeilage, riet der Arzt den Soldaten.',
      'Mehr zum Thema sagte der Minister am Abend nicht.',
      'Anzeige erstattete der Bürgermeister am Montag.',
      'Folgen Sie uns auf dem Fuß, rief der Führer, und die Gruppe lief los.',
      'Der Beitrag zur Kasse erschien zuerst auf dem Lohnzettel.',
      'Weiterlesen wollte im Saal niemand.',
    ],
  },
  French: {
    out: [
      "À lire aussi : L'armée se déploie à la frontière",
      "Lire aussi L'armée se déploie à la frontière",
      'Lire la suite',
      'Lire la suite…',
      'Inscrivez-vous à notre newsletter',
      'Abonnez-vous à notre lettre d’information pour tout savoir.',
      'Suivez-nous sur Facebook et X.',
      'Suivez la situation en direct',
      "L’article L'armée se déploie est apparu en premier sur Exemple Info.",
      'Cet article a été initialement publié sur Exemple Info.',
      'Publicité',
      'Commentaires (3)',
      'Tous droits réservés.',
      'Téléchargez notre application',
    ],
    stay: [
      'Lire la suite du dossier prendrait des mois, selon la juge.',
      'Publicité ou non, la campagne a choqué les familles des soldats.',
      'Suivez-nous, a dit le guide aux réfugiés, avant de passer la frontière.',
      "Lire aussi vite que possible, c'est ce que demandait le général.",
      'L’article premier de la loi est apparu en premier sur la table du Sénat.',
    ],
  },
  Spanish: {
    out: [
      'Lea también: Despliegan tropas en la frontera',
      'Lea también Despliegan tropas en la frontera',
      'Leer más',
      'Seguir leyendo…',
      'Suscríbete a nuestro boletín',
      'Síguenos en Telegram',
      'Sigue en directo la última hora de la guerra',
      'La entrada Despliegan tropas se publicó primero en Ejemplo Diario.',
      'Te puede interesar: Despliegan tropas',
      'Publicidad',
      'Comentarios (4)',
      'Todos los derechos reservados.',
      'Descarga nuestra app',
    ],
    stay: [
      'Lea también el informe de la comisión, dijo el ministro.',
      'Leer más libros fue el consejo del general a sus soldados.',
      'Publicidad engañosa hubo en toda la campaña.',
      'La entrada de las tropas se publicó primero en los carteles de la plaza.',
      'Seguir leyendo era imposible con el ruido de los aviones.',
    ],
  },
  Italian: {
    out: [
      'Leggi anche: Truppe schierate al confine',
      'Leggi anche Truppe schierate al confine',
      'Leggi tutto',
      'Continua a leggere →',
      'Iscriviti alla nostra newsletter',
      'Seguici su Telegram',
      'Segui la diretta della guerra',
      "L'articolo Truppe schierate al confine proviene da Esempio.",
      'Riproduzione riservata',
      '© RIPRODUZIONE RISERVATA',
      'Pubblicità',
      'Commenti (9)',
      'Scarica la nostra app',
    ],
    stay: [
      'Leggi anche molto antiche furono cambiate dal governo.',
      'Continua a leggere i nomi dei soldati caduti fino a notte.',
      "L'articolo del codice proviene da una legge del 1930.",
      'Seguici fu la parola scritta sulla bandiera.',
      'Leggi tutto il giorno, disse la madre, e il soldato rise.',
    ],
  },
  Portuguese: {
    out: [
      'Leia também: Tropas enviadas à fronteira',
      'Leia também Tropas enviadas à fronteira',
      'Leia mais',
      'Saiba mais »',
      'Continue lendo',
      'Assine a nossa newsletter',
      'Siga-nos no Instagram',
      'Acompanhe ao vivo a cobertura da guerra',
      'O post Tropas enviadas à fronteira apareceu primeiro em Exemplo.',
      'Clique aqui para entrar no canal',
      'Publicidade',
      'Comentários (2)',
      'Todos os direitos reservados',
    ],
    stay: [
      'Leia também o relatório, pediu o ministro aos soldados.',
      'Saiba mais quem quiser, o general não vai responder.',
      'O post da fronteira apareceu primeiro em chamas, depois caiu.',
      'Publicidade da guerra foi proibida pelo tribunal.',
      'Leia mais livros, dizia o cartaz na parede do quartel.',
    ],
  },
  Polish: {
    out: [
      'Czytaj też: Wojsko rozmieszczone na granicy',
      'Czytaj także Wojsko rozmieszczone na granicy',
      'Czytaj więcej',
      'Czytaj dalej →',
      'Zapisz się do naszego newslettera',
      'Obserwuj nas na Facebooku',
      'Śledź naszą relację na żywo',
      'Artykuł Wojsko na granicy pochodzi z serwisu Przykład.',
      'Reklama',
      'Komentarze (5)',
      'Wszelkie prawa zastrzeżone',
      'Pobierz naszą aplikację',
    ],
    stay: [
      'Czytaj też, synu, mówił żołnierz przed bitwą.',
      'Reklama wojska pojawiła się na granicy.',
      'Więcej żołnierzy pojedzie na granicę w maju.',
      'Zobacz też nie chciał, choć stał przy oknie.',
      'Śledź na żywo to przysmak, powiedział kucharz.',
    ],
  },
  Turkish: {
    out: [
      'İlgili haber: Askerler sınıra konuşlandı',
      'İlginizi çekebilir',
      'İlginizi çekebilir: Askerler sınıra konuşlandı',
      'Devamını oku',
      'Haberin devamı için tıklayın',
      'Bültenimize abone olun',
      "Bizi Twitter'da takip edin",
      'Gelişmeleri canlı blogumuzdan takip edin',
      'Askerler sınıra konuşlandı yazısı ilk önce Örnek Gazete üzerinde ortaya çıktı.',
      'Reklam',
      'Yorumlar (6)',
      'Tüm hakları saklıdır.',
    ],
    stay: [
      'Reklam harcamaları sınır illerinde düştü.',
      'Devamını oku, dedi komutan askere.',
      'Bizi takip edin, diye bağırdı asker.',
      'Bu yazı ilk olarak duvarda görüldü.',
      'Daha fazla asker sınıra gidecek.',
    ],
  },
  Russian: {
    out: [
      'Читайте также: Войска переброшены к границе',
      'Читайте также',
      'Подробнее',
      'Читать далее…',
      'Подписывайтесь на наш Telegram-канал',
      'Подписывайтесь на наш канал в Telegram и узнавайте новости первыми.',
      'Следите за ситуацией в нашей онлайн-трансляции',
      'Сообщение Войска переброшены к границе появились сначала на Пример.',
      'Материалы по теме:',
      'Реклама',
      'Комментарии (8)',
      'Все права защищены.',
      'Использование материалов допускается со ссылкой на источник.',
      'Если вы заметили ошибку, выделите её и нажмите Ctrl+Enter',
    ],
    stay: [
      'Читайте также книги, сказал учитель солдатам.',
      'Подпишитесь под петицией, просили жители приграничья.',
      'Подробнее министр говорить о войсках не стал.',
      'Реклама службы по контракту появилась у границы.',
      'Следите за детьми, говорили матерям у границы.',
      'Сообщение о переброске войск появилось на сайте министерства.',
    ],
  },
  Ukrainian: {
    out: [
      'Читайте також: Війська перекинуто до кордону',
      'Читайте також Війська перекинуто до кордону',
      'Читати далі',
      'Детальніше →',
      'Підписуйтесь на наш Telegram-канал',
      'Стежте за подіями в нашій онлайн-трансляції',
      "Запис Війська перекинуто до кордону з'явився спочатку на Приклад.",
      'За темою:',
      'Реклама',
      'Коментарі (3)',
      'Усі права захищені',
    ],
    stay: [
      'Читайте також закони, сказав суддя солдатам.',
      'Детальніше про війська міністр говорити не став.',
      'Підпишіться під петицією, просили мешканці.',
      'За темою війни стежили всі.',
      'Реклама служби з’явилася біля кордону.',
    ],
  },
  Arabic: {
    out: [
      'اقرأ أيضا: نشر قوات على الحدود',
      'اقرأ أيضاً نشر قوات على الحدود الشمالية',
      'اقرأ المزيد',
      'تابعونا على فيسبوك',
      'اشترك في نشرتنا البريدية',
      'تابعوا التغطية المباشرة للحرب',
      'انضموا إلى قناتنا على تيليغرام',
      'ظهرت المقالة نشر قوات على الحدود أولاً على مثال.',
      'إعلان',
      'التعليقات (5)',
      'جميع الحقوق محفوظة',
    ],
    stay: [
      'اقرأ أيضا كتب التاريخ، قال المعلم للجنود.',
      'إعلان الحرب جاء بعد نشر القوات على الحدود.',
      'تابعوا السير نحو الحدود رغم البرد.',
      'ظهرت القوات أولا على الحدود الشمالية.',
      'المزيد من القوات سيصل إلى الحدود غدا.',
    ],
  },
  Korean: {
    out: [
      '무단 전재 및 재배포 금지',
      '<저작권자(c) 예시통신, 무단 전재-재배포, AI 학습 및 활용 금지>',
      'ⓒ 예시일보, 무단전재 및 재배포 금지',
      '관련기사: 국경에 병력 배치',
      '더보기',
      '뉴스레터 구독하기',
      '텔레그램 채널을 구독하세요',
      '실시간 속보 바로가기',
      '이 기사의 저작권은 예시일보에 있습니다',
      '댓글 12',
      '광고',
    ],
    stay: [
      '정부는 기사 무단 전재를 금지하는 법안을 발의했다.',
      '광고 시장은 국경 긴장으로 얼어붙었다.',
      '관련기사를 쓴 기자가 국경에서 체포됐다.',
      '시민들은 텔레그램 채널을 구독하라고 말했다.',
      '병력이 국경에 더 배치됐다.',
    ],
  },
  Japanese: {
    out: [
      '無断転載を禁じます',
      '本サイトの記事の無断転載を禁じます。',
      '関連記事：国境に部隊配備',
      '【関連記事】',
      '続きを読む',
      'メールマガジンの登録はこちら',
      '公式アカウントをフォロー',
      '最新情報はライブブログをご覧ください',
      '投稿 国境に部隊配備 は 例新聞 に最初に表示されました。',
      'コメント(3)',
      '広告',
    ],
    stay: [
      '無断転載を禁じる法律が成立した。',
      '広告費は国境の緊張で減った。',
      '続きを読むことを議長は拒んだ。',
      '関連記事を書いた記者が国境で拘束された。',
      '部隊は国境に最初に配備された。',
    ],
  },
  Chinese: {
    out: [
      '责任编辑：值班编辑',
      '（责任编辑：值班编辑）',
      '【责任编辑：值班编辑】',
      '版权所有，未经授权不得转载',
      '未经许可不得转载。',
      '相关阅读：军队部署边境',
      '延伸閱讀：軍隊部署邊境',
      '阅读全文',
      '欢迎关注我们的微信公众号',
      '点击下载客户端',
      '关注最新直播报道',
      '文章军队部署边境最先出现在示例网。',
      '评论 12',
      '广告',
    ],
    stay: [
      '未经许可不得进入边境地区。',
      '广告收入因边境紧张而下降。',
      '责任编辑制度在边境报社实行了十年。',
      '相关阅读材料由军队发给士兵。',
      '军队最先出现在边境。',
    ],
  },
};

describe.each(Object.entries(LINES))('boilerplate in %s', (_language, { out, stay }) => {
  it.each(out)('is %j', (line) => {
    expect(withoutBoilerplate(`The dam held.\n\n${line}\n\nThe mayor spoke.`)).toBe(
      'The dam held.\n\nThe mayor spoke.',
    );
  });

  it.each(stay)('is not %j', (line) => {
    const text = `The dam held.\n\n${line}\n\nThe mayor spoke.\n${line}`;

    expect(withoutBoilerplate(text)).toBe(text);
  });
});

describe('the end of a summary', () => {
  it.each([
    ['Troops were sent. The post Troops sent to the dam appeared first on Example.', 'Troops were sent.'],
    ['Troops were sent [...] Read more', 'Troops were sent [...]'],
    ['Troops were sent… Continue reading Troops sent to the dam →', 'Troops were sent…'],
    ['Troops were sent. Read more » Share this:', 'Troops were sent.'],
    ['Troops were sent. Follow us on X. Sign up for our newsletter.', 'Troops were sent.'],
    ['部队已经出发。点击查看', '部队已经出发。'],
    ['Die Truppen sind da. Weiterlesen', 'Die Truppen sind da.'],
    ['Войска вышли. Читать далее', 'Войска вышли.'],
  ])('%j loses its boilerplate', (text, rest) => {
    expect(withoutBoilerplate(text)).toBe(rest);
  });

  it.each([
    'He asked for more. More.',
    'She was asked about the troops. No comments.',
    'They had one wish: read more',
    'The troops were sent, and the post was held.',
    'The sign on the door said one word. Closed.',
  ])('%j stays as it is', (text) => {
    expect(withoutBoilerplate(text)).toBe(text);
  });
});

describe('a text', () => {
  it('without boilerplate is the same text, with its line breaks', () => {
    const text = 'One line\nand another.\n\n\n\nA paragraph. ';

    expect(withoutBoilerplate(text)).toBe(text);
  });

  it('of nothing but boilerplate is empty', () => {
    expect(withoutBoilerplate('Read more\n\nShare this:\n© 2026 Example')).toBe('');
  });

  it.each([
    ['Follow our live blog '.repeat(20_000)],
    [`${'The post a '.repeat(20_000)}appeared first on`],
    ['The dam held. '.repeat(50_000)],
    ['… a » '.repeat(50_000)],
    [`${'未经'.repeat(50_000)}不得`],
    ['Read more books. '.repeat(20_000)],
    [`${'Read more of it\n'.repeat(50_000)}end`],
  ])('made to be costly is read to its end', (text) => {
    expect(withoutBoilerplate(text)).toBe(text);
  });

  it('of many such lines loses all of them', () => {
    expect(withoutBoilerplate(`One.\n${'Read more\n'.repeat(50_000)}Two.`)).toBe('One.\nTwo.');
  });
});

describe('a line', () => {
  it('that is longer than such lines are is prose', () => {
    const names = Array.from({ length: 60 }, (_, at) => `friend${at}`).join(' ');

    expect(isBoilerplateLine(`Follow us on Telegram ${names}`)).toBe(false);
  });
});
