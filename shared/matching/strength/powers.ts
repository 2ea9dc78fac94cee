// Names of states, armies and international bodies, by language. Not every one there is: those that most world news is about. A sentence that names none
// may still be right; one that does is seldom about a baker.

/**
 * Beginnings of words, so that `Ukrain` stands for Ukraine and Ukrainian; with a full stop behind it, a whole word. A capital must be one in
 * the text as well (China is not china); a small letter may be either. `_` is a space; signs of regular expressions mean what they mean there.
 * Where words are written together or take prefixes (`ANYWHERE`), a name may stand inside a word.
 */
const POWERS: Readonly<Record<string, string>> = {
  en: `army. armies. navy. naval. military. troops. soldiers. government. ministry. ministries. parliament. president.
    Pentagon Kremlin White_House NATO. UN. U.N. United_Nations Security_Council EU. European_Union African_Union Arab_League ASEAN. OPEC. IAEA. G7. G20.
    US. U.S. USA. American Washington. United_States UK. U.K. Britain. British. London. Russia Moscow. Ukrain Kyiv. Kiev. Chin(?:a|ese). Beijing. Taiwan Japan Tokyo.
    Korea Seoul. Pyongyang. India(?:n|ns)? New_Delhi Pakistan Afghan Taliban. Iran Tehran. Iraq Syria Damascus. Israel Palestin Gaza. Hamas. Hezbollah. Leban Beirut. Egypt
    Saudi Riyadh. Yemen Houthi Qatar Jordan. Turk(?:ey|ish|iye). Ankara. German Berlin. French. France. Paris. Ital(?:y|ian) Spa(?:in|nish). Poland. Polish. Greece. Greek
    Belarus Georgia Armenia Azerbaijan Kazakh Serbia Kosovo Sweden. Swedish. Finland. Finnish. Norway. Norwegian Dutch. Netherlands. Canad Mexic Brazil Venezuel Colombia Cuba Argentin
    Australia Philippin Vietnam Myanmar. Thailand. Indonesia Nigeria Niger. Mali. Sudan Ethiopia Somalia Kenya Congo Rwanda Libya Algeria Morocc Burkina South_Africa`,
  ko: `국방부 외교부 정부 군은 육군 해군 공군 합참 대통령 국회 유엔 안보리 나토 유럽연합 미국 미군 백악관 러시아 우크라이나 중국 베이징 일본 대만 북한 평양 한국 우리군 국군
    인도 파키스탄 이란 이라크 시리아 이스라엘 팔레스타인 하마스 헤즈볼라 레바논 이집트 사우디 예멘 튀르키예 터키 독일 프랑스 영국 이탈리아 스페인 폴란드 벨라루스 캐나다 호주 필리핀 베트남`,
  zh: `国防部 國防部 外交部 政府 陆军 海军 空军 军方 軍方 解放军 解放軍 总统 總統 国会 國會 联合国 聯合國 安理会 安理會 北约 北約 欧盟 歐盟 美国 美國 美军 白宫 俄罗斯 俄羅斯 俄军 乌克兰 烏克蘭 中国 中國 中方 日本 台湾 臺灣
    朝鲜 朝鮮 韩国 韓國 印度 巴基斯坦 阿富汗 伊朗 伊拉克 叙利亚 敘利亞 以色列 以军 巴勒斯坦 哈马斯 真主党 黎巴嫩 埃及 沙特 也门 土耳其 德国 德國 法国 法國 英国 英國 意大利 西班牙 波兰 白俄罗斯 加拿大 澳大利亚 菲律宾 越南`,
  ja: `防衛省 外務省 政府 陸軍 海軍 空軍 自衛隊 軍は 大統領 首相 国会 国連 安保理 北大西洋条約機構 欧州連合 米国 米軍 アメリカ ホワイトハウス ロシア ウクライナ 中国 日本 台湾 北朝鮮 韓国 インド パキスタン アフガニスタン
    イラン イラク シリア イスラエル パレスチナ ハマス ヒズボラ レバノン エジプト サウジ イエメン トルコ ドイツ フランス 英国 イタリア スペイン ポーランド ベラルーシ カナダ オーストラリア フィリピン ベトナム`,
  ru: `арми минобороны. министерств правительств парламент президент войск военн вооруж[её]нн флот ВМС. ВВС. ВКС. ВСУ. ООН. Совбез НАТО. ЕС. Евросоюз США. америк Вашингтон Росси росси Москв Кремл Украин украин Киев
    Кита кита Пекин Тайв Япон япон Коре корей КНДР. Инди инди Пакистан Афган Иран иран Ирак Сири сири Израил израил Палестин ХАМАС. Хезболл Ливан Егип Сауд Йемен Турц турец Герман герман Франц франц Великобритан британ
    Итал Испан Польш польск Беларус Белорус белорус Грузи Армени Азербайджан Казахстан Серби Косов`,
  uk: `армі міноборони. міністерств уряд парламент президент військ збройн ЗСУ. ВМС. ООН. Радбез НАТО. ЄС. Євросоюз США. америк Вашингтон Росі росі Москв Кремл Украї украї Київ Кита кита Пекін Тайв Япон Коре корей Інді
    Пакистан Іран іран Ірак Сирі Ізраї ізраї Палестин ХАМАС. Ліван Єгип Туреч турец Німеч німец Франц франц Велик_Британ британ Італ Іспан Польщ польс Білорус білорус Грузі Вірмені Азербайджан Казахстан Серб Косов`,
  ar: `الجيش القوات الحكومة وزارة البرلمان الرئيس الأمم_المتحدة مجلس_الأمن الناتو حلف_شمال_الأطلسي الاتحاد_الأوروبي الاتحاد_الأفريقي الجامعة_العربية الولايات_المتحدة أمريك أميرك واشنطن روسيا الروسي موسكو أوكراني الصين بكين
    اليابان كوريا الهند باكستان أفغانستان إيران طهران العراق سوريا السوري إسرائيل فلسطين غزة حماس حزب_الله لبنان مصر السعودية اليمن الحوثي قطر الأردن تركيا التركي ألمانيا فرنسا بريطانيا ليبيا السودان الجزائر المغرب تونس`,
  es: `ejército armada. militar tropas. gobierno ministerio parlamento congreso. senado. presidente ONU. Naciones_Unidas Consejo_de_Seguridad OTAN. UE. Unión_Europea OEA. EE. EEUU. Estados_Unidos estadounidense Washington. Rusia rus[oa]s?. Moscú.
    Kremlin Ucrania ucranian China. chin[oa]s?. Pekín. Taiw[aá]n Jap[oó]n japon Corea corean India. Pakist[aá]n Afganist[aá]n Irán. iraní Irak. Siria sirio Israel israel[ií] Palestin Gaza. Hamás. Hezbolá. Líbano. Egipto. Arabia_Saud Yemen Turqu turc[oa]
    Alemania. alem[aá]n Francia. franc[eé]s Reino_Unido británic Italia España. español Polonia. Bielorrusia México. mexican Venezuela venezolan Colombia colombian Cuba Argentin Brasil Chile. Perú. Ecuador. Bolivia Nicaragua`,
  fr: `armée marine. militaire troupes. gouvernement ministère parlement sénat. président ONU. Nations_unies Conseil_de_sécurité OTAN. UE. Union_européenne Union_africaine États-Unis Etats-Unis américain Washington. Russie. russes?. Moscou. Kremlin
    Ukraine. ukrainien Chine. chinois Pékin. Taïwan Japon. japonais Corée coréen Inde. Pakistan Afghanistan. Iran. iranien Irak. Syrie. syrien Israël. israélien Palestin Gaza. Hamas. Hezbollah. Liban. Égypte. Arabie_saoudite Yémen. Turquie. turcs?.
    Allemagne. allemand France. français Royaume-Uni britannique Italie. Espagne. Pologne. Biélorussie. Mali. Niger. Burkina Tchad. Sénégal. Algérie. Maroc. Tunisie. Libye. Soudan. Congo Rwanda. Canada.`,
  de: `Armee Marine. Militär militärisch Truppen. Soldat Bundeswehr Regierung Bundesregierung Ministerium Verteidigungsminister Außenminister Parlament Bundestag. Bundesrat. Präsident UN. UNO. Vereinte Vereinten Sicherheitsrat Nato. NATO. EU. Europäische_Union
    USA. US. US- amerikanisch Washington. Russland russisch Moskau Kreml Ukrain ukrainisch China chinesisch Peking Taiwan Japan japanisch Nordkorea Südkorea Indien Pakistan Afghanistan Iran iranisch Irak Syri syrisch Israel israelisch Palästin Gaza Hamas. Hisbollah.
    Libanon Ägypten Saudi Jemen Türkei türkisch Deutschland deutsch Frankreich französisch Großbritannien britisch Italien Spanien Polen polnisch Belarus Serbien Kosovo`,
  pt: `exército marinha. militar tropas. governo ministério parlamento congresso. senado. presidente ONU. Nações_Unidas Conselho_de_Segurança OTAN. NATO. UE. União_Europeia EUA. Estados_Unidos american norte-american Washington. Rússia russ[oa]s?. Moscou Moscovo
    Kremlin Ucrânia ucranian China. chin[eê]s Pequim. Taiwan Japão japon Coreia corean Índia Paquistão Afeganistão Irã Irão iranian Iraque Síria Israel israelense Palestin Gaza. Hamas. Hezbollah. Líbano Egito Arábia_Saudita Iémen Iêmen Turquia turc[oa]
    Alemanha alem[aã] França franc[eê]s Reino_Unido britânic Itália Espanha Polônia Polónia Belarus Brasil brasileir Portugal portugu[eê]s Angola Moçambique Venezuela Argentina`,
  it: `esercito marina. militar truppe. governo ministero parlamento senato. presidente ONU. Onu. Nazioni_Unite Consiglio_di_sicurezza NATO. Nato. UE. Ue. Unione_Europea Stati_Uniti Usa. USA. american Washington. Russia russ[oaie]. Mosca. Cremlino Ucraina ucrain Cina.
    cines[ei]. Pechino. Taiwan Giappone giappones Corea corean India. Pakistan Afghanistan Iran iranian Iraq. Siria Israele israelian Palestin Gaza. Hamas. Hezbollah. Libano Egitto Arabia_Saudita Yemen Turchia turc[oahi] Germania tedesc Francia frances
    Regno_Unito Gran_Bretagna britannic Italia italian Spagna Polonia Bielorussia Libia Tunisia`,
  pl: `armi[aięą] wojsk żołnierz marynark rząd minister parlament sejm senat prezydent ONZ. NATO. UE. Uni[aięą]_Europejsk Rad[ay]_Bezpieczeństwa USA. Stan[yóa]\\p{L}*_Zjednoczon amerykańsk Waszyngton Rosj rosyjsk Moskw Kreml Ukrain ukraińsk Chin chińsk Pekin Tajwan
    Japoni japońsk Kore[aięą] koreańsk Indi Pakistan Afganistan Iran irańsk Irak Syri Izrael izraelsk Palesty Gaz[aięy]. Hamas Hezbollah Liban Egip Arabi[aię]_Saudyj Jemen Turcj tureck Niem niemieck Francj francusk Wielk\\p{L}*_Brytani brytyjsk Włoch Hiszpan Polsk
    polsk Białorus białorusk`,
  tr: `ordu asker donanma hükümet bakanlı meclis cumhurbaşkan BM. Birleşmiş_Milletler NATO AB. Avrupa_Birliği ABD Amerika Washington Rus Moskova Kremlin Ukrayna Kiev Çin Pekin Tayvan Japon Kore Hindistan Pakistan Afganistan Taliban İran Irak Suriye İsrail Filistin
    Gazze Hamas Hizbullah Lübnan Mısır Suudi Yemen Türk Ankara Alman Fransa Fransız İngil İtalya İspanya Polonya Yunan Belarus Gürcistan Ermenistan Azerbaycan Libya`,
};

const ANYWHERE: ReadonlySet<string> = new Set(['ko', 'zh', 'ja', 'ar']);

/** Those of languages that were asked for. */
const EXPRESSIONS = new Map<string, RegExp>();

/** Whether the sentence names one of them. False for a language without a list. */
export const namesPower = (sentence: string, languages: readonly string[]): boolean =>
  languages.some((language) => Object.hasOwn(POWERS, language) && expressionFor(language).test(sentence));

function expressionFor(language: string): RegExp {
  const expression = EXPRESSIONS.get(language) ?? expressionOf(POWERS[language] ?? '', ANYWHERE.has(language));
  EXPRESSIONS.set(language, expression);
  return expression;
}

function expressionOf(names: string, isAnywhere: boolean): RegExp {
  const parts = names.trim().split(/\s+/).map(patternOf);
  const all = `(?:${parts.join('|')})`;
  return new RegExp(isAnywhere ? all : `(?<![\\p{L}\\p{N}])${all}`, 'u');
}

function patternOf(name: string): string {
  const isWhole = name.endsWith('.');
  const written = (isWhole ? name.slice(0, -1) : name).replaceAll('_', '\\s+');
  const first = written.charAt(0);
  const capital = first.toUpperCase();
  const anyCase = first === capital || !/\p{L}/u.test(first) ? written : `[${first}${capital}]${written.slice(1)}`;
  return isWhole ? `${anyCase}(?![\\p{L}\\p{N}])` : anyCase;
}
