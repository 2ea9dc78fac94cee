import { afterPlainEnd, terminatorEnds } from '../../../shared/text/sentence-ends.ts';
import { splitSentences } from '../../../shared/text/sentences.ts';
import { fc } from '../../support/properties.ts';

const sentencesOf = (text: string): string[] => splitSentences(text).map(([start, end]) => text.slice(start, end));

/** Each text is written with | between its sentences (for the | itself: a space, or nothing when it touches both). */
const splits = (marked: string, between = ' '): void => {
  const expected = marked.split(' | ');
  expect(sentencesOf(expected.join(between))).toEqual(expected);
};

describe('splitSentences', () => {
  it.each([
    'The U.S. President met Gen. Mark Milley on Nov. 15. | Kim left.',
    'Lt. Col. T. E. Lawrence, of the U.N. mission, spoke at 5 p.m. on Friday. | Nobody answered.',
    'They met in Washington, D.C. | The talks lasted an hour.',
    'Acme Inc. Chairman and board resigned. | Acme Inc. | The firm had lost money.',
    'Ships, e.g. Ferries, i.e. Boats, were held vs. St. Mary Port. | See No. 5 and Fig. 3. | He said No. | They agreed.',
    'It cost 1.5 million, or 3.2 percent. | In 2024. | That was all.',
    'Was it over? | Yes! | “We won.” | He smiled.',
    '“Is it over?” she asked. | "Go!" they cried, "now." | Then it rained.',
    'He waited... | Then he left. | He said … Putin came. | The text [...] Then goes on.',
    'It ended.[12] | The rest (as above.) was lost. | (He left.) | Nobody came.',
    'Read https://example.org/a.Then?x=Y.Z or www.example.org. | It is long.',
    'See example.org and node.js, v2.5.1. | The version is old.',
    'George W. Bush read J.R.R. Tolkien and A. Einstein. | In May he left.',
    'The show ended. | iPhone sales rose.',
    'Jan. 3, 1950 was cold; Dec. 24 was not. | On Mon. Oct. 3 it rained.',
  ])('English: %s', (text) => splits(text));

  it.each([
    'Das geschah z.B. Berlin zuliebe, bzw. Dr. Koch und Prof. Virchow. | Danach war Ruhe.',
    'Am 15. November trat Abs. 3 in Kraft. | Im 19. Jahrhundert war der 20. Jahrestag fern. | Es gab 15. | Die Leute gingen.',
    'Das betraf u.a. Soldaten, Panzer usw. | Niemand fragte.',
    '„Wir gehen.“ | Dann schwieg er. | »Warum?«, fragte sie.',
    'Der II. Weltkrieg endete 1945. | Die Stadt lag in Trümmern.',
  ])('German: %s', (text) => splits(text));

  it.each([
    'M. Pasteur et Mme. Curie ont vu Mgr. Affre. | Ils sont partis.',
    '« Pourquoi ? » demanda-t-il. | « Non ! » | Elle rit.',
    'Le traité, etc. | Les députés, p.ex. Jaurès, ont voté l’art. 5 hier.',
  ])('French: %s', (text) => splits(text));

  it.each([
    'El Gral. Franco y la Sra. Perón viajaron a EE.UU. | El viaje fue corto.',
    'El presidente de EE. UU. Joe Biden habló. | ¿Y ahora? | ¡Nada! | Veamos la pág. 5.',
  ])('Spanish: %s', (text) => splits(text));

  it.each(['O Sr. Pessoa e a Dra. Lutz saíram. | Ninguém falou.', 'O art. 5 foi votado. | «Sim.» | Era tarde.'])(
    'Portuguese: %s',
    (text) => splits(text),
  );

  it.each(['Il gen. Garibaldi e la sig.ra Montessori, ecc. | Nessuno parlò. | L’avv. Mazzini arrivò.'])(
    'Italian: %s',
    (text) => splits(text),
  );

  it.each([
    '3. gün bitti. | Türkiye 2. Dünya Savaşı sırasında tarafsızdı. | Alb. Mustafa Kemal konuştu. | Toplantı 15. Mart günü yapıldı.',
    'Prof. Dr. Aziz Sancar Doç. Dr. Canan Dağdeviren ile geldi. | Kim bilir? | Her şey vb. | Sonra sustu.',
  ])('Turkish: %s', (text) => splits(text));

  it.each([
    'Umowę podpisał gen. Sikorski i płk. Beck w 2024 r. w Warszawie. | Potem wyjechali.',
    'Ul. Prosta, im. Kopernika, tzw. Wolna. | Było to 3. piętro. | Kupił chleb itp. | Wrócił.',
  ])('Polish: %s', (text) => splits(text));

  it.each([
    'В 2024 г. Россия и КНДР подписали договор. | На заводе им. Кирова работают 5 тыс. человек, т.е. Половина.',
    'А. С. Пушкин жил на ул. Мойка. | Он писал. | Цена — 5 млн. руб. | Это много. | Хлеб, соль и т.д. | Все ушли.',
    'Альбом (с англ.\u202f—\u2009«дух») вышел. | Он новый.',
    'И. о. министра приехал. | «Мы готовы». | Потом он ушёл.',
    'Он прибыл 5 янв. 2020 г. в Москву и уехал 3 февр. | Это всё.',
  ])('Russian: %s', (text) => splits(text));

  it.each(['У 2024 р. Україна отримала 5 млн. грн. допомоги. | Це багато. | Вул. ім. Шевченка закрито. | Далі тиша.'])(
    'Ukrainian: %s',
    (text) => splits(text),
  );

  it.each([
    'قال د. طه حسين إن القوات وصلت. | وأضاف أن الوضع هادئ. | هل انتهى؟ | نعم.',
    'وقع أ. نجيب محفوظ الاتفاق. | انتهى اللقاء.',
  ])('Arabic: %s', (text) => splits(text));

  it.each([
    '정부는 파병을 결정했다. | 국회는 반대했다. | 왜 그럴까? | 네. | 그렇다.',
    '그는 "곧 간다."고 말했다. | "간다." 라고 했다. | 2024. 11. 15. 서울에서 만났다. | "끝났다." | 그는 웃었다.',
  ])('Korean: %s', (text) => splits(text));

  it.each([
    '两国签署了条约。 | 军队已经出发！ | 结束了吗？ | 是的……他说完了。',
    '“我们同意。”外交部发言人说。 | 会议结束。 | （完。） | 再见。',
  ])('Chinese: %s', (text) => splits(text, ''));

  it.each([
    ['Burmese', 'အစိုးရသည် စစ်သားများကို ပို့သည်။ | သူတို့ရောက်သည်။'],
    ['Khmer', 'កងទ័ពបានទៅ។ | រដ្ឋាភិបាលបានប្រកាស៕ | ចប់។'],
    [
      'Thai',
      'รัฐบาลไทยประกาศส่งทหารและตำรวจไปยังชายแดนด้านตะวันออกของประเทศ | กองทัพยืนยันว่าไม่มีผู้บาดเจ็บ จากเหตุการณ์ที่เกิดขึ้นเมื่อวานนี้ในจังหวัด | สระแก้ว',
    ],
    ['short Thai', 'ทหารไทย 300 คน ไปชายแดน แล้วกลับมา'],
  ])('%s: %s', (_language, text) => splits(text));

  it.each([
    '条約は批准された。 | 部隊は出発した！ | 本当か？ | そうだ。',
    '「行く。」と首相は述べた。 | 会議は終わった。 | 「終わった。」 | 首相は去った。',
  ])('Japanese: %s', (text) => splits(text, ''));

  it('splits where the space after the full stop is missing', () => {
    splits('The war ended. | Then peace came. | It was 2024. | A year passed.', '');
    splits('The war ended. | Then came the UN (again)', '');
    splits('Договор подписан. | Потом все ушли.', '');
    splits('회의가 끝났다. | 그는 떠났다.', '');
    splits('انتهى اللقاء. | ثم غادر.', '');
  });

  it('ends behind a word in capitals as behind any other, whatever capital follows', () => {
    splits('She left for NATO. | Zurich waited for the EU. | A treaty ended in the USSR. | Nobody in AZ. | Then rain.');
    splits('They went to sea. | A ship was at the jazz. | Zoe sang. | “Away.” | ‘Zero.’ | It was late.');
    splits('It ended in the NATO.The | war went on in Kyiv. | That was it.'.replace('.The | ', '. | The '));
  });

  it('ends behind the longest word that could be an abbreviation, and behind longer ones', () => {
    splits('It was about negotiations. | Abcdefghijkl came. | He named administration. | Then he left.');
  });

  it('keeps a dateline with the sentence it opens', () => {
    splits('SEOUL, Nov. 15 (Yonhap) -- The army moved. | It stopped.');
    splits('WASHINGTON (AP) — Senators voted. | They left.');
    splits('МОСКВА, 15 ноября. /ТАСС/. Договор вступил в силу. | Он короткий.');
    splits('NATO, the alliance, has answered. | Moscow — as before — has not.');
    splits('ST. PETERSBURG. Nov 15 (Interfax) - Ships left. | It was late.');
  });

  it('ends a sentence at a blank line, whatever stands before it', () => {
    splits('Troops leave for the border | They are many, of the U.S. | army.', '\n \r\n');
  });

  it('ends a sentence at the line end after a headline or list entry', () => {
    const paragraph = 'The government said on Monday that it had sent three more battalions to the northern border.';
    splits(`Troops leave for the border | ${paragraph}`, '\n');
    splits('Three met in the old harbour of the town | a) the general | b) the minister | • nobody else', '\n');
    splits('Attending: | - two generals | - the minister | 1. Seoul | 2. Kyiv', '\n');
    splits('部队出发 | 政府周一表示，已向北部边境增派三个营，并将在下周内完成全部部署工作，届时还会举行演习。', '\n');
  });

  it('goes on at the line end of wrapped text', () => {
    const wrapped = [
      'The government said on Monday that it had sent three more',
      'Russian battalions to the border. The minister, in a note to',
      'Parliament, gave no date for their return to the north of the',
      'country.',
    ];
    expect(sentencesOf(wrapped.join('\r\n'))).toEqual([
      wrapped.slice(0, 2).join('\r\n').split(' The minister')[0],
      `The minister, in a note to\r\n${wrapped.slice(2).join('\r\n')}`,
    ]);
  });

  it('gives nothing for a text without letters or marks', () => {
    expect(splitSentences('')).toEqual([]);
    expect(splitSentences(' \n\u00a0\u3000')).toEqual([]);
  });

  const pieces = fc.oneof(
    fc.constantFrom(
      '.',
      '...',
      '!?',
      '。',
      '」',
      '"',
      ' ',
      '\n',
      '\n\n',
      '\r\n',
      'Nov',
      'U.S',
      '15',
      'a',
      'The',
      '다',
      '說',
    ),
    fc.constantFrom('“', '(', '[1]', '/', '—', 'SEOUL, ', '- ', 'é', '\u2029', '😀', '\ud800', 'г', '\u00a0', '»', '؟'),
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  );

  it('covers every character that is not a space, in ascending and disjoint ranges without outer spaces', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        let covered = 0;
        for (const [start, end] of splitSentences(text)) {
          expect(start).toBeGreaterThanOrEqual(covered);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(covered, start).trim()).toBe('');
          expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
          covered = end;
        }
        expect(text.slice(covered).trim()).toBe('');
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes a plain full stop for what the rules for all terminators take it for', () => {
    const ends = ['. ', '.\n', '.\n\n', '.'].flatMap((end) => [`${end}The`, `${end}“Then`, `${end}É`, `${end}next`]);
    const words = ['troops', 'approx', 'etc', 'a', 'ended', 'A', 'Gen', "don't", '1', 'disestablishment'];
    const parts = fc.constantFrom(...ends, ...words.map((word) => ` ${word}`));
    let plain = 0;
    fc.assert(
      fc.property(fc.array(parts, { minLength: 20, maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        for (const { index } of text.matchAll(/\./g)) {
          const next = afterPlainEnd(text, index);
          if (next === -1) continue;
          plain++;
          expect(terminatorEnds(text, 0, index, index + 1, index + 1)).toBe(true);
          expect(text.slice(index + 1, next).trim()).toBe('');
          expect(text[next]!.trim()).not.toBe('');
        }
      }),
      { numRuns: 2_000 },
    );
    expect(plain).toBeGreaterThan(500);
  });

  it.each([
    '.',
    '. ',
    'U.S. ',
    '\n',
    ' \n',
    '("',
    'SEOUL, (',
    'AAA. (1',
    '[',
    '\u00a0»',
    'A\n',
    'A\u2028',
    '。」',
    'a.A',
    '@',
    '.”',
    '- ',
  ])('comes to an end on 200 KB of %j', (piece) => {
    const text = piece.repeat(Math.ceil(200_000 / piece.length));
    expect(splitSentences(text).at(-1)?.[1] ?? 0).toBe(text.trimEnd().length);
  });
});
