/** `npm run lint`: format and import order (Biome), correctness (ESLint), then the rules of imports (dependency-cruiser). */
import { runTool } from './run-tool.ts';

const format = runTool('@biomejs/biome/bin/biome', ['check', '.']);
/** The types of the whole project, with those of the AWS SDK and CDK, are more than Node's usual four gigabytes. */
const HEAP = '--max-old-space-size=6144';
const style = runTool(
  'eslint/bin/eslint.js',
  ['.', '--max-warnings=0', '--cache', '--cache-location', 'node_modules/.cache/eslint/'],
  [HEAP],
);
const imports = runTool('dependency-cruiser/bin/dependency-cruiser.mjs', [
  '--config',
  '.dependency-cruiser.mjs',
  // With the comment of each rule that is broken.
  '--output-type',
  'err-long',
  'bin',
  'console',
  'lib',
  'functions',
  'local',
  'partners',
  'launch',
  'bench',
  'test',
]);
process.exit(format || style || imports);
