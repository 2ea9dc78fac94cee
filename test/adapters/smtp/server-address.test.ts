import { parseSmtpUrl } from '../../../adapters/smtp/server-address.ts';
import { InvalidInputError } from '../../../shared/core/errors.ts';

describe('the address of the mail server', () => {
  it.each([
    ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, secure: false, login: null }],
    ['smtps://mail.example.org/', { host: 'mail.example.org', port: 465, secure: true, login: null }],
    ['SMTP://mail.example.org:80', { host: 'mail.example.org', port: 80, secure: false, login: null }],
    ['smtp://[::1]:25', { host: '::1', port: 25, secure: false, login: null }],
    ['smtp://bücher.example:25', { host: 'xn--bcher-kva.example', port: 25, secure: false, login: null }],
    [
      'smtp://me@example.org:p@ss:w%2Ford@mail.example.org:2525',
      {
        host: 'mail.example.org',
        port: 2525,
        secure: false,
        login: { user: 'me@example.org', password: 'p@ss:w/ord' },
      },
    ],
  ])('%s', (url, parts) => {
    expect(parseSmtpUrl(url)).toEqual(parts);
  });

  it.each([
    ['me:secret@mail.example.org:587', 'it does not begin with smtp:// or smtps://'],
    ['smtp:me:secret@mail.example.org', 'it does not begin with smtp:// or smtps://'],
    ['https://me:secret@mail.example.org', 'it does not begin with smtp:// or smtps://'],
    [' smtp://me:secret@mail.example.org', 'it does not begin with smtp:// or smtps://'],
    ['smtp://me:sec ret@mail.example.org', 'white space'],
    ['smtp://me:secret@mail.example.org\n', 'white space'],
    ['smtp://me:sec/ret@mail.example.org', '/ is %2F'],
    ['smtp://me:sec#ret@mail.example.org', '# is %23'],
    ['smtp://me:25#secret@mail.example.org', '# is %23'],
    ['smtp://me:sec?ret@mail.example.org', '? is %3F'],
    ['smtp://me:100%secret@mail.example.org', 'not part of an escape'],
    ['smtp://me:secret@mail.example.org/?pool=true', 'something follows the host'],
    ['smtp://', 'the name of the mail server is missing'],
    ['smtp://me:secret@', 'the name of the mail server is missing'],
    ['smtp://me:secret@:587', 'the name of the mail server is missing'],
    ['smtp://me:secret@mail.example.org:', 'not HOST or HOST:PORT'],
    ['smtp://me:secret@mail.example.org:0', 'not HOST or HOST:PORT'],
    ['smtp://me:secret@mail.example.org:65536', 'not HOST or HOST:PORT'],
    ['smtp://me:secret@mail.example.org:smtp', 'not HOST or HOST:PORT'],
    ['smtp://secret@mail.example.org', 'both are needed, USER:PASSWORD'],
    ['smtp://:secret@mail.example.org', 'both are needed, USER:PASSWORD'],
    ['smtp://secret:@mail.example.org', 'both are needed, USER:PASSWORD'],
  ])('is refused without a word of it: %j', (url, problem) => {
    const refused = (): unknown => parseSmtpUrl(url);

    expect(refused).toThrow(InvalidInputError);
    expect(refused).toThrow(problem);
    expect(refused).not.toThrow(/secret/);
  });

  it('is refused with the form that it should have, and why it is not shown', () => {
    expect(() => parseSmtpUrl('mail.example.org')).toThrow(
      expect.objectContaining({
        code: 'invalid_smtp_url',
        problems: [
          'it does not begin with smtp:// or smtps://',
          'expected smtp://USER:PASSWORD@HOST:587, smtps://USER:PASSWORD@HOST or smtp://HOST:25',
          'it is not shown here because it may contain a password',
        ],
      }),
    );
  });
});
