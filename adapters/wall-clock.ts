// The clock of this machine.
import type { Clock } from '../shared/ports.ts';

export const wallClock: Clock = { now: () => new Date() };
