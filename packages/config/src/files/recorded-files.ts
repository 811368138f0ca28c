import { createHash } from 'node:crypto';
import type { FileSystem } from './file-system.ts';

/** A file system that remembers what it was asked. */
export interface RecordedFiles {
  readonly files: FileSystem;
  /** Asks all of it again. @returns whether each answer is the same as before */
  unchanged(): boolean;
}

/**
 * What a reading depends on, to tell a file that is still the same: questions with their answers, contents as SHA-256.
 */
export function recordFiles(files: FileSystem): RecordedFiles {
  const answers = new Map<string, { readonly answer: string; readonly again: () => string }>();
  const recorded = <T>(question: string, ask: () => T, digest: (answer: T) => string): T => {
    const answer = ask();
    answers.set(question, { answer: digest(answer), again: () => digest(ask()) });
    return answer;
  };
  return {
    files: {
      read: (path) =>
        recorded(
          `read ${path}`,
          () => files.read(path),
          (bytes) => (bytes.ok ? digestOf(bytes.value) : bytes.error.code),
        ),
      stat: (path) =>
        recorded(
          `stat ${path}`,
          () => files.stat(path),
          (status) => JSON.stringify(status ?? null),
        ),
      list: (directory) =>
        recorded(
          `list ${directory}`,
          () => files.list(directory),
          (names) => JSON.stringify(names?.toSorted() ?? null),
        ),
    },
    unchanged: () => [...answers.values()].every(({ answer, again }) => again() === answer),
  };
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');
