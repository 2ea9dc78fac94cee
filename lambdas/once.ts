/** Makes a value at its first use and keeps it: importing a function opens nothing, and a warm one opens nothing twice. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
