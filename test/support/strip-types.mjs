import { createHash } from 'node:crypto';
// The jest transform: removes types the way Node itself does, so a test runs the very code that ships.
import { stripTypeScriptTypes } from 'node:module';

export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  getCacheKey: (source, path) => createHash('sha1').update(path).update('\0').update(source).digest('hex'),
};
