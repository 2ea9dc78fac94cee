// Phrases of publishing systems that are not part of any article, by language. Lower case, without what closes or decorates
// them ("Read more »" is "read more"). Every language is tried on every text: which one it is in is not known yet.

/** Whole lines, or the last words of a summary. Nothing may stand before or after them. */
export const WHOLE_LINES: Readonly<Record<string, string>> = {
  en: 'read more|read on|read the rest of this entry|read full story|read the full story|read full article|read the full article|read the rest|read the whole story|read more here|continue reading|keep reading|full story|view article|view full article|view post|view original|view original article|view original post|read original article|see original|learn more|find out more|see more|show more|load more|click here|click here to read more|click here to subscribe|click here for more|more|advertisement|advertising|ad|sponsored|sponsored content|story continues below advertisement|story continues below|article continues below|article continues after this advertisement|continue reading below|skip advertisement|scroll to continue|share|share this|share this story|share this article|share this post|share on facebook|share on twitter|share on x|tweet|print|email this|like this|like loading|loading|related|related stories|related articles|related news|related content|related topics|related posts|recommended stories|recommended for you|most read|most popular|more stories|more from this section|more on this|more on this story|more on this topic|read also|also read|see also|read next|you may also like|you might also like|leave a comment|leave a reply|comments|no comments|comments are closed|subscribe|subscribe now|sign up|sign in|log in|listen to this article|listen to article|watch|watch video|watch now|watch live|follow us|all rights reserved|copyright|back to top|subscribers only|this article is for subscribers only|enable javascript|view comments',
  de: 'weiterlesen|artikel weiterlesen|mehr lesen|mehr erfahren|mehr dazu|mehr zum thema|mehr zu diesem thema|zum artikel|zum vollständigen artikel|ganzen artikel lesen|den ganzen artikel lesen|vollständigen artikel lesen|jetzt lesen|hier weiterlesen|lesen sie mehr|lesen sie hier mehr|lesen sie auch|lesen sie weiter|auch interessant|das könnte sie auch interessieren|das könnte dich auch interessieren|anzeige|werbung|artikel teilen|teilen|drucken|kommentare|kommentar schreiben|newsletter abonnieren|jetzt abonnieren|jetzt anmelden|alle rechte vorbehalten|meistgelesen|zurück nach oben|verwandte artikel|weitere artikel|nur für abonnenten',
  fr: "lire la suite|lire l'article|lire l'article complet|lire plus|en savoir plus|voir plus|la suite|suite|lire aussi|à lire aussi|a lire aussi|lire également|à lire également|à lire|voir aussi|sur le même sujet|sur le même thème|articles liés|articles similaires|publicité|partager|partager cet article|imprimer|commentaires|laisser un commentaire|s'abonner|je m'abonne|abonnez-vous|s'inscrire|tous droits réservés|les plus lus|article réservé aux abonnés|cet article est réservé aux abonnés|réservé aux abonnés|contenu sponsorisé",
  es: 'leer más|lee más|lee más aquí|seguir leyendo|sigue leyendo|continuar leyendo|continúa leyendo|ver más|leer artículo completo|leer la nota completa|leer nota completa|leer la noticia completa|más información|más info|lea también|lee también|leer también|le puede interesar|te puede interesar|también te puede interesar|puede leer|noticias relacionadas|artículos relacionados|temas relacionados|publicidad|anuncio|compartir|compartir en facebook|imprimir|comentarios|dejar un comentario|suscríbete|suscríbase|suscribirse|regístrate|todos los derechos reservados|lo más leído|solo para suscriptores|contenido patrocinado',
  it: "leggi tutto|leggi di più|leggi l'articolo|leggi l'articolo completo|continua a leggere|continua la lettura|continua|leggi anche|leggi pure|vedi anche|scopri di più|per saperne di più|articoli correlati|notizie correlate|potrebbe interessarti|potrebbe interessarti anche|pubblicità|annuncio pubblicitario|condividi|condividi su facebook|stampa|commenti|lascia un commento|abbonati|abbonati ora|iscriviti|iscriviti alla newsletter|tutti i diritti riservati|riproduzione riservata|i più letti|contenuto sponsorizzato",
  pt: 'leia mais|ler mais|saiba mais|veja mais|ver mais|continue lendo|continuar lendo|continuar a ler|continue a ler|leia a matéria completa|leia também|ler também|veja também|leia ainda|notícias relacionadas|artigos relacionados|conteúdo relacionado|publicidade|continua após a publicidade|anúncio|compartilhe|compartilhar|partilhar|partilhe|imprimir|comentários|deixe um comentário|assine|assine já|inscreva-se|todos os direitos reservados|mais lidas|conteúdo patrocinado|exclusivo para assinantes',
  pl: 'czytaj więcej|kup prenumeratę|czytaj dalej|czytaj całość|przeczytaj więcej|więcej|dowiedz się więcej|zobacz więcej|czytaj też|czytaj także|czytaj również|przeczytaj także|przeczytaj też|przeczytaj również|zobacz też|zobacz także|zobacz również|polecamy|powiązane artykuły|podobne artykuły|reklama|dalsza część artykułu pod materiałem wideo|dalszy ciąg materiału pod wideo|udostępnij|drukuj|komentarze|dodaj komentarz|zapisz się|subskrybuj|wszelkie prawa zastrzeżone|najczęściej czytane|materiał sponsorowany',
  tr: "devamını oku|devamı|haberin devamı|devamı için tıklayın|devamı için tıklayınız|haberin devamı için tıklayın|daha fazla|daha fazla oku|daha fazlası|tıklayın|ayrıca oku|ayrıca okuyun|bunu da oku|ilgili haberler|ilgili haber|ilginizi çekebilir|bunlar da ilginizi çekebilir|önerilen haberler|reklam|paylaş|facebook'ta paylaş|yazdır|yorumlar|yorum yap|abone ol|abone olun|üye ol|tüm hakları saklıdır|en çok okunanlar|sponsorlu içerik",
  ru: 'читать далее|читать дальше|читать полностью|читать полностью на сайте|читать ещё|читать еще|подробнее|узнать больше|показать ещё|далее|читайте также|читайте еще|читайте ещё|смотрите также|материалы по теме|по теме|новости по теме|похожие новости|ещё по теме|еще по теме|вам может быть интересно|рекомендуем|реклама|на правах рекламы|поделиться|поделиться в facebook|распечатать|комментарии|оставить комментарий|подписаться|подпишитесь|подписывайтесь|все права защищены|самое читаемое|популярное',
  uk: 'читати далі|читати більше|читати повністю|детальніше|докладніше|дізнатися більше|показати ще|читайте також|читайте ще|дивіться також|матеріали за темою|за темою|новини за темою|схожі новини|вам може бути цікаво|рекомендуємо|реклама|на правах реклами|поділитися|поширити|роздрукувати|коментарі|залишити коментар|підписатися|підпишіться|підписуйтесь|підписуйтеся|усі права захищені|всі права захищені|найпопулярніше',
  ar: 'اقرأ المزيد|إقرأ المزيد|قراءة المزيد|المزيد|لقراءة المزيد|تابع القراءة|متابعة القراءة|للمزيد|اضغط هنا|اقرأ أيضا|اقرأ أيضًا|اقرأ أيضاً|إقرأ أيضا|إقرأ أيضاً|اقرأ ايضا|شاهد أيضا|شاهد أيضاً|أخبار ذات صلة|مواضيع ذات صلة|مقالات ذات صلة|قد يعجبك أيضا|قد يهمك أيضا|إعلان|اعلان|إعلانات|شارك|شارك هذا الخبر|شارك المقال|مشاركة|طباعة|التعليقات|أضف تعليقا|اترك تعليقا|اشترك|اشترك الآن|تابعنا|جميع الحقوق محفوظة|الأكثر قراءة',
  ko: '더보기|기사 더 보기|더 보기|더 읽기|계속 읽기|자세히 보기|자세히보기|기사 더보기|기사 전문 보기|전문 보기|기사 원문 보기|기사원문 보기|원문 보기|관련기사|관련 기사|관련기사 보기|관련 기사 보기|관련 뉴스|관련뉴스|추천 기사|추천기사|많이 본 뉴스|많이 본 기사|이 기사를 추천합니다|함께 보면 좋은 기사|광고|공유하기|기사 공유하기|인쇄|인쇄하기|댓글|댓글 쓰기|구독하기|구독|로그인|회원가입|무단 전재 및 재배포 금지|무단전재 및 재배포 금지|무단전재-재배포 금지|무단 전재-재배포 금지|무단 전재 재배포 금지|무단전재 재배포 금지',
  ja: '続きを読む|続きはこちら|もっと見る|もっと読む|全文を読む|記事全文を読む|詳細を見る|詳しくはこちら|関連記事|関連ニュース|関連リンク|あわせて読みたい|合わせて読みたい|こちらもおすすめ|おすすめ記事|おすすめの記事|こんな記事も読まれています|人気記事|広告|スポンサーリンク|シェアする|ツイート|印刷|コメント|コメントを書く|コメントする|会員登録|ログイン|購読する|メルマガ登録|無断転載を禁じます|無断転載禁止|無断転載・複製を禁じます|無断複製・転載を禁じます|この記事は有料記事です|この記事は有料会員限定です|会員限定記事です',
  zh: '阅读全文|阅读更多|查看更多|查看全文|继续阅读|更多|更多内容|更多新闻|点击查看|点击查看全文|点击查看更多|点击阅读更多|点击阅读全文|阅读原文|查看原文|展开全文|相关阅读|相关新闻|相关报道|相关链接|延伸阅读|推荐阅读|热门推荐|猜你喜欢|广告|分享|分享到|打印|评论|发表评论|订阅|登录|注册|版权所有|未经授权不得转载|未经许可不得转载|閱讀全文|閱讀更多|繼續閱讀|查看更多內容|點擊閱讀全文|點擊查看全文|點擊查看更多|閱讀原文|相關閱讀|相關新聞|相關報導|延伸閱讀|推薦閱讀|熱門推薦|你可能感興趣|廣告|列印|評論|留言|訂閱|登入|註冊|版權所有|未經授權不得轉載',
};

/** Labels in front of a link to another story: "Read also: …". With a colon or the like after them, what follows goes too. */
export const LABELS: Readonly<Record<string, string>> = {
  en: "read more|read also|also read|read next|see also|see more|related|related story|related stories|related article|related articles|related news|related content|more on this|more on this topic|more on this story|more stories|don't miss|must read|you may also like|you might also like|you might be interested in|in case you missed it|filed under|tags|tagged|further reading|read our explainer|from the archive",
  de: 'lesen sie auch|lesen sie mehr|lesen sie dazu|lesen sie hier|lesen sie weiter|lies auch|mehr dazu|mehr zum thema|mehr zu diesem thema|auch interessant|dazu auch|siehe auch|das könnte sie auch interessieren|weitere artikel|passend dazu',
  fr: 'lire aussi|lisez aussi|à lire aussi|a lire aussi|lire également|à lire également|à lire|lire plus|voir aussi|à voir aussi|sur le même sujet|en savoir plus|pour aller plus loin|article lié',
  es: 'lea también|lee también|leer también|lea más|lee más|leer más|lea además|le puede interesar|te puede interesar|también te puede interesar|puede leer|puedes leer|vea también|ver también|más información|noticia relacionada|noticias relacionadas|no te pierdas',
  it: 'leggi anche|leggi pure|leggi di più|vedi anche|guarda anche|approfondisci|per approfondire|potrebbe interessarti|correlati|articoli correlati|da non perdere',
  pt: 'leia também|confira também|leia mais|leia ainda|ler também|ler mais|veja também|veja mais|saiba mais|notícias relacionadas|não perca',
  pl: 'czytaj też|czytaj także|czytaj również|czytaj więcej|przeczytaj też|przeczytaj także|przeczytaj również|zobacz też|zobacz także|zobacz również|polecamy|powiązane',
  tr: 'ayrıca oku|ayrıca okuyun|bunu da oku|ilgili haber|ilgili haberler|ilginizi çekebilir|daha fazlası|önerilen haber',
  ru: 'читайте также|читайте ещё|читайте еще|читать также|читать далее|смотрите также|см. также|подробнее|по теме|материалы по теме|материал по теме|новости по теме|ещё по теме|еще по теме|не пропустите',
  uk: 'читайте також|читайте ще|читати також|читати далі|дивіться також|див. також|детальніше|докладніше|за темою|матеріали за темою|більше за темою|не пропустіть',
  ar: 'اقرأ أيضا|اقرأ أيضًا|اقرأ أيضاً|إقرأ أيضا|إقرأ أيضًا|إقرأ أيضاً|اقرأ ايضا|اقرا ايضا|اقرأ المزيد|إقرأ المزيد|للمزيد|شاهد أيضا|شاهد أيضًا|شاهد أيضاً|أخبار ذات صلة|مواضيع ذات صلة|اقرأ كذلك|طالع أيضا',
  ko: '관련기사|관련 기사|관련 뉴스|관련뉴스|추천 기사|추천기사|더보기|더 보기|함께 보기',
  ja: '関連記事|関連ニュース|関連リンク|あわせて読みたい|合わせて読みたい|こちらもおすすめ|おすすめ記事|続きを読む|参考記事',
  zh: '相关阅读|相关新闻|相关报道|相关链接|延伸阅读|推荐阅读|阅读更多|更多阅读|相關閱讀|相關新聞|相關報導|延伸閱讀|推薦閱讀|閱讀更多|更多閱讀',
  he: 'קראו גם|קרא גם|עוד בנושא|לקריאה נוספת|כתבות נוספות',
  hi: 'यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|और पढ़ें',
};

/**
 * Of the labels, those after which a headline may follow without a colon: "Lea también El tren vuelve". Imperatives that
 * seldom open a sentence; the headline must begin like one (a capital, a quotation mark) where the script has capitals.
 */
export const BARE_LABELS: Readonly<Record<string, string>> = {
  en: 'also read|read also|see also',
  de: 'lesen sie auch|mehr zum thema',
  fr: 'à lire aussi|lire aussi|à lire également',
  es: 'lea también|lee también|te puede interesar|le puede interesar',
  it: 'leggi anche|vedi anche',
  pt: 'leia também|veja também|leia mais',
  pl: 'czytaj też|czytaj także|czytaj również|zobacz też|zobacz także|przeczytaj także',
  tr: 'ilgili haber|ilginizi çekebilir|bunu da oku',
  ru: 'читайте также|смотрите также|материалы по теме',
  uk: 'читайте також|дивіться також|матеріали за темою',
  ar: 'اقرأ أيضا|اقرأ أيضًا|اقرأ أيضاً|إقرأ أيضا|إقرأ أيضاً|شاهد أيضا|شاهد أيضاً',
  ko: '관련기사|관련 기사',
  ja: 'あわせて読みたい|関連記事',
  zh: '相关阅读|延伸阅读|相關閱讀|延伸閱讀',
};

/** Names of what readers are counted by: "Comments (12)", "12 Kommentare". */
export const COUNTED =
  'comments?|shares?|views?|likes?|kommentare?|aufrufe|commentaires?|partages?|comentarios?|comentários?|commenti|commento|komentarze|komentarzy|yorum|yorumlar|комментарии|комментариев|комментарий|просмотров|просмотры|коментарі|коментарів|коментар|переглядів|تعليقات|التعليقات|تعليق|댓글|조회수|コメント|评论|評論|留言|阅读量';

/** Agencies and picture services, as they stand in a credit. */
export const AGENCIES =
  'ap|ap photo|afp|reuters|dpa|epa|efe|ansa|lusa|pap|aa|apa|cp|pa|pti|ani|kna|epd|ukrinform|укрінформ|уніан|тасс|tass|риа новости|интерфакс|interfax|getty|getty images|imago|shutterstock|istock|alamy|unsplash|pixabay|depositphotos|bloomberg|xinhua|新华社|新華社|中新社|yonhap|연합뉴스|뉴시스|뉴스1|kyodo|共同|共同通信|時事|時事通信|jiji|anadolu|iha|dha';
