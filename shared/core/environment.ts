/** The environment of a process, by variable. Only entries read `process.env`; all else is given it. */
export type Environment = Readonly<Record<string, string | undefined>>;
