// Numbers that say which one of its kind something is: the 12th package, flight 370, day 441, a magnitude, a result, a day of the month,
// a year in a headline. Two documents that count the same kind differently report different events, however alike their words are.
// Quantities are none of these: a toll rises within one story.

import { foldDigits } from '../text/digits.ts';
import { foldWord } from '../text/fold.ts';
import { foldName, monthsNamed } from '../text/month-names.ts';
import { stemWord } from '../text/stemming.ts';

export interface Label {
  /** What is counted: the stem of a noun, or one of `#result`, `#day` and `#year`, which no stem can be. */
  readonly kind: string;
  readonly value: number;
  /** As written. */
  readonly shown: string;
}

/** Read of the text: as far as the first sentences go. */
const LEAD_LENGTH = 300;

/**
 * Nouns that a number behind or before them makes one of a row, as stems may differ, with all their forms: English, German, French, Spanish
 * and Portuguese, Italian, Russian and Ukrainian, Polish, Turkish. A noun that is missing here costs a label, no more.
 */
const NUMBERED = new Set(
  [
    'day week round stage phase season episode chapter part game match matchday package flight article section number no version level category magnitude volume edition film route highway bus train ward district',
    'tag woche runde etappe phase staffel folge kapitel teil spieltag paket flug artikel nummer nr stufe kategorie stärke magnitude band ausgabe linie',
    'jour semaine tour étape saison épisode chapitre partie journée paquet vol article numéro niveau catégorie édition ligne',
    'día semana ronda etapa fase temporada episodio capítulo parte jornada paquete vuelo artículo número nivel categoría magnitud edición línea dia rodada temporada pacote voo artigo nível edição linha',
    'giorno settimana turno tappa fase stagione episodio capitolo parte giornata pacchetto volo articolo numero livello categoria magnitudo edizione linea',
    'день дня неделя тур раунд этап фаза сезон серия глава часть пакет пакета рейс рейса статья статьи номер уровень категория магнитуда магнитудой том выпуск тиждень етап розділ частина рейсу стаття рівень категорія магнітуда магнітудою',
    'dzień runda etap faza sezon odcinek rozdział część kolejka pakiet lot artykuł numer poziom kategoria gün hafta tur etap sezon bölüm paket uçuş madde numara seviye kategori büyüklüğünde',
  ].flatMap((words) => words.split(' ').map(foldWord)),
);

/** 12th, 3-й, 2º, 7ème; German and others write a point: only before a noun. */
const ORDINAL =
  /(?<![\p{L}\d.,-])(\d{1,3})(?:st|nd|rd|th|e|er|ère|ème|[-‐]?(?:й|я|е|го|му|м|ю|ій|та|те|ша)|º|ª|\.(?= \p{L}))[\s\u00a0]+(?:\p{Lu}{2,4}[\s\u00a0]+|sanctions[\s\u00a0]+)?(\p{L}{2,})/gu;
const BEHIND_NOUN =
  /(?<!\p{L})(\p{L}{2,}\.?)[\s\u00a0-](?:no\.? ?|nr\.? ?|№ ?|#)?(\d{1,4}(?:[.,]\d)?)(?![\d,.:]\d|[\d%]|(?:st|nd|rd|th)(?!\p{L}))/gu;
const BEFORE_NOUN = /(?<![\d.,])(\d{1,2}[.,]\d)[\s\u00a0-](\p{L}{4,})/gu;
/** 第12轮, 제12차. */
const EAST_ASIAN = /[第제]\s?(\d{1,4})\s?(\p{L})/gu;
const RESULT = /(?<![\d.,:/–-])(\d{1,3})[-–:](\d{1,3})(?![\d.,:/–-])/gu;
const YEAR = /(?<![\d.,-])((?:19|20)\d{2})(?![\d.,-])/gu;
const DAY_FIRST = /(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|er)?[\s\u00a0](?:de )?(\p{L}{3,})/gu;
const MONTH_FIRST = /(?<!\p{L})(\p{L}{3,})\.?[\s\u00a0](\d{1,2})(?:st|nd|rd|th)?(?![\d:.,]\d|\d)/gu;
const EAST_ASIAN_DAY = /(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/gu;
const HAS_DIGIT = /\p{Nd}/u;

/** Of titles, dates and years too: in a text they may be any day's. */
export function labelsOf({
  title,
  text,
  language,
}: {
  title: string;
  text: string;
  language: string;
}): readonly Label[] {
  const labels: Label[] = [];
  const lead = text.slice(0, LEAD_LENGTH);
  if (HAS_DIGIT.test(title)) {
    const folded = foldDigits(title);
    addRanks(labels, folded, language);
    addDates(labels, folded);
  }
  if (HAS_DIGIT.test(lead)) addRanks(labels, foldDigits(lead), language);
  return labels;
}

function addRanks(labels: Label[], text: string, language: string): void {
  for (const [shown, value, noun] of text.matchAll(ORDINAL)) {
    if (monthOf(noun!) === null) labels.push({ kind: stemWord(noun!, language), value: Number(value), shown });
  }
  for (const [shown, noun, value] of text.matchAll(BEHIND_NOUN)) addNumbered(labels, noun!, value!, shown, language);
  for (const [shown, value, noun] of text.matchAll(BEFORE_NOUN)) addNumbered(labels, noun!, value!, shown, language);
  for (const [shown, value, noun] of text.matchAll(EAST_ASIAN))
    labels.push({ kind: noun!, value: Number(value), shown });
}

function addNumbered(labels: Label[], noun: string, value: string, shown: string, language: string): void {
  const folded = foldWord(noun.replace('.', ''));
  if (!NUMBERED.has(folded)) return;
  labels.push({ kind: stemWord(folded, language), value: Number(value.replace(',', '.')), shown });
}

function addDates(labels: Label[], title: string): void {
  for (const [shown, a, b] of title.matchAll(RESULT))
    labels.push({ kind: '#result', value: 1000 * Number(a) + Number(b), shown });
  for (const [shown, year] of title.matchAll(YEAR)) labels.push({ kind: '#year', value: Number(year), shown });
  const addDay = (month: number | null, day: number, shown: string): void => {
    if (month !== null && day >= 1 && day <= 31) labels.push({ kind: '#day', value: 100 * month + day, shown });
  };
  for (const [shown, day, month] of title.matchAll(DAY_FIRST)) addDay(monthOf(month!), Number(day), shown);
  for (const [shown, month, day] of title.matchAll(MONTH_FIRST)) addDay(monthOf(month!), Number(day), shown);
  for (const [shown, month, day] of title.matchAll(EAST_ASIAN_DAY)) addDay(Number(month), Number(day), shown);
}

/** 1 to 12; null for a word that names no month. */
const monthOf = (word: string): number | null => monthsNamed(foldName(word), '')[0] ?? null;

/** Magnitudes are corrected by a few tenths within a story. */
const TOLERANCE = 0.31;

/** The first kind that both have and count differently; null where there is none. */
export function differingLabel(own: readonly Label[], others: readonly Label[]): readonly [Label, Label] | null {
  for (const label of own) {
    const same = others.filter(({ kind }) => kind === label.kind);
    if (same.length === 0) continue;
    const agrees = own.some(
      ({ kind, value }) =>
        kind === label.kind &&
        same.some((other) =>
          Number.isInteger(value) && Number.isInteger(other.value)
            ? other.value === value
            : Math.abs(other.value - value) < TOLERANCE,
        ),
    );
    if (!agrees) return [label, same[0]!];
  }
  return null;
}
