// The name server of the soak: each name leads to the address that the soak gave it. Switched off, it receives questions and never answers.
import { serveNames } from '../support/name-server.ts';

export interface NameServer {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  answering: boolean;
  close(): Promise<void>;
}

/** `addressOf` gives null for a name that does not exist. */
export async function startNameServer(addressOf: (name: string) => string | null): Promise<NameServer> {
  const { address, close } = await serveNames((name) => {
    if (!server.answering) return { silent: true };
    const found = addressOf(name);
    return found === null ? undefined : { A: [found] };
  });
  const server: NameServer = { address, answering: true, close };
  return server;
}
