/** `npm run test:console`: the console in a real browser, on a platform of its own. Arguments go to vitest. */

import { buildApp } from './build.ts';
import { findBrowser, NO_BROWSER } from './find-browser.ts';
import { runTool } from './run-tool.ts';

if (findBrowser() === undefined) {
  console.error(NO_BROWSER);
  process.exit(1);
}
await buildApp((step) => console.log(`· ${step}`));
process.exit(runTool('vitest/vitest.mjs', ['run', '--project=console', ...process.argv.slice(2)]));
