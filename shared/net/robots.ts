// Reading a robots.txt: may we ask for this path? Source: RFC 9309, whose sections are named below.
// Fetching and keeping it is in adapters/http/robots-cache.ts.

/** RFC 9309, 2.5: at least 500 KiB must be read; what follows is not looked at. */
export const MAX_ROBOTS_BYTES = 500 * 1024;

/** More rules than any honest site has; the rest is not looked at, so that one page costs no more than a moment. */
const MAX_RULES = 20_000;

interface Rule {
  readonly allow: boolean;
  /** Literal pieces between the `*` of the pattern. */
  readonly pieces: readonly string[];
  /** `$`: the path must end where the pattern does. */
  readonly toTheEnd: boolean;
  /** Octets of the pattern in its normal form; the longest match decides. */
  readonly length: number;
}

export interface RobotsRules {
  readonly rules: readonly Rule[];
}

export const ALLOW_ALL: RobotsRules = { rules: [] };

/**
 * The rules for one product token: those of all groups that name it, else those of all groups for `*`, else none (2.2.1).
 * Unknown lines are skipped, as are lines before the first group. Throws nothing, whatever the text.
 */
export function parseRobots(text: string, productToken: string): RobotsRules {
  const own: Rule[] = [];
  const everybody: Rule[] = [];
  let named = false;
  let agents: string[] = [];
  let inRules = false;
  for (const { key, value } of linesOf(text)) {
    if (key === 'user-agent') {
      if (inRules) agents = [];
      inRules = false;
      agents.push(tokenOf(value));
      named ||= tokenOf(value) === productToken.toLowerCase();
    } else if (key === 'allow' || key === 'disallow') {
      inRules = true;
      const rule = ruleOf(key === 'allow', value);
      if (rule === null || own.length + everybody.length >= MAX_RULES) continue;
      if (agents.includes(productToken.toLowerCase())) own.push(rule);
      if (agents.includes('*')) everybody.push(rule);
    }
  }
  return { rules: named ? own : everybody };
}

/**
 * Whether the URL may be asked for: the longest matching rule decides, `Allow` where two are equally long (2.2.2);
 * no rule, no objection. `/robots.txt` itself is always allowed.
 */
export function isAllowedByRobots({ rules }: RobotsRules, url: string): boolean {
  const { pathname, search } = new URL(url);
  if (pathname === '/robots.txt') return true;
  const path = normalise(`${pathname}${search}`);
  let best: Rule | null = null;
  for (const rule of rules) {
    const wins = best === null || rule.length > best.length || (rule.length === best.length && rule.allow);
    if (wins && matches(rule, path)) best = rule;
  }
  return best?.allow ?? true;
}

function* linesOf(text: string): Generator<{ readonly key: string; readonly value: string }> {
  for (const line of text.split(/\r\n?|\n/)) {
    const content = line.split('#', 1)[0] ?? '';
    const colon = content.indexOf(':');
    // Trimming takes a byte order mark away too.
    if (colon > 0) yield { key: content.slice(0, colon).trim().toLowerCase(), value: content.slice(colon + 1).trim() };
  }
}

/** `Tocsin/1.0` and `tocsin` name the same product; `*` names everybody (2.2.1). */
const tokenOf = (value: string): string =>
  value.startsWith('*') ? '*' : (/^[\w-]+/.exec(value)?.[0] ?? '').toLowerCase();

/** Null for an empty pattern, which forbids nothing. */
function ruleOf(allow: boolean, value: string): Rule | null {
  if (value === '') return null;
  const toTheEnd = value.endsWith('$');
  const pattern = normalise(toTheEnd ? value.slice(0, -1) : value);
  return { allow, pieces: pattern.split(/\*+/), toTheEnd, length: pattern.length + (toTheEnd ? 1 : 0) };
}

/** One search per piece, never back: linear, where a regular expression with many `*` would not be. */
function matches({ pieces, toTheEnd }: Rule, path: string): boolean {
  const [first = '', ...rest] = pieces;
  if (!path.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return !toTheEnd || path.length === first.length;
  let at = first.length;
  for (const piece of rest) {
    const found = path.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return toTheEnd ? path.length - last.length >= at && path.endsWith(last) : path.indexOf(last, at) !== -1;
}

/** Octets outside US-ASCII are percent-encoded, needless encodings of unreserved characters are undone (2.2.2). */
function normalise(path: string): string {
  const encoded = path.replace(/[^\x21-\x7e]+/g, (run) => encodeURIComponent(run.toWellFormed()));
  return encoded.replace(/%[0-9a-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : triplet.toUpperCase();
  });
}
