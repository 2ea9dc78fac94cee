// Loaded before a program (`node --import`): as if one line had been added to the schema of a match, and nothing else had been touched.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const FILE = '/shared/model/match.ts';
const BEFORE = 'const publicShape = {\n';
const LINE = "  mood: stored(described(z.string(), 'How it sounds'), { cutTo: 20 }),\n";

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith(FILE)) return nextLoad(url, context);
    const source = readFileSync(new URL(url), 'utf8');
    if (!source.includes(BEFORE)) throw new Error(`${FILE} has no shape to which a field can be added`);
    return { format: 'module-typescript', source: source.replace(BEFORE, BEFORE + LINE), shortCircuit: true };
  },
});
