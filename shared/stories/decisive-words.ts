// Words of headlines that move a process on: adopted, rejected, struck down, resigned, released, died. One that a story did not have is
// news, though the rest of the headline repeats the one before. Few words, for other verbs of headlines are mostly other wording
// (detained for arrested); a missing one costs a `new`, no more.

import { hashText } from '../text/code-units.ts';
import { stemsOf } from '../text/stemming.ts';

const WORDS: Readonly<Record<string, string>> = {
  en: 'adopt adopts approve approves pass passes reject rejects sign signs ratify ratifies veto vetoes overturn overturns annul annuls suspend suspends withdraw withdraws resign resigns convict convicts acquit acquits sentenced release released freed die dies dead kill kills killed agree agrees fail fails collapse collapses end ends begin begins launch launches postpone postponed cancel cancelled ban bans lift lifts uphold upholds rule rules refuse refuses found rescued surrender surrenders recapture captured',
  de: 'beschließt verabschiedet billigt genehmigt lehnt ablehnt unterzeichnet ratifiziert kippt aufgehoben aussetzt zurück zieht tritt verurteilt freigesprochen freigelassen frei gestorben tot stirbt einigen einigung scheitert beginnt endet verschoben abgesagt verbietet bestätigt gefunden gerettet',
  fr: 'adopte adopté approuve rejette signe ratifie annule suspend retire démissionne condamné acquitté libéré libérés meurt mort accord échoue débute prend reporte interdit confirme retrouvé secourus',
  es: 'aprueba aprobado adopta rechaza firma ratifica anula suspende retira dimite renuncia condenado absuelto liberado liberan muere muerto acuerdo fracasa comienza termina aplaza prohíbe confirma hallado rescatados',
  pt: 'aprova adota rejeita assina ratifica anula suspende retira renuncia condenado absolvido libertado morre morto acordo fracassa começa termina adia proíbe confirma encontrado resgatados',
  it: 'approva adotta respinge firma ratifica annulla sospende ritira dimette condannato assolto liberato muore morto accordo fallisce inizia termina rinvia vieta conferma trovato salvati',
  ru: 'принял приняли принята одобрил утвердил отклонил отверг подписал ратифицировал отменил приостановил отозвал ушел подал осужден приговорил оправдал освободил освобожден умер погиб договорились начал завершил отложил запретил подтвердил нашли спасли',
  uk: 'ухвалив ухвалила прийняла схвалив затвердив відхилив підписав ратифікувала скасував призупинив відкликав подав засудив виправдав звільнив помер загинув домовились почав завершив відклав заборонив підтвердив знайшли',
  pl: 'przyjął przyjęła uchwalił zatwierdził odrzucił podpisał ratyfikował uchylił zawiesił wycofał rezygnuje skazany uniewinniony uwolniony zmarł zginął porozumienie rozpoczął zakończył odłożył zakazał znaleziono',
  tr: 'kabul onayladı reddetti imzaladı iptal askıya çekildi istifa mahkum beraat serbest öldü anlaştı başladı bitti erteledi yasakladı bulundu',
  ar: 'يقر أقر يوافق وافق يرفض رفض يوقع وقع صادق ألغى علق انسحب استقال أدان برأ أفرج توفي مقتل اتفق بدأ انتهى أجل حظر',
};

/** Tells such words of one language; it makes the list when it is first asked. */
export class DecisiveWords {
  readonly #keys = new Map<string, ReadonlySet<number>>();

  /** `key` is that of a form of this language. */
  has(key: number, language: string): boolean {
    const words = WORDS[language];
    if (words === undefined) return false;
    const known = this.#keys.get(language) ?? keysOf(words, language);
    this.#keys.set(language, known);
    return known.has(key);
  }
}

const keysOf = (words: string, language: string): ReadonlySet<number> =>
  new Set(words.split(' ').map((word) => hashText(stemsOf(word, language).at(-1)!)));
