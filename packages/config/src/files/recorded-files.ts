import { createHash } from 'node:crypto';
import type { FileSystem } from './file-system.ts';

/** A file system that remembers what it was asked. */
export interface RecordedFiles {
  readonly files: FileSystem;
  /** Asks all of it again. @returns whether each answer is the same as before */
  unchanged(now: FileSystem): boolean;
}

/**
 * What a reading depends on, to tell a file that is still the same: questions with their answers, contents as SHA-256.
 */
export function recordFiles(files: FileSystem): RecordedFiles {
  const answers = new Map<string, { readonly answer: string; readonly ask: Ask }>();
  const note = (question: string, ask: Ask, answer: string): void =>
    void answers.set(question, { answer, ask });
  return {
    files: {
      read: (path) => {
        const bytes = files.read(path);
        note(`read ${path}`, (now) => digestOf(now.read(path)), digestOf(bytes));
        return bytes;
      },
      stat: (path) => {
        const status = files.stat(path);
        note(`stat ${path}`, (now) => JSON.stringify(now.stat(path) ?? null), JSON.stringify(status ?? null));
        return status;
      },
      list: (directory) => {
        const names = files.list(directory);
        note(`list ${directory}`, (now) => namesOf(now.list(directory)), namesOf(names));
        return names;
      },
    },
    unchanged: (now) => [...answers.values()].every(({ answer, ask }) => ask(now) === answer),
  };
}

type Ask = (files: FileSystem) => string;

const digestOf = (bytes: ReturnType<FileSystem['read']>): string =>
  bytes.ok ? createHash('sha256').update(bytes.value).digest('base64') : bytes.error.code;

const namesOf = (names: readonly string[] | undefined): string => JSON.stringify(names?.toSorted() ?? null);
