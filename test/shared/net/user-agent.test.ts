import { readFileSync } from 'node:fs';
import { VERSION } from '../../../shared/core/version.ts';
import { userAgentOf } from '../../../shared/net/user-agent.ts';

describe('the User-Agent', () => {
  it('names product, version and where the operator can be reached', () => {
    expect(userAgentOf('https://watch.example.org/about')).toBe(`Tocsin/${VERSION} (+https://watch.example.org/about)`);
  });

  it('has the version of the package', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

    expect(VERSION).toBe(version);
  });

  it('keeps line breaks and brackets of a contact out of the header', () => {
    expect(userAgentOf('mailto:a@example.org)\r\nX-Evil: (1')).toBe(
      `Tocsin/${VERSION} (+mailto:a@example.orgX-Evil:1)`,
    );
    expect(userAgentOf('')).toBe(`Tocsin/${VERSION}`);
  });
});
