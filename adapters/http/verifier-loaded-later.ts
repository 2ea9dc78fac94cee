// Reads addresses before they are added. What fetches and reads feeds is loaded by the first request that needs it: others should not wait.
import type { VerifiedFeed } from '../../shared/usecases/managing/verify-feed.ts';

type VerifyFeed = (address: string) => Promise<VerifiedFeed>;

/** `open` makes the verifier, once. */
export function verifierLoadedLater(open: (module: typeof import('./feed-verifier.ts')) => VerifyFeed): VerifyFeed {
  let verifier: VerifyFeed | undefined;
  return async (address) => {
    const module = await import('./feed-verifier.ts');
    verifier ??= open(module);
    return verifier(address);
  };
}
