import { openTransport } from '../../src/client/netlink-transport.ts';
import { ipvsClient } from '../../src/index.ts';
import { type Bench, reset } from './bench.ts';
import { complianceCases } from './suite.ts';

/** Runs the whole suite against this machine's kernel, and says how each case ended: one JSON text on stdout. */
const transport = await openTransport();
if (!transport.ok) {
  process.stderr.write(`${JSON.stringify(transport.error)}\n`);
  process.exit(1);
}
const bench: Bench = {
  transport: transport.value,
  ipvs: ipvsClient(transport.value),
  withoutRight: async (run) => {
    process.seteuid?.(65_534);
    try {
      await run();
    } finally {
      process.seteuid?.(0);
    }
  },
};
const results: { readonly name: string; readonly failure: string | undefined }[] = [];
for (const { name, run } of complianceCases) {
  await reset(bench);
  results.push({ name, failure: await failureOf(() => run(bench)) });
}
bench.ipvs.close();
process.stdout.write(JSON.stringify(results));

async function failureOf(run: () => Promise<void>): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
