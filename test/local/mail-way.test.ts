// How mails leave this machine, as the environment says.
import { mailServerOf, publicUrlOf } from '../../local/mail/mail-way.ts';
import { PublicUrl } from '../../local/system/public-url.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { aClock } from '../support/builders.ts';

const withSender = { ...defaultSettings, mail: { ...defaultSettings.mail, from: 'alerts@example.org' } };
const SMTP = { TOCSIN_SMTP_URL: 'smtp://mail.example.org:2525' };

it.each([[{}], [{ TOCSIN_SMTP_URL: '' }]])('without the address of a mail server mails stay here: %j', async (env) => {
  expect(await mailServerOf(withSender, env, aClock())).toBeNull();
  expect(await mailServerOf(defaultSettings, env, aClock())).toBeNull();
});

it('with the address of a mail server they go there', async () => {
  const server = await mailServerOf(withSender, SMTP, aClock());

  expect(server?.state()).toEqual({ server: 'mail.example.org:2525', state: 'unknown', since: null, problem: null });
});

it('a mail server needs a sender, and first of all a usable address', async () => {
  await expect(mailServerOf(defaultSettings, SMTP, aClock())).rejects.toMatchObject({
    code: 'invalid_settings',
    message: expect.stringContaining('TOCSIN_SMTP_URL is set, but no sender'),
    problems: ['mail.from in config/tocsin.yaml: give the address that mails come from'],
  });
  await expect(mailServerOf(defaultSettings, { TOCSIN_SMTP_URL: 'nowhere' }, aClock())).rejects.toThrow(
    'TOCSIN_SMTP_URL is not the address of a mail server',
  );
});

it.each([
  [undefined, null],
  ['', null],
  ['https://tocsin.example.org/', 'https://tocsin.example.org'],
])('TOCSIN_PUBLIC_URL %s leads links to %s', (given, url) => {
  expect(publicUrlOf({ TOCSIN_PUBLIC_URL: given })).toBe(url);
});

it('links lead to the address that was given, else to the page that is served', () => {
  const [given, own] = [new PublicUrl('https://tocsin.example.org'), new PublicUrl(null)];
  const before = [given.current(), own.current()];
  for (const each of [given, own]) each.servedAt('http://127.0.0.1:4747');

  expect(before).toEqual(['https://tocsin.example.org', null]);
  expect([given.current(), own.current()]).toEqual(['https://tocsin.example.org', 'http://127.0.0.1:4747']);
});
