/** What the program needs of the world around it. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly isTerminal: boolean;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Takes the exit status, the worst of all files. */
  readonly exit: (status: number) => void;
}
