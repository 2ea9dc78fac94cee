// The console in a real browser, on the real web server and API with stores in memory. A page fails its test by any report of the policy,
// any error of a script and any script of foreign text.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { buildConsole } from '../../local/console/build.ts';
import { createConsole } from '../../local/console/serve-console.ts';
import { withMachineApi } from '../../local/pages/machine-api.ts';
import { startWebServer } from '../../local/pages/web-server.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import type { ApiPorts } from '../../shared/api/api-ports.ts';
import { someAccess } from './access.ts';
import { anApi } from './api-world.ts';
import { aMachineStatus } from './builders.ts';

export const TOKEN = 'token-of-this-test';

/** Where Debian puts it, or where CHROMIUM says. */
const BROWSER = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const hasBrowser = existsSync(BROWSER);
if (!hasBrowser)
  console.warn(
    `SKIPPED: the console is not tested in a browser, since there is no ${BROWSER}. CHROMIUM names another.`,
  );

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });

export async function aConsole(change: Partial<ApiPorts> = {}) {
  const api = anApi(change);
  const queues = new LocalQueues(':memory:');
  const { access, clock, log } = someAccess(TOKEN, api.clock);
  const machine = {
    queues,
    access,
    log,
    health: { machineStatus: () => aMachineStatus() },
    backup: () => Promise.reject(new Error('none')),
  };
  const nowhere = async (): Promise<Response> => new Response(null, { status: 404 });
  const server = await startWebServer({
    port: 0,
    access,
    clock,
    log,
    handleApi: withMachineApi(api.handle, machine),
    handlePublic: nowhere,
    handleSns: nowhere,
    handleHealth: nowhere,
    handlePage: createConsole(() => buildConsole(process.env)),
  });
  const stop = async (): Promise<void> => {
    await server.close();
    queues.close();
  };
  return { ...api, access, url: server.url, stop };
}

/** What went wrong in a page. */
export interface Watched {
  readonly page: Page;
  readonly problems: string[];
}

/** A page that is signed in with the token and shows the address. */
export async function openPage(
  browser: Browser,
  url: string,
  address: string,
  { token = TOKEN, ...options }: BrowserContextOptions & { readonly token?: string } = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => {
    // That the API refused something is said on the page, and by the browser, too.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      problems.push(message.text());
  });
  await page.goto(`${url}/login`);
  await page.fill('input[name="token"]', token);
  await Promise.all([page.waitForURL((at) => at.pathname !== '/login'), page.click('button')]);
  await page.goto(`${url}${address}`);
  await page.waitForSelector('main > *', { state: 'attached' });
  return { page, problems };
}

export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
