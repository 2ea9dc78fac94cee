import { confirmationMail } from '../../../shared/alerts/confirmation-mail.ts';
import { foreignParts, linksIn, shownIn } from '../../support/parsed-mail.ts';

describe('a mail that asks for confirmation', () => {
  const address = 'https://links.example.org/sns/confirm/0123456789abcdef';
  const mail = confirmationMail({ address });

  it('has one link, to the page that confirms', () => {
    expect(linksIn(mail)).toEqual({ 'Yes, send me alerts': address });
    expect(mail.text.match(/https?:\S+/g)).toEqual([address]);
    expect(foreignParts(mail)).toEqual([]);
  });

  it('says in both bodies what happens without an answer', () => {
    for (const body of [mail.text, shownIn(mail)]) expect(body).toContain('Nothing else is sent unless you confirm.');
  });
});
