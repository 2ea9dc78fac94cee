// Replaces in the bundles what packages can load but a function in Lambda never runs: credentials from the files of a
// developer's machine or from another service's tokens (Lambda puts its own into the environment), what reads the name of a
// browser, and the XML writer that comes with the reader. A quarter of a bundle; see `npm run bench -- bundles`.

/** The next source of credentials is asked, as where the files are missing. */
const absent = (): (() => Promise<never>) => async () => {
  throw Object.assign(new Error('this source of credentials is not part of the bundle'), { tryNextLink: true });
};

export const fromIni = absent;
export const fromLoginCredentials = absent;
export const fromProcess = absent;
export const fromSSO = absent;
export const fromTokenFile = absent;

export default {};
