import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';
import { describeWith } from '../support/requirements.ts';

/** A web server that answers in its own way, and both programs asked for the same page. */
const script = `
ip link set lo up
"$NODE" -e '
  require("net").createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (bytes) => {
      const [, path] = bytes.toString().split(" ");
      const body = path === "/binary" ? Buffer.from(Array.from({ length: 70000 }, (_, i) => i % 251)) : Buffer.from("hello world\\n");
      const head = path === "/missing" ? "HTTP/1.1 404 Not Found" : "HTTP/1.1 200 OK";
      const chunked = "c\\r\\nhello world\\n\\r\\n0\\r\\n\\r\\n";
      if (path === "/chunked") socket.end(head + "\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n" + chunked);
      else { socket.write(head + "\\r\\nContent-Length: " + body.length + "\\r\\n\\r\\n"); socket.end(body); }
    });
  }).listen(8000, "127.0.0.1", () => console.log("ready"));
' > ready & SERVER=$!
until grep -q ready ready; do sleep 0.05; done
for page in / /binary /missing /chunked; do
  for protocol in 1.0 1.0c 1.1; do
    echo "$page $protocol $(keepalived --genhash -s 127.0.0.1 -p 8000 -u $page -P $protocol) $("$NODE" "$GENHASH" -s 127.0.0.1 -p 8000 -u $page -P $protocol)"
  done
done
kill $SERVER
`;

describeWith({ root: true, tools: ['ip', 'unshare', 'keepalived'] }, 'genhash', () => {
  test("finds the digests that keepalived's finds", () => {
    const output = execFileSync('unshare', ['--net', 'sh', '-c', `cd "$(mktemp -d)"\n${script}`], {
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...process.env, NODE: process.execPath, GENHASH: join(rootFolder, 'dist', 'genhash.mjs') },
    });
    const lines = output
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    expect(lines).toHaveLength(12);
    for (const [page, protocol, theirs, ours] of lines) {
      expect(theirs, `${page} by ${protocol}`).toMatch(/^[0-9a-f]{32}$/);
      expect(ours, `${page} by ${protocol}`).toBe(theirs);
    }
  });
});
