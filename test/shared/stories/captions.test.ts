// A picture's caption in place of a text.
import { isCaption } from '../../../shared/stories/captions.ts';

describe('a caption', () => {
  it.each([
    ['The mayor of Lindmark speaks at the harbour on May 8, 2026. (Ina Rosvall/The Coast Agency)'],
    ['Der Hafen von Lindmark am Sonntag. (Foto: Rosvall)'],
    ['A tug leaves the harbour of Lindmark. (AFP via Getty Images)'],
    ['Порт Линдмарка в воскресенье. (Фото: пресс-служба порта) '],
  ])('ends with its credit: %s', (text) => {
    expect(isCaption(text)).toBe(true);
  });

  it.each([
    ['a remark in brackets at the end', 'The mayor of Lindmark spoke at the harbour (and left at once)'],
    [
      'a credit in front of more text',
      'The harbour on Sunday. (Rosvall/Agency) The mayor of Lindmark closed it at noon.',
    ],
    ['a whole report', `${'The harbour was closed on Sunday by the mayor. '.repeat(12)}(Rosvall/Agency)`],
    ['no credit', 'The mayor of Lindmark closed the harbour at noon.'],
    ['no text', ''],
  ])('is not %s', (_, text) => {
    expect(isCaption(text)).toBe(false);
  });
});
