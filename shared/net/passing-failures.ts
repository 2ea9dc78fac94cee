// What the codes of Node's errors say about whether waiting helps. Pure: the cause of a failure in, a verdict out.

/** The name server was not reached or had a problem; unlike ENOTFOUND: no such name. */
const PASSING_NAME_CODES =
  /^(EAI_AGAIN|EAI_FAIL|EAI_SYSTEM|ESERVFAIL|EREFUSED|EFORMERR|ENOTIMP|EBADRESP|EOF|ETIMEOUT)$/;
/** No packet arrived, unlike ECONNREFUSED, which is an answer. */
const NO_WAY_CODES = /^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL)$/;

export const codeOf = (error: unknown): string => String(((error ?? {}) as { code?: unknown }).code ?? '');

export const isPassingNameFailure = (cause: unknown): boolean => PASSING_NAME_CODES.test(codeOf(cause));

/** No name server of this network can be reached. */
export const isWithoutNameServers = (cause: unknown): boolean => codeOf(cause) === 'EAI_AGAIN';

export const isWithoutWay = (cause: unknown): boolean => NO_WAY_CODES.test(codeOf(cause));
