/** Makes the handler at its first event and keeps it: importing a function opens nothing, and a warm one opens nothing twice. */
export function atFirstEvent<Args extends readonly unknown[], Result>(
  make: () => (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  let made: ((...args: Args) => Promise<Result>) | undefined;
  return async (...args) => {
    made ??= make();
    return made(...args);
  };
}
