/** How much a topic matters to its author; the mildest first. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** For comparing: the graver, the higher. */
export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);
