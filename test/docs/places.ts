// The places of a server that docs/operations.md names, moved below a folder of a test.
import type { Environment } from '../../shared/core/environment.ts';

export interface Places {
  /** The folder that stands for the whole disk. */
  readonly root: string;
  /** Commands and files of the page, with the test's folder, ports and program in place of the server's. */
  rewrite(text: string): string;
}

/** Reads the variables that the test sets: STAND_IN_ROOT, STAND_IN_PORT, STAND_IN_SMTP (HOST:PORT) and STAND_IN_FEED (an address). */
export function placesOf(env: Environment): Places {
  const root = env['STAND_IN_ROOT'] ?? '';
  const port = env['STAND_IN_PORT'] ?? '';
  return {
    root,
    rewrite: (text) =>
      text
        .replaceAll(
          /(?<![\w.:/])\/(?=(opt\/tocsin|etc|var\/lib\/tocsin|var\/backups\/tocsin|usr\/local\/bin)\b)/g,
          `${root}/`,
        )
        .replaceAll('/usr/bin/curl', `${root}/bin/curl`)
        .replaceAll('start --no-sample\n', `start --no-sample --port ${port}\n`)
        .replaceAll('127.0.0.1:4747', `127.0.0.1:${port}`)
        .replaceAll('mail.example.org:587', env['STAND_IN_SMTP'] ?? '')
        .replaceAll('https://example.org/feed.xml', env['STAND_IN_FEED'] ?? ''),
  };
}
