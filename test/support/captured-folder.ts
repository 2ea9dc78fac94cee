// What the captured data folders are about: two feeds, of which one has pages, and their reports. The script that captures a folder and the
// test that upgrades it serve the same.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const CAPTURED_FOLDERS = fileURLToPath(new URL('../fixtures/data-folders/', import.meta.url));
/** Where the feeds were served. */
export const CAPTURED_PORT = 45_991;
export const CAPTURED_FILES = ['tocsin.sqlite', 'queues.sqlite'] as const;
export const CAPTURED_SETTINGS =
  'mail:\n  from: alerts@example.org\n  confirm: false\nalerts:\n  maxSinglePerTenMinutes: 1000\n';
/** Its mail about the report `a2` waits for another try. */
export const READER = 'analyst@example.org';

/** Beside each captured folder's files, as `about.json`. */
export interface AboutCaptured {
  /** When the files were last written to, RFC 3339. */
  readonly writtenAt: string;
  /** The date of each report as its feed gave it, RFC 822. */
  readonly dates: Readonly<Record<string, string>>;
}

export const aboutCaptured = (name: string): AboutCaptured =>
  JSON.parse(readFileSync(join(CAPTURED_FOLDERS, name, 'about.json'), 'utf8')) as AboutCaptured;

/** Reports in a feed, the newest first, with their dates. */
export interface Shown {
  readonly reports: readonly string[];
  readonly dateOf: (report: string) => string;
}

export const wireFeed = (shown: Shown): string =>
  feedOf('Wire', shown, (report) => `https://news.example.org/${report}`);

export const pagesFeed = (shown: Shown, origin: string): string =>
  feedOf('Pages', shown, (report) => `${origin}/page/${report}`);

function feedOf(title: string, { reports, dateOf }: Shown, linkOf: (report: string) => string): string {
  const entries = reports.map(
    (report) =>
      `<item><guid isPermaLink="false">${report}</guid><title>Report ${report}</title><link>${linkOf(report)}</link>` +
      `<pubDate>${dateOf(report)}</pubDate><description>${sentenceOf(report)}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>https://news.example.org/</link><description>News</description>${entries.join('')}</channel></rss>`;
}

/** Each report is of an event of its own, so that each makes an alert. */
const EVENTS: Readonly<Record<string, readonly [who: string, where: string, why: string]>> = {
  a1: ['Finland', 'in Lapland', 'Reindeer herders had complained of smugglers on snowmobiles'],
  a2: ['Chile', 'in the Atacama desert', 'Copper miners are on strike over wages and water'],
  a3: ['Kenya', 'at Mandera', 'A drought has emptied the wells, and camels die of thirst'],
  b1: ['Nepal', 'below the Himalaya', 'An avalanche buried two monasteries on the road of the pilgrims'],
  b2: ['Gabon', 'in the rainforest', 'Poachers shot elephants for their ivory all spring'],
  b3: ['Estonia', 'at Narva', 'Divers found a broken cable under the ice of the harbour'],
};

function sentenceOf(report: string): string {
  const [who, where, why] = EVENTS[report] ?? ['', '', ''];
  return `${who} will deploy troops to the border ${where}, says report ${report}. ${why}.`;
}

/** What else the page of a report tells: much of its own, so that no two pages read like one event, in whatever order they are read. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  b1: [
    'Snow fell for nine days, and the pass has been shut since Sunday. Monks dug with bare hands.',
    'Helicopters brought blankets, rice and yak butter to the villages on the glacier.',
    'Climbers who waited for the summit turned back to Kathmandu and handed their tents to the homeless.',
    'The bells of the older monastery were found unbroken under the ice.',
  ],
  b2: [
    'Rangers counted thirty-one carcasses along the Ogooué river, most of them of young cows.',
    'Tusks fetch more than a teacher earns in ten years, a trader in Libreville said.',
    'Loggers opened tracks into the reserve, and motorbikes now reach clearings that once took a week on foot.',
    'Scientists fitted collars with transmitters to the surviving herds.',
  ],
  b3: [
    'A tanker had dragged its anchor across the seabed for twelve miles, the coastguard believes.',
    'Hospitals in the town ran on diesel generators until the grid was restored on Thursday.',
    'Fishermen complained that the icebreaker cut their nets.',
    'Engineers expect to splice the copper and lay a second line before spring.',
  ],
};

export function pageOf(report: string): string {
  const paragraphs = [sentenceOf(report), ...(PAGES[report] ?? [])].map((text) => `<p>${text}</p>`);
  return `<!doctype html><html lang="en"><head><title>Report ${report}</title></head><body><article><h1>Report ${report}</h1>${paragraphs.join('')}</article></body></html>`;
}
