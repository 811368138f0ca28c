import { genhashCommand } from './arguments.ts';
import { fetchPage } from './fetch-page.ts';
import { genhashHelp } from './help.ts';
import { genhashReport } from './report.ts';

/** keepalived's genhash ends with 0 also where no page came; a script would take the empty digest for one. */
const exitFailed = 1;

const command = genhashCommand(process.argv.slice(2));
if (!command.ok) {
  process.stderr.write(`genhash: ${command.error}\n\n${genhashHelp}`);
  process.exitCode = exitFailed;
} else if (command.value.kind === 'help') {
  process.stdout.write(genhashHelp);
} else {
  const { request } = command.value;
  const page = await fetchPage(request);
  if (page.ok) process.stdout.write(genhashReport(page.value, request.url, request.verbose));
  else {
    process.stderr.write(`genhash: ${page.error} (${request.server} port ${request.port})\n`);
    process.exitCode = exitFailed;
  }
}
