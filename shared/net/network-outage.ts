// Tells a publisher that is down from an outage of our own network: then feeds of many hosts, which answered before, fail one after
// the other and none answers. That must not make the pauses of these feeds grow.
import type { FetchFailedError } from '../core/errors.ts';
import { isPassingNameFailure, isWithoutNameServers, isWithoutWay } from './passing-failures.ts';

/** So many hosts do not fail together by chance while no other answers. */
const HOSTS_THAT_PROVE_IT = 3;

export interface NetworkWatch {
  /** A host gave an answer, whatever it said. */
  answered(): void;
  /** Whether this failure is our network's. `wasFine`: the host was not known to fail. */
  isOurs(host: string, failure: FetchFailedError, wasFine: boolean): boolean;
}

/** For hosts of the internet only: what is on this machine or in its network answers all the same. */
export function watchNetwork(): NetworkWatch {
  const silent = new Set<string>();
  return {
    answered: () => silent.clear(),
    isOurs: (host, failure, wasFine) => {
      if (isAnswer(failure)) silent.clear();
      if (!mayBeOurs(failure)) return false;
      if (wasFine) silent.add(host);
      return isWithoutNameServers(failure.cause) || silent.size >= HOSTS_THAT_PROVE_IT;
    },
  };
}

const isAnswer = ({ kind, status }: FetchFailedError): boolean =>
  status !== undefined || kind === 'not_a_feed' || kind === 'parse' || kind === 'empty';

function mayBeOurs({ kind, cause }: FetchFailedError): boolean {
  if (kind === 'dns') return isPassingNameFailure(cause);
  return kind === 'timeout' || (kind === 'refused' && isWithoutWay(cause));
}
