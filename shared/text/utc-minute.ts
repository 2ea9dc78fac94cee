/** `2026-11-30 14:05 UTC`: an instant for people whose time zone is not known. The command line shows it in the terminal's zone. */
export const utcMinute = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;
