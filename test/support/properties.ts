// Property tests draw the same examples in every run, so that a run that passed passes again. Another seed draws others:
// `PROPERTY_SEED=7 npm test -- test/shared/text`.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 1) });

export { fc };
