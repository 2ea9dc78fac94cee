import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
const token = readFileSync('/tmp/con/data/token','utf8').trim();
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args:['--no-sandbox'] });
const paths = process.argv.slice(2);
for (const [w, scheme] of [[1280,'light'],[768,'dark'],[320,'light']]) {
  const c = await b.newContext({ viewport:{width:w,height:900}, colorScheme: scheme });
  const p = await c.newPage();
  p.on('console', m => console.log(w, 'console', m.type(), m.text()));
  p.on('pageerror', e => console.log(w, 'error', e.message));
  await p.goto('http://127.0.0.1:4123/?token='+token); await p.waitForTimeout(1500);
  let n=0;
  for (const path of paths) { 
    if (path==='STORY') { await p.click('.story a.head'); } else await p.goto('http://127.0.0.1:4123'+path);
    await p.waitForTimeout(900);
    await p.screenshot({ path: `/tmp/con/s-${w}-${n++}.png` });
    console.log(w, path, 'overflow', await p.evaluate(() => document.documentElement.scrollWidth > innerWidth));
  }
  await c.close();
}
await b.close();
