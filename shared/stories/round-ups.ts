// Round-ups: live pages, briefings, weeks in pictures, lists of key events, quizzes, daily prices and horoscopes. They hold many
// events or none, share their wording with the one of yesterday, and so must join no event and attract none. They are recognised by
// their form: set phrases of headlines in the languages of most feeds, few enough to read. A headline about a quiz or a
// newsletter that has none of these forms stays an event.

/** The lookbehind knows ASCII letters only: one for every script would take ten times as long. `hasForm` checks the others where a form was found. */
const either = (parts: readonly string[]): RegExp => new RegExp(`(?<![a-z])(?:${parts.join('|')})`, 'gu');

/** Of the title, from the beginning of a word on; `(?!\p{L})` ends one in every script. */
const TITLE = either([
  // Live pages.
  'live(?: (?:news|updates?|blog|briefing|text|ticker|coverage|reporting))?\\s?(?::|[–—|]|$)',
  'live (?:updates?|blog|briefing|ticker)(?!\\p{L})|as it happened(?!\\p{L})|^live\\s?[:–—-]',
  '(?:liveblog|liveticker|live-ticker|live-blog|newsblog|newsticker|livestream)(?!\\p{L})',
  'en direct(?:o|e)?\\s?(?:[:,–—|.-]|$)|^direct\\s?[:,–—|-]|en vivo\\s?(?:[:,–—|-]|$)|ao vivo(?!\\p{L})|(?:in )?diretta(?!\\p{L})',
  'canlı(?: anlatım| blog| yayın)(?!\\p{L})|na żywo(?!\\p{L})|(?:текстовая|онлайн)[- ]трансляция|(?:онлайн|онлайн-хроника|хроника дня|хроніка дня)\\s?(?:[:.–—]|$)|实时更新|即時更新|實時更新|ライブ更新|실시간 (?:중계|업데이트)|تغطية مباشرة|مباشر\\s?[:|]',
  // What is known so far, by the day.
  'at a glance(?!\\p{L})|what we know (?:on|about) day (?:\\d|one)|list of key events|(?:things|stories|facts) to know (?:today|this|for|about today|before|on)|^(?:\\d+|five|six|seven|eight|nine|ten|three|four) things (?:to know|we learned|you need to know)',
  '(?:das wichtigste|die wichtigsten (?:nachrichten|entwicklungen|ereignisse)|was (?:heute|in der nacht|am wochenende) (?:wichtig|geschah|passiert))|(?:was|what) sie .{0,20}wissen müssen',
  "ce qu['’]il faut (?:retenir|savoir) (?:de|du|ce|pour|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|l['’]essentiel de l['’]actu|le point sur la situation",
  '(?:lo que (?:hay que|debes|necesitas) saber (?:hoy|de hoy|este)|las noticias (?:del día|de hoy|más importantes)|resumen (?:del día|de noticias|de la semana))|o que você precisa saber (?:hoje|desta)|resumo (?:do dia|da semana)|as notícias do dia|le notizie (?:di oggi|del giorno|della settimana)',
  'главное (?:за|к|на) (?:день|ночь|утро|вечер|неделю|сутки|час|\\d)|что (?:произошло|известно) (?:за|к) (?:день|ночь|утр|неделю|сутки)|итоги (?:дня|недели|суток)|главные (?:новости|события)|головне (?:за|на) (?:день|ніч|ранок|добу|тиждень)|підсумки (?:дня|тижня|доби)|podsumowanie (?:dnia|tygodnia)|najważniejsze (?:informacje|wydarzenia)|günün (?:özeti|öne çıkan|önemli)|haftanın özeti|今日要闻|新闻早班车|早报|晚报|一周(?:回顾|要闻)|今日のニュース|今週の(?:ニュース|まとめ)|오늘의 (?:뉴스|주요)|أبرز (?:أخبار|أحداث|عناوين)|حصاد (?:اليوم|الأسبوع)',
  // Briefings, newsletters, weeks.
  "(?:morning|afternoon|evening|daily|nightly|weekend|weekly|midday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|news|live|your [\\p{L} ]{1,20})(?: news)? (?:briefing|brief|bulletin|digest|round-?up|recap|wrap|headlines|newsletter|edition|rundown)(?!\\p{L})|^(?:briefing|newsletter|first thing|firstft|the (?:morning|evening|daily) [\\p{L} ]{0,20}report)(?!\\p{L})|^today[’']s [\\p{L} ]{1,30}report\\s?:|\\| ?first thing$",
  "^[^:]{1,40}(?:latest|updates?|round-?up|recap|digest)\\s?:.*;|(?:in other news|news quiz|the week in|week in review|year in review|this week in|week ahead|what happened (?:in .{1,40} )?this week|what to watch this week|today in history|on this day(?! of)|this day in history|today[’']s (?:papers|front pages|headlines)|front pages)(?!\\p{L})|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|weekend)[’']s best (?:photos|pictures)",
  '(?:day|week|month|year|weekend)(?: around the world)? in (?:\\d+ )?(?:pictures|photos|images)(?!\\p{L})|(?:best|top|photos|pictures|images) (?:photos |pictures |photographs )?of the (?:day|week|month|year)(?![\\p{L}-])|(?:bilder|fotos) (?:des tages|der woche)|(?:photos|images) (?:du jour|de la semaine)|(?:fotos|imágenes) (?:del día|de la semana)|(?:фото|фотографии) (?:дня|недели)',
  '(?:morgenlage|abendlage|lage am (?:morgen|abend)|nachrichten (?:am|vom) |presseschau|wochenrückblick|tagesrückblick|revue de presse|la matinale|boletín|rassegna stampa|обзор (?:прессы|недели|дня)|дайджест|przegląd prasy|basın özeti)',
  // What comes every day whatever happens.
  '(?:horoscopes?|horoskop|horóscopo|oroscopo|гороскоп|burç yorumları|crossword|sudoku|wordle|quiz|lottery (?:numbers|results)|powerball|lottozahlen|tv guide|tv listings|obituaries today)(?!\\p{L})(?!.{0,40}(?:winner|fraud|scandal|arrest|sued|lawsuit|ban))',
  '(?:gold|silver|oil|petrol|diesel|fuel|bitcoin|crypto|dollar|mortgage|stock|share|vegetable|currency)(?: \\p{L}+)? (?:prices?|rates?) (?:today|for today|this week|on \\p{L}+day|\\d)|(?:exchange|mortgage) rates? (?:today|for)|stock market today|weather (?:forecast|outlook) (?:for|today)|(?:курс|цена|цены) [\\p{L} ]{1,20}(?:на сегодня|сегодня|на \\d)|прогноз погоды на|погода на|wetter (?:heute|morgen|am)|goldpreis (?:heute|aktuell)|météo (?:du|de)|precio del? [\\p{L} ]{1,20} hoy|dolar (?:kaç|kuru)|今日(?:金价|油价|汇率|天气|运势)',
]);

/** Of the beginning of the text. */
const OPENING = either([
  "(?:welcome to|good (?:morning|evening|afternoon)[^.]{0,60}|in (?:today['’]s|this week['’]s)|also in (?:this|today['’]s)|this is [\\p{L} ]{1,40}, (?:the|our|a)|you['’]re reading) [^.]{0,60}newsletter",
  "(?:here['’]s|here is|these are) (?:what you need to know|(?:all )?the (?:latest|news|top stories)|your (?:morning|evening|daily))",
]);
const OPENING_LENGTH = 240;

/** Whether a document is a round-up by the form of its title or the first words of its text. */
export const isRoundUp = (title: string, text: string): boolean =>
  hasForm(TITLE, title.toLowerCase()) || hasForm(OPENING, text.slice(0, OPENING_LENGTH).toLowerCase());

const hasForm = (form: RegExp, text: string): boolean =>
  text.search(form) !== -1 &&
  [...text.matchAll(form)].some(({ index }) => !IN_WORD.test(text.slice(Math.max(0, index - 1), index + 1)));

/** Between two letters of a script with spaces. */
const IN_WORD = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}]{2}$/u;
