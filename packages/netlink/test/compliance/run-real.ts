/** Runs the suite in the network namespace of this process; prints one line of JSON a case. */
import { realSubject } from './real-subject.ts';
import { cases } from './suite.ts';

for (const { name, run } of cases) {
  const subject = realSubject();
  let failure = '';
  try {
    await run(subject);
  } catch (error) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    subject.close();
  }
  console.log(JSON.stringify({ name, failure }));
}
