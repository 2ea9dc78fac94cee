// Round-ups are told by their form.
import { isRoundUp } from '../../../shared/stories/round-ups.ts';

describe('a round-up', () => {
  it.each([
    'Ukraine war live: latest updates',
    'Ukraine war live news: two bridges hit',
    'Election results – as it happened',
    'War at a glance: what we know on day 441',
    'Sudan fighting in its 26th day: A list of key events',
    'Your Friday Briefing',
    'Tuesday briefing: who pays for the floods?',
    'The week in pictures',
    'Five things to know this morning',
    'On this day in 1912',
    'The Thursday quiz',
    'Gold price today in your city',
    'Liveticker zum Hochwasser',
    'Direct : suivez la soirée électorale',
    'Terremoto en Chile, en vivo: las últimas noticias',
    'Главное за день',
    'Итоги недели',
    '今日要闻',
    'أبرز أحداث اليوم',
  ])('%s', (title) => {
    expect(isRoundUp(title, '')).toBe(true);
  });

  it('is told by the first words of its text, too', () => {
    expect(isRoundUp('Talks stall', 'Welcome to our weekly Defence newsletter. Talks have stalled.')).toBe(true);
  });
});

describe('an event', () => {
  it.each([
    'Two people live on after bridge collapse',
    'Minister briefed on flood damage',
    'Alive after six days: miner rescued',
    'Quiz show host arrested for fraud',
    'Lottery winner found dead',
    'Army releases pictures of the week-old crater',
    'Deadly fire in Lisbon',
    'Delivery drones banned in Oslo',
  ])('%s', (title) => {
    expect(isRoundUp(title, 'Something happened on Monday. Sign up for our newsletter.')).toBe(false);
  });
});
