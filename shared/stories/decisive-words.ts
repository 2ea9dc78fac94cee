// Words of headlines that move a process on: adopted, rejected, struck down, resigned, released, died. One that a story did not have, nor
// another of its meaning, is news, though the rest of the headline repeats the one before. Few words, for other verbs of headlines are
// mostly other wording (detained for arrested); a missing one costs a `new`, no more.
// And words for the dead and hurt, by which a number counts them.

import { hashText } from '../text/code-units.ts';
import { stemsOf } from '../text/stemming.ts';

/**
 * Words with commas between them mean the same: of a story that has one of them, the others are no news. Of English only these very forms,
 * since most of its verbs are nouns too (a sign, a release); of other languages all forms with the stems of these.
 */
const DECISIONS: Readonly<Record<string, string>> = {
  en: 'adopts,adopted,approves,approved,passes,passed rejects,rejected,refuses,refused signs,signed ratifies,ratified vetoes,vetoed overturns,overturned,annuls,annulled suspends,suspended,halts,halted withdraws,withdrew resigns,resigned,quits convicts,convicted acquits,acquitted,cleared sentences,sentenced releases,released,frees,freed dies,died,dead,kills,killed agrees,agreed fails,failed,collapses,collapsed ends,ended begins,began postpones,postponed,delayed cancels,cancelled,scraps,scrapped bans,banned lifts,lifted upholds,upheld rules,ruled found rescued,saved surrenders,surrendered recaptures,recaptured,retakes,retaken,captures,captured',
  de: 'beschließt,verabschiedet,billigt,genehmigt lehnt,ablehnt unterzeichnet ratifiziert kippt,aufgehoben aussetzt zurück,zieht,tritt verurteilt freigesprochen freigelassen,frei gestorben,tot,stirbt,tote,getötet,tödlich einigen,einigung scheitert beginnt endet verschoben abgesagt verbietet bestätigt gefunden gerettet',
  fr: 'adopte,adopté,approuve rejette signe ratifie annule suspend retire démissionne condamné acquitté libéré,libérés meurt,mort,morts,tué,tués accord échoue débute,prend reporte interdit confirme retrouvé secourus',
  es: 'aprueba,aprobado,adopta rechaza firma ratifica anula suspende retira dimite,renuncia condenado absuelto liberado,liberan muere,muerto,muertos,mueren,mata acuerdo fracasa comienza termina aplaza prohíbe confirma hallado rescatados',
  pt: 'aprova,adota rejeita assina ratifica anula suspende retira renuncia condenado absolvido libertado morre,morto,mortos,mata acordo fracassa começa termina adia proíbe confirma encontrado resgatados',
  it: 'approva,adotta respinge firma ratifica annulla sospende ritira dimette condannato assolto liberato muore,morto,morti,ucciso accordo fallisce inizia termina rinvia vieta conferma trovato salvati',
  ru: 'принял,приняли,принята,одобрил,утвердил отклонил,отверг подписал ратифицировал отменил приостановил отозвал ушел,подал осужден,приговорил оправдал освободил,освобожден умер,погиб,погибли,погибших,скончался,убит,убиты договорились начал завершил,завершили,прекратил,прекратили,прекращена,окончена отложил запретил подтвердил нашли спасли',
  uk: 'ухвалив,ухвалила,прийняла,схвалив,затвердив відхилив підписав ратифікувала скасував призупинив відкликав подав засудив виправдав звільнив помер,загинув,загинули,загиблих,вбито домовились почав завершив,завершили,припинив,припинили відклав заборонив підтвердив знайшли',
  pl: 'przyjął,przyjęła,uchwalił,zatwierdził odrzucił podpisał ratyfikował uchylił zawiesił wycofał rezygnuje skazany uniewinniony uwolniony zmarł,zginął,zginęli,zabity porozumienie rozpoczął zakończył odłożył zakazał znaleziono',
  tr: 'kabul,onayladı reddetti imzaladı iptal askıya çekildi,istifa mahkum beraat serbest öldü,ölü,öldürüldü anlaştı başladı bitti erteledi yasakladı bulundu',
  ko: '통과,가결,의결 부결,거부 서명 비준 철회,취소,중단 사퇴,사임 구속 무죄 석방,풀려 사망,숨져,숨진 합의,타결 결렬 종료 연기 발견 구조',
  ar: 'يقر,أقر,يوافق,وافق يرفض,رفض يوقع,وقع صادق ألغى علق انسحب,استقال أدان برأ أفرج توفي,مقتل,قتيل,قتلى اتفق بدأ انتهى,انتهاء,ينهي أجل حظر',
};

const TOLLS: Readonly<Record<string, string>> = {
  en: 'dead death deaths died dies kill kills killed killing bodies injured injures injuring wounded wounding hurt missing casualties fatalities toll',
  de: 'tote toten tot getötet starben verletzt verletzte verletzten vermisst vermisste opfer todesopfer',
  fr: 'mort morts mortes tué tués tuée décès blessé blessés disparus victimes bilan',
  es: 'muerto muertos muertes mueren murieron fallecidos herido heridos desaparecidos víctimas',
  pt: 'morto mortos mortes morrem morreram ferido feridos desaparecidos vítimas',
  it: 'morto morti morte uccisi uccise ferito feriti dispersi vittime',
  ru: 'погиб погибли погибших умерли скончались убиты убит убито жертв жертвами ранены ранен раненых пострадали пострадавших пострадавшими пропали пропавших',
  uk: 'загинув загинули загиблих загинуло померли вбито вбиті жертв поранено поранені поранених постраждали постраждалих зникли',
  pl: 'zginął zginęli zginęło zabitych zabici ofiar zmarło rannych ranni ranny zaginionych poszkodowanych',
  tr: 'öldü ölü ölen öldürüldü yaralı yaralandı kayıp',
  ko: '사망 숨져 숨진 부상 다쳐 실종 희생',
  ar: 'قتيل قتلى مقتل قتل وفاة وفيات جريح جرحى إصابة مفقود مفقودين ضحايا شهيد شهداء',
};

const ENGLISH_FORMS = new Set(DECISIONS.en!.split(/[ ,]/));
const NONE: readonly number[] = [];

/** Tells such words; it makes the lists of a language when they are first asked. */
export class DecisiveWords {
  readonly #decisions = new Map<string, ReadonlyMap<number, readonly number[]>>();
  readonly #tolls = new Map<string, ReadonlySet<number>>();

  /** The keys of all words of its meaning; none for a word that decides nothing. `key` is that of the folded form in this language. */
  meaningOf(key: number, foldedForm: string, language: string): readonly number[] {
    const words = DECISIONS[language];
    if (words === undefined) return NONE;
    if (language === 'en' && !ENGLISH_FORMS.has(foldedForm)) return NONE;
    let known = this.#decisions.get(language);
    if (known === undefined) {
      const meanings = words.split(' ').map((same) => keysOf(same.split(','), language));
      known = new Map(meanings.flatMap((keys) => keys.map((each) => [each, keys] as const)));
      this.#decisions.set(language, known);
    }
    return known.get(key) ?? NONE;
  }

  /** The keys of words by which a number counts dead, hurt or missing people. */
  tollsOf(language: string): ReadonlySet<number> {
    const known = this.#tolls.get(language) ?? new Set(keysOf(TOLLS[language]?.split(' ') ?? [], language));
    this.#tolls.set(language, known);
    return known;
  }
}

const keysOf = (words: readonly string[], language: string): readonly number[] =>
  words.map((word) => hashText(stemsOf(word, language).at(-1)!));
