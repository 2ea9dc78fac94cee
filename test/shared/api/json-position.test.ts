// Where a text stops being JSON.
import { whereJsonFails } from '../../../shared/api/json-position.ts';

describe('text that is not JSON', () => {
  it.each([
    ['', 'line 1, column 1: expected a value, the text ends'],
    [' \t\r\n\n  ', 'line 3, column 3: expected a value, the text ends'],
    ['[', 'line 1, column 2: expected a value or "]", the text ends'],
    ['[1', 'line 1, column 3: expected "," or "]", the text ends'],
    ['[1,', 'line 1, column 4: expected a value, the text ends'],
    ['[1,]', 'line 1, column 4: expected a value, got "]"'],
    ['[]]', 'line 1, column 3: expected the end, got "]"'],
    ['[}', 'line 1, column 2: expected a value or "]", got "}"'],
    ['{', 'line 1, column 2: expected a field name in quotes or "}", the text ends'],
    ['{]', 'line 1, column 2: expected a field name in quotes or "}", got "]"'],
    ['{1', 'line 1, column 2: expected a field name in quotes or "}", got "1"'],
    ['{"a"', 'line 1, column 5: expected ":", the text ends'],
    ['{"a":', 'line 1, column 6: expected a value, the text ends'],
    ['{"a":}', 'line 1, column 6: expected a value, got "}"'],
    ['{"a":1', 'line 1, column 7: expected "," or "}", the text ends'],
    ['{"a":1,', 'line 1, column 8: expected a field name in quotes, the text ends'],
    ['{"a":1]', 'line 1, column 7: expected "," or "}", got "]"'],
    ['{"a":1,2', 'line 1, column 8: expected a field name in quotes, got "2"'],
    ['{"a":[1},', 'line 1, column 8: expected "," or "]", got "}"'],
    ['[{"a":1},{', 'line 1, column 11: expected a field name in quotes or "}", the text ends'],
    ['[[1],[2] 3', 'line 1, column 10: expected "," or "]", got "3"'],
    ['1 2', 'line 1, column 3: expected the end, got "2"'],
    [',', 'line 1, column 1: expected a value, got ","'],
    [':', 'line 1, column 1: expected a value, got ":"'],
    ['nul', 'line 1, column 1: expected a value, got "nul"'],
    ['nulls', 'line 1, column 1: expected a value, got "nulls"'],
    ['1.', 'line 1, column 1: expected a value, got "1."'],
    ['.5', 'line 1, column 1: expected a value, got ".5"'],
    ['-', 'line 1, column 1: expected a value, got "-"'],
    ['+1', 'line 1, column 1: expected a value, got "+1"'],
    ['1e', 'line 1, column 1: expected a value, got "1e"'],
    ['00', 'line 1, column 1: expected a value, got "00"'],
    ['"a', 'line 1, column 1: expected a value, got "\\"a"'],
    ['"\\x"', 'line 1, column 1: expected a value, got "\\"\\\\x\\""'],
    ['"\\u12g4"', 'line 1, column 1: expected a value, got "\\"\\\\u12g4\\""'],
    ['"\u001f"', 'line 1, column 1: expected a value, got "\\"\\u001f\\""'],
    ['💥', 'line 1, column 1: expected a value, got "💥"'],
    ['[1,\n 2,\n x', 'line 3, column 2: expected a value, got "x"'],
  ])('%j fails at %s', (text, where) => {
    expect(whereJsonFails(text)).toBe(where);
  });

  it.each([
    '0',
    '-0.5',
    '10.25e+3',
    '1E-2',
    '1e9',
    'true',
    'false',
    'null',
    '""',
    '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
    '"\\u00e9\\uABCD\\uabcd"',
    '" !#[]~ä\uffff"',
    '[]',
    '{}',
    '[1, [2, {}], {"a": [], "b": {"c": null}}]',
  ])('%s is JSON, of which nothing fails before its end', (text) => {
    expect(whereJsonFails(text)).toBe(`line 1, column ${text.length + 1}: expected the end, the text ends`);
  });
});
