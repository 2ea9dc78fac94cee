// A place's clocks for tests, wherever they run: by a name of the IANA database.
export { zoneNamed as zoneOf } from '../../shared/text/zoned-time.ts';
