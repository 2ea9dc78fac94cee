// The text that a page states for search engines.
import { parseHTML } from 'linkedom';
import { structuredBodies } from '../../../shared/articles/structured-bodies.ts';

const script = (content: string, type = 'application/ld+json'): string => `<script type="${type}">${content}</script>`;
const bodiesOf = (...scripts: readonly string[]) =>
  structuredBodies(
    parseHTML(`<html><head>${scripts.join('')}</head><body></body></html>`).document as unknown as Document,
  );

describe('a body that a page states', () => {
  it.each<[content: string, bodies: readonly (readonly string[])[]]>([
    ['{"articleBody":"One.\\nTwo.\\n\\n Three.\\n"}', [['One.', 'Two.', 'Three.']]],
    ['[{"articleBody":"One."},{"articleBody":"Two."}]', [['One.'], ['Two.']]],
    ['{"@graph":[{"articleBody":"One."},null,{"articleBody":"Two."}]}', [['One.'], ['Two.']]],
    ['{"@graph":{"articleBody":"One."},"articleBody":"Two."}', [['Two.'], ['One.']]],
    ['{"articleBody":"Fish &amp; <b>chips</b>"}', [['Fish & chips']]],
    ['{"articleBody":"&#8220;Fish&#8221;"}', [['“Fish”']]],
    ['{"articleBody":"a < b and R&D"}', [['a < b and R&D']]],
    ['{"articleBody":7}', []],
    ['{"headline":"One"}', []],
    ['[null,7,"text"]', []],
    ['null', []],
    ['{"articleBody":"cut off', []],
    ['', []],
  ])('in %s is %j', (content, bodies) => {
    expect(bodiesOf(script(content))).toEqual(bodies);
  });

  it.each<[type: string, count: number]>([
    ['APPLICATION/LD+JSON', 1],
    ['application/ld+json; charset=utf-8', 1],
    ['x-application/ld+json', 0],
    ['application/json', 0],
    ['', 0],
  ])('is looked for in scripts of the type "%s"', (type, count) => {
    expect(bodiesOf(script('{"articleBody":"One."}', type))).toHaveLength(count);
  });

  it('is looked for in the first ten such scripts, of a million characters each at most', () => {
    const one = script('{"articleBody":"One."}');
    const sized = (length: number): string => script('{"articleBody":"One."}'.padEnd(length));

    expect(bodiesOf(script('x', 'text/javascript'), ...Array.from({ length: 11 }, () => one))).toHaveLength(10);
    expect([bodiesOf(sized(1_000_000)).length, bodiesOf(sized(1_000_001)).length]).toEqual([1, 0]);
  });
});
