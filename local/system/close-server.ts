import type { Server } from 'node:http';

/** Ends connections too: those that are kept alive would hold the server open. */
export function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
