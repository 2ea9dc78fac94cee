// A new field of a match is one line in shared/model/match.ts. A program runs here with that line put into the file as it is read, and shows
// where the field is found.
import { spawnSync } from 'node:child_process';

const FIELD = 'mood';
/** Cut to twenty bytes, as the field is marked. */
const CUT = 'grave, but hop […]';

const { stdout, stderr, status } = spawnSync(
  process.execPath,
  ['--import', './test/support/with-another-field.ts', 'test/support/show-another-field.ts'],
  { encoding: 'utf8', env: { ...process.env, NODE_NO_WARNINGS: '1', NODE_OPTIONS: '' } },
);

describe('a field that is added to the schema of a match', () => {
  const shown = status === 0 ? JSON.parse(stdout) : {};

  it('needs nothing else', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('is stored within its bound, and read again', () => {
    expect(shown.record[FIELD]).toBe(CUT);
    expect(shown.read[FIELD]).toBe(CUT);
  });

  it('is in the answer of the API and in its document', () => {
    expect(shown.api[FIELD]).toBe(CUT);
    expect(shown.openApi.components.schemas.Match.properties[FIELD]).toEqual({
      type: 'string',
      description: 'How it sounds',
    });
  });

  it('is in the event', () => {
    expect(shown.event.data[FIELD]).toBe('grave, but hopeful: the river was crossed');
  });

  it('is in the JSON Schema, described and required', () => {
    const { properties, required } = shown.jsonSchema.$defs.Match;

    expect(properties[FIELD]).toEqual({ type: 'string', description: 'How it sounds' });
    expect(required).toContain(FIELD);
  });

  it('is in what the command prints as JSON, JSON lines and CSV', () => {
    expect(shown.json).toMatchObject([{ [FIELD]: CUT }]);
    expect(JSON.parse(shown.jsonLines)).toMatchObject({ [FIELD]: CUT });
    const [head, row] = shown.csv.split('\r\n').map((line: string) => line.slice(1, -1).split('","'));
    expect(row[head.indexOf(FIELD)]).toBe(CUT);
  });
});
