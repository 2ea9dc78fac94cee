// How long a client of an AWS service waits. Without limits the SDK never gives up.

const LONGEST_CONNECT_MS = 5_000;
/** A call that hangs must end well inside the minute or two that a try of a delivery may take. */
const USUAL_WAIT_MS = 20_000;

/** For `requestHandler` of a client. `waitMs`: for one request, until its answer begins. */
export const requestTimeouts = (waitMs = USUAL_WAIT_MS) => ({
  connectionTimeout: Math.min(LONGEST_CONNECT_MS, waitMs),
  requestTimeout: waitMs,
  // Without this the SDK only warns.
  throwOnRequestTimeout: true,
});
