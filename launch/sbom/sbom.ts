/**
 * `npm run sbom`: writes which packages the project is made of (a bill of materials in CycloneDX, from package-lock.json), and reports their licences. Fails when one has a licence
 * that `licences.ts` does not allow, or none.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from '../project-root.ts';
import { type Component, type Judged, judged } from './licences.ts';

const FILE = 'dist/sbom.cdx.json';
const USAGE = `Usage: npm run sbom [-- --out <file>]

Writes all packages with versions, hashes and licences as a bill of materials (CycloneDX, JSON), and reports their licences.
  --out <file>   default ${FILE}

Fails when a package has a licence that launch/sbom/licences.ts does not allow, or none.`;

try {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: FILE }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) console.log(USAGE);
  else tell(path.resolve(PROJECT_ROOT, values.out));
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 2;
}

function tell(file: string): void {
  // npm knows the format, and all it needs is in the lock file.
  const bill = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: PROJECT_ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bill);
  const packages = (JSON.parse(bill) as { readonly components: readonly Component[] }).components.map(judged);
  const deployed = packages.filter((one) => one.deployed);
  report('Deployed', deployed);
  report(
    'Tools',
    packages.filter((one) => !one.deployed),
  );
  const refused = packages.filter(({ allowed }) => !allowed);
  for (const { name, licence = 'none', deployed: isDeployed } of refused) {
    console.log(`✗ ${name} (${isDeployed ? 'deployed' : 'tool'}) has the licence ${licence}, which is not allowed.`);
  }
  console.log(`${path.relative(process.cwd(), file)} has ${packages.length} packages.`);
  console.log(`${packages.length - refused.length} passed, ${refused.length} failed`);
  process.exitCode = refused.length === 0 ? 0 : 1;
}

function report(heading: string, packages: readonly Judged[]): void {
  const byLicence = Map.groupBy(packages, ({ licence }) => licence ?? 'none');
  const counts = [...byLicence].sort(([, one], [, other]) => other.length - one.length);
  console.log(`${heading}: ${counts.map(([licence, those]) => `${licence} ${those.length}`).join(' · ')}`);
}
