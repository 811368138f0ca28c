/** One step of a story that is played on a stage of type `S`. */
export interface Step<S> {
  /** What happens, in one line, said before it does. */
  readonly title: string;
  /** The same in a few words, for the summary. */
  readonly name: string;
  readonly play: (stage: S, say: (line: string) => void) => Promise<Outcome>;
}

/** What came of a step. */
export interface Outcome {
  /** Whether everything was as it should be. */
  readonly good: boolean;
  /** One line for the summary: what was seen. */
  readonly seen: string;
  /** The span in which the client's requests belong to this step, in microseconds of CLOCK_MONOTONIC. */
  readonly from: number;
  readonly to: number;
}

/** Raised by a step when what should have happened did not; the story goes on with the next step. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}
