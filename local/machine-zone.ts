// The time zone that this machine is set to.
import type { ZoneOffset } from '../shared/text/zoned-time.ts';

export const machineZone: ZoneOffset = (instantMs) => -new Date(instantMs).getTimezoneOffset();
