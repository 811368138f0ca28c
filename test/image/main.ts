// What containers of the image do: dist/image.mjs IMAGE.json [PART...]. run.mjs builds the image and counts the claims.
import { LabError } from '../lab-support/lab-error.ts';
import { capabilities } from './capabilities.ts';
import { claim, remark } from './claims.ts';
import { contents } from './contents.ts';
import { firstAdvert } from './first-advert.ts';
import { readImage } from './image.ts';
import { oneCommand } from './one-command.ts';
import { pair } from './pair.ts';
import { processOne } from './process-one.ts';

const parts = {
  contents,
  'one-command': oneCommand,
  pair,
  capabilities,
  'process-one': processOne,
  'first-advert': firstAdvert,
} as const;

const [file = '', ...chosen] = process.argv.slice(2);
const image = readImage(file);
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const began = performance.now();
  try {
    await part(image);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    claim(`${name} comes to its end`, false, () => error.message);
  }
  remark(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
