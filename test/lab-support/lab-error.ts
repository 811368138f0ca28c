/** The laboratory itself could not do something; the daemon under test is not to blame. */
export class LabError extends Error {
  override readonly name = 'LabError';
}
