// Writes small files so that no reader ever sees half of one, even after a power cut.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { onDisk } from './storage-problems.ts';

/** Written aside and renamed into its place; readable by its owner only. Throws StorageError, and leaves no draft then. */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.new`;
  onDisk(file, () => {
    try {
      writeFileSync(draft, text, { mode: 0o600 });
      renameSync(draft, file);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  });
}
