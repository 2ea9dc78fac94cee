// How the command line tells a target from an id.

/** An e-mail address, or a target as lists show it: `hooks.slack.com/…Xy3z`. */
export const isTarget = (word: string): boolean => /[@/]/.test(word);
