/**
 * `npm run lint:templates`: synthesizes every stage, and holds its templates against CloudFormation's schemas and rules with cfn-lint. Exits with 3 when cfn-lint
 * cannot be installed, which is no fault of the templates.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { STAGES } from '../../lib/stages/stages.ts';
import { synthesisOf } from '../../lib/stages/synthesis.ts';
import { PROJECT_ROOT } from '../project-root.ts';
import { buildApp } from '../tools/build.ts';
import { installedInVenv } from '../tools/python.ts';

/** Where the templates are held to be deployed, so that rules know what a region has. */
const REGIONS = 'eu-central-1';
/** Rules that find what CDK writes, and that changes nothing. */
const NOT_OURS = [
  // CDK names the role in DependsOn as well, with its policies, although the function refers to it.
  'W3005',
];

let linter: string;
try {
  linter = await installedInVenv('cfn-lint', {
    requirements: path.join(import.meta.dirname, 'requirements.txt'),
    folder: path.join(PROJECT_ROOT, 'node_modules/.cache/cfn-lint'),
  });
} catch (error) {
  console.error((error as Error).message);
  process.exit(3);
}
const findings = [];
for (const stage of Object.keys(STAGES)) findings.push(await lint(stage));
const failed = findings.filter((found) => found).length;
console.log(`${findings.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** @returns whether there was something to find */
async function lint(stage: string): Promise<boolean> {
  await buildApp((step) => console.log(`· ${stage}: ${step}`), { stage });
  const folder = synthesisOf({ stage }).outdir!;
  const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  const { status } = spawnSync(
    linter,
    ['--regions', REGIONS, '--ignore-checks', ...NOT_OURS, '--non-zero-exit-code', 'warning', '--', ...templates],
    { cwd: folder, stdio: 'inherit' },
  );
  if (status === 0) console.log(`✓ ${stage}: ${templates.length} templates`);
  else console.log(`✗ ${stage}`);
  return status !== 0;
}
