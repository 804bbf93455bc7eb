/** `npm run lint`: format and import order (Biome), correctness (ESLint, and oxlint where it takes types), then the rules of imports (dependency-cruiser). */
import { runTool } from './run-tool.ts';

const format = runTool('@biomejs/biome/bin/biome', ['check', '.']);
const style = runTool('eslint/bin/eslint.js', [
  '.',
  '--max-warnings=0',
  '--cache',
  '--cache-location',
  'node_modules/.cache/eslint/',
]);
const types = runTool('oxlint/bin/oxlint', ['.']);
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
process.exit(format || style || types || imports);
