/** Bundles the functions and prints their sizes; `--why <function>` lists what one bundle is made of instead. */
import {
  assertWithinLimit,
  BUNDLE_LIMIT_BYTES,
  bundleFunctions,
  explainBundle,
} from '../lib/bundling/bundle-functions.ts';
import { FUNCTION_NAMES } from '../lib/functions.ts';

const [flag, wanted] = process.argv.slice(2);
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1).padStart(7)} KB`;

try {
  if (flag === '--why') {
    const name = FUNCTION_NAMES.find((known) => known === wanted);
    if (!name) throw new Error(`Which function? One of: ${FUNCTION_NAMES.join(', ')}`);
    for (const [source, bytes] of await explainBundle(name)) console.log(`${kilobytes(bytes)}  ${source}`);
  } else {
    const bundles = await bundleFunctions();
    for (const { name, bytes } of bundles) console.log(`${kilobytes(bytes)}  ${name}`);
    assertWithinLimit(bundles);
    console.log(`All ${bundles.length} bundles are within ${BUNDLE_LIMIT_BYTES / 1024} KB.`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
