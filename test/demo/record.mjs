// Makes the pictures and the tables of the README from a real run of the demo:
//   node test/demo/record.mjs [--part vip|pool]
// A picture is an animated SVG: the frames of the screen, a second apart, as a browser shows them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runQuietly } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';

const { values: options } = parseArgs({ options: { part: { type: 'string' } } });

/** The picture of each part, and the mark of its table in the README. */
const parts = [
  { name: 'vip', picture: 'demo.svg', mark: 'demo-summary' },
  { name: 'pool', picture: 'demo-pool.svg', mark: 'demo-pool-summary' },
];

const secondsAFrame = 1;
const columns = 110;
const cell = { width: 7.6, height: 16 };
const colours = { 31: '#ff6b68', 32: '#7bd88f', 34: '#6cb6ff' };

const folder = mkdtempSync(join(tmpdir(), 'holdfast-record-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const part of parts) if (options.part === undefined || options.part === part.name) await record(part);

async function record({ name, picture, mark }) {
  const file = join(folder, `${name}.jsonl`);
  const argv = [join(root, 'dist', 'demo.mjs'), '--part', name, '--record', file];
  const { status, output } = await runQuietly(process.execPath, argv);
  console.log(output);
  if (status !== 0) {
    console.error('the demo did not end well: nothing is recorded');
    process.exit(1);
  }
  const frames = sample(readFrames(file));
  writeFileSync(join(root, 'docs', picture), draw(frames));
  putIntoReadme(mark, output.trimEnd().split('\n\n').at(-2));
  console.log(`docs/${picture}: ${frames.length} frames`);
}

function putIntoReadme(mark, table) {
  const file = join(root, 'README.md');
  const text = readFileSync(file, 'utf8');
  const place = new RegExp(`(<!-- ${mark}:.*-->\n\`\`\`\n)[\\s\\S]*?(\`\`\`\n<!-- /${mark} -->)`);
  writeFileSync(
    file,
    text.replace(place, (_all, before, after) => `${before}${table}\n${after}`),
  );
}

function readFrames(file) {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** One frame a second is enough to follow the story; the last one is kept. */
function sample(all) {
  const kept = all.filter((frame, i) => {
    const before = all[i - 1];
    return (
      before === undefined ||
      Math.floor(frame.at / 1e6 / secondsAFrame) !== Math.floor(before.at / 1e6 / secondsAFrame)
    );
  });
  return [...kept, all[all.length - 1]];
}

// Where nothing is animated, the last frame is what is seen.
function draw(shown) {
  const rows = Math.max(...shown.map(({ lines }) => lines.length)) + 1;
  const [width, height] = [Math.ceil(columns * cell.width) + 20, rows * cell.height + 20];
  const total = shown.length * secondsAFrame;
  const share = (100 / shown.length).toFixed(4);
  const groups = shown.map(
    ({ lines }, i) =>
      `<g class="f" style="animation-delay:${i * secondsAFrame - total}s">${lines.map(drawLine).join('')}</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title>The screen of the demo</title>
<style>
text{font:12.6px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#d8dee9;white-space:pre}
.f{visibility:hidden;animation:show ${total}s step-end infinite}
@keyframes show{0%{visibility:visible}${share}%{visibility:hidden}100%{visibility:hidden}}
.f:last-of-type{visibility:visible}
@media (prefers-reduced-motion){.f{animation:none}}
.b{font-weight:bold}.d{opacity:.55}
</style>
<rect width="100%" height="100%" rx="8" fill="#1b1f27"/>
${groups.join('\n')}
</svg>
`;
}

function drawLine(line, row) {
  if (line === '') return '';
  return `<text xml:space="preserve" x="10" y="${(row + 1) * cell.height + 4}">${spans(line).map(drawSpan).join('')}</text>`;
}

/** Cuts a line with terminal colours into runs of text of one look. */
function spans(line) {
  const found = [];
  let look = { bold: false, dim: false, colour: undefined };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a colour
  for (const [, code, text] of line.matchAll(/(?:\u001b\[(\d+)m)?([^\u001b]*)/g)) {
    if (code !== undefined) look = nextLook(look, Number(code));
    if (text !== '') found.push({ ...look, text });
  }
  return found;
}

function nextLook(look, code) {
  if (code === 1) return { ...look, bold: true };
  if (code === 2) return { ...look, dim: true };
  if (code === 22) return { ...look, bold: false, dim: false };
  return { ...look, colour: colours[code] };
}

function drawSpan({ bold, dim, colour, text }) {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const names = [bold ? 'b' : '', dim ? 'd' : ''].filter(Boolean).join(' ');
  const attributes = [
    names === '' ? '' : ` class="${names}"`,
    colour === undefined ? '' : ` fill="${colour}"`,
  ].join('');
  return attributes === '' ? escaped : `<tspan${attributes}>${escaped}</tspan>`;
}
