import { alertLinksUnder } from '../../../shared/alerts/alert-links.ts';
import { messageIdOf } from '../../../shared/alerts/mail-headers.ts';
import { alertMailOf } from '../../support/alert-mails.ts';
import { aMatch } from '../../support/builders.ts';

describe('the headers of an alert mail', () => {
  it('let a reader end it with one click and a program sort it', () => {
    const { headers, messageId } = alertMailOf(aMatch());

    expect(headers).toEqual({
      'List-ID': '<river-crossings.tocsin.example.org>',
      'Auto-Submitted': 'auto-generated',
      'X-Tocsin-Delivery': `${aMatch().id}.subscription-1`,
      'List-Unsubscribe': '<https://links.example.org/u/token-of-subscription-1>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(messageId).toBe(`${aMatch().id}.subscription-1@example.org`);
  });

  it.each([
    ['News <alerts@Example.org>', 'example.org'],
    ['alerts@bücher.example', 'xn--bcher-kva.example'],
    [null, 'localhost'],
  ])('has a Message-ID under the domain of its sender %s', (from, domain) => {
    expect(messageIdOf('match.subscription', from)).toBe(`match.subscription@${domain}`);
  });

  it.each([
    ['http://127.0.0.1:4100', true],
    ['http://localhost:4100', true],
    ['http://tocsin.example.org', false],
  ])('offer one click at %s: %s', (base, offered) => {
    const { headers } = alertMailOf(aMatch(), { links: alertLinksUnder(base) });

    expect(headers['List-Unsubscribe']).toBe(`<${base}/u/token-of-subscription-1>`);
    expect('List-Unsubscribe-Post' in headers).toBe(offered);
  });

  it('name no unsubscribe address where there is none', () => {
    expect(Object.keys(alertMailOf(aMatch(), { links: {} }).headers)).toEqual([
      'List-ID',
      'Auto-Submitted',
      'X-Tocsin-Delivery',
    ]);
  });
});
