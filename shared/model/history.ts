// What a topic does with what only happened in the past: it counts, or it does not.

export const HISTORY_CHOICES = ['include', 'exclude'] as const;
