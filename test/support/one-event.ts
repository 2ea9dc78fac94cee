// One event as several outlets report it, and what happened next. In whatever order the reports come, they are one story: the copy is a copy, the
// own words bring nothing new, the update does.

const AGENCY =
  'A convoy of forty trucks crossed the river Dvina near Polotsk before dawn, the regional governor said. The trucks carried grain and ' +
  'generators for villages cut off by the flood since last week. Engineers had repaired the pontoon bridge overnight.';

interface Told {
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

export const ONE_EVENT = {
  agency: { path: 'agency', title: 'Convoy of forty trucks crosses the Dvina', text: AGENCY },
  copy: {
    path: 'copy',
    title: 'Convoy of forty trucks crosses the Dvina',
    text: `From our correspondent. ${AGENCY}`,
  },
  ownWords: {
    path: 'own-words',
    title: 'Forty trucks cross the Dvina in convoy',
    text:
      'Before dawn a convoy of forty trucks crossed the river Dvina near Polotsk, said the regional governor. For villages cut off by the flood ' +
      'since last week it carried grain and generators. Engineers repaired the pontoon bridge overnight.',
  },
  update: {
    path: 'update',
    title: 'Convoy of forty trucks stopped at the Dvina: 14 drivers rescued',
    text:
      'The convoy that crossed the river Dvina near Polotsk with forty trucks was stopped by the flood; 14 drivers were rescued, the regional ' +
      'governor said. The pontoon bridge that engineers had repaired gave way.',
  },
} as const satisfies Record<string, Told>;
