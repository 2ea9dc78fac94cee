// Texts that are held out of a document while it is parsed: a number stands in for each.

// Characters that no document may hold, and that are dropped where one does.
const NUMBER_BEGINS = '\ufdd0';
const NUMBER_ENDS = '\ufdd1';
const NUMBERS = /\ufdd0(\d+)\ufdd1/g;

/** What stands for the text that is about to become the last of `texts`. */
export function holdOut(text: string, texts: string[]): string {
  texts.push(text);
  return `${NUMBER_BEGINS}${texts.length - 1}${NUMBER_ENDS}`;
}

/** The texts in place of their numbers, in what a parser made of a document. */
export function restoreText(text: string, texts: readonly string[]): string {
  if (!text.includes(NUMBER_BEGINS)) return text;
  if (text.startsWith(NUMBER_BEGINS) && text.indexOf(NUMBER_ENDS) === text.length - 1)
    return texts[Number(text.slice(1, -1))] ?? '';
  return text.replace(NUMBERS, (_, number: string) => texts[Number(number)] ?? '');
}
