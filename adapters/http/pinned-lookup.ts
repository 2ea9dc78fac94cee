// Name resolution that cannot be played: all answers of one lookup are judged, and exactly these are connected to.
// There is no moment between check and use in which a name could change its address.
import type { LookupFunction } from 'node:net';
import { whyNotPublic } from '../../shared/net/address-rules.ts';
import type { FetchTarget } from '../../shared/net/target-rules.ts';
import { fetchFailure, toFetchFailure } from './failures.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a host name in the order to try them; throws an error with the code of the failure. `allowed`: the operator vouches for it. */
export type Resolver = (host: string, about: { readonly allowed: boolean }) => Promise<readonly ResolvedAddress[]>;

/**
 * The `lookup` of one connection to one target. One bad answer among good ones refuses the name as a whole:
 * a mixed answer is how rebinding attacks get past a check of the first.
 * Node never calls it for IP literals; those are judged by checkTarget.
 */
export function pinnedLookup(target: FetchTarget, resolver: Resolver): LookupFunction {
  return (_hostname, options, callback) => {
    resolveChecked(target, resolver).then(
      (answers) => {
        const first = answers[0];
        if (options.all === true)
          callback(
            null,
            answers.map(({ address, family }) => ({ address, family })),
          );
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: Error) => callback(error, '', 0),
    );
  };
}

async function resolveChecked(target: FetchTarget, resolver: Resolver): Promise<readonly ResolvedAddress[]> {
  const answers = await resolver(target.host, target).catch((error: unknown) => {
    throw toFetchFailure(error, target.url);
  });
  if (answers.length === 0) throw fetchFailure('dns', target.url, 'the host name has no address');
  if (target.allowed) return answers;
  for (const { address } of answers) {
    const reason = whyNotPublic(address);
    if (reason !== null) {
      throw fetchFailure('blocked', target.url, `its name leads to ${address}, which is not public: ${reason}`);
    }
  }
  return answers;
}
