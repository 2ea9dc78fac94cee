import { readFileSync } from 'node:fs';

/** The objects of a file of JSON lines. That they have this shape is not checked. */
export const linesOf = <Shape>(file: string): readonly Shape[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Shape);
