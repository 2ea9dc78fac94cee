// Small numbers in words, in the languages of most feeds: three, dreizehn, двое. Two to twenty and the tens: reports of one event
// write these now in words and now in digits. One is an article in many languages and counts nothing there.
import { foldWord } from '../fold.ts';

/** From two on, in order; then thirty to ninety by tens. Forms of one number are parted by commas, a dash is left out as a word of its own in the language. */
const WORDS: Readonly<Record<string, string>> = {
  en: 'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety',
  de: 'zwei,zweier drei,dreier vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
  fr: 'deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize - - - vingt trente quarante cinquante soixante septante - nonante',
  es: 'dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
  pt: 'dois,duas três quatro cinco seis sete oito nove dez onze doze treze catorze,quatorze quinze dezesseis,dezasseis dezessete,dezassete dezoito dezenove,dezanove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa',
  it: 'due tre quattro cinque - sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta settanta ottanta novanta',
  ru: 'два,две,двух,двум,двумя,двое,двоих,двоим три,трех,трем,тремя,трое,троих,троим четыре,четырех,четырем,четырьмя,четверо,четверых пять,пяти,пятью,пятеро,пятерых шесть,шести,шестью,шестеро,шестерых семь,семи,семью,семеро,семерых восемь,восьми,восемью,восьмью девять,девяти,девятью десять,десяти,десятью одиннадцать,одиннадцати двенадцать,двенадцати тринадцать,тринадцати четырнадцать,четырнадцати пятнадцать,пятнадцати шестнадцать,шестнадцати семнадцать,семнадцати восемнадцать,восемнадцати девятнадцать,девятнадцати двадцать,двадцати тридцать,тридцати сорок,сорока пятьдесят,пятидесяти шестьдесят,шестидесяти семьдесят,семидесяти восемьдесят,восьмидесяти девяносто,девяноста',
  uk: "два,дві,двох,двом,двома,двоє три,трьох,трьом,трьома,троє чотири,чотирьох,чотирьом,чотирма,четверо п'ять,п'яти,п'ятьох,п'ятеро шість,шести,шістьох,шестеро сім,семи,сімох,семеро вісім,восьми,вісьмох,восьмеро дев'ять,дев'яти,дев'ятьох десять,десяти,десятьох одинадцять,одинадцяти дванадцять,дванадцяти тринадцять,тринадцяти чотирнадцять,чотирнадцяти п'ятнадцять,п'ятнадцяти шістнадцять,шістнадцяти сімнадцять,сімнадцяти вісімнадцять,вісімнадцяти дев'ятнадцять,дев'ятнадцяти двадцять,двадцяти тридцять,тридцяти сорок,сорока п'ятдесят,п'ятдесяти шістдесят,шістдесяти сімдесят,сімдесяти вісімдесят,вісімдесяти дев'яносто",
  pl: 'dwa,dwie,dwóch,dwaj,dwoje,dwojga,dwom,dwiema trzy,trzech,trzej,troje,trojga cztery,czterech,czterej,czworo,czworga pięć,pięciu,pięcioro sześć,sześciu,sześcioro siedem,siedmiu,siedmioro osiem,ośmiu,ośmioro dziewięć,dziewięciu,dziewięcioro dziesięć,dziesięciu,dziesięcioro jedenaście,jedenastu dwanaście,dwunastu trzynaście,trzynastu czternaście,czternastu piętnaście,piętnastu szesnaście,szesnastu siedemnaście,siedemnastu osiemnaście,osiemnastu dziewiętnaście,dziewiętnastu dwadzieścia,dwudziestu trzydzieści,trzydziestu czterdzieści,czterdziestu pięćdziesiąt,pięćdziesięciu sześćdziesiąt,sześćdziesięciu siedemdziesiąt,siedemdziesięciu osiemdziesiąt,osiemdziesięciu dziewięćdziesiąt,dziewięćdziesięciu',
  tr: 'iki üç dört beş - yedi sekiz dokuz on - - - - - - - - - yirmi otuz kırk elli altmış yetmiş seksen doksan',
  ar: 'اثنان,اثنين,اثنتان,اثنتين ثلاثة,ثلاث أربعة,أربع خمسة,خمس ستة سبعة ثمانية,ثماني تسعة,تسع عشرة - - - - - - - - - عشرون,عشرين ثلاثون,ثلاثين أربعون,أربعين خمسون,خمسين ستون,ستين سبعون,سبعين ثمانون,ثمانين تسعون,تسعين',
};

const valueAt = (place: number): number => (place <= 18 ? place + 2 : 10 * (place - 16));

const TABLES: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  Object.entries(WORDS).map(([language, words]) => {
    const table = new Map<string, number>();
    for (const [place, forms] of words.split(' ').entries())
      for (const form of forms.split(',')) if (form !== '-') table.set(foldWord(form), valueAt(place));
    return [language, table];
  }),
);

/** What the word counts in a text of this language; 0 for a word that is no number of these. Takes what `foldWord` gives. */
export const numberInWords = (foldedWord: string, language: string): number =>
  TABLES.get(language)?.get(foldedWord) ?? 0;
