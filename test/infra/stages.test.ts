/** Every stage, synthesized in one process under the rules of cdk-nag, beside the environment without a name. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { prefixOf } from '../../lib/stages/environment.ts';
import { STAGES } from '../../lib/stages/stages.ts';
import { encrypted } from './stages/encrypted.ts';
import { fitting } from './stages/fitting.ts';
import { keptInProduction } from './stages/kept.ts';
import { type NagReport, rulesOfNag } from './stages/nag.ts';
import { namesOfTheirOwn } from './stages/names.ts';
import { published } from './stages/published.ts';
import { rolledOut } from './stages/rollout.ts';
import { watched } from './stages/watched.ts';
import { Assembly, runProgram, synthesizedAssembly, templatesIn } from './support/assembly.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'waybill-stages-'));
const stages = Object.keys(STAGES);
const unnamed = synthesizedAssembly();
let reports: Readonly<Record<string, NagReport>>;
const assemblies = new Map<string, Assembly>();
const assemblyOf = (stage: string) => assemblies.get(stage)!;

beforeAll(() => {
  reports = JSON.parse(runProgram('test/infra/support/nag.ts', folder, ...stages)) as typeof reports;
  runProgram('test/infra/support/domain.ts', path.join(folder, 'domain'));
  for (const stage of stages) assemblies.set(stage, new Assembly(path.join(folder, stage), prefixOf(stage)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const stage of stages) {
  rulesOfNag(stage, () => reports[stage]!);
  fitting(stage, () => assemblyOf(stage));
  watched(stage, () => assemblyOf(stage));
}
encrypted(
  () => assemblyOf('prod'),
  () => assemblyOf('dev'),
);
keptInProduction(() => assemblyOf('prod'));
published(
  () => assemblyOf('prod'),
  () => assemblyOf('dev'),
  () => templatesIn(path.join(folder, 'domain')).get('Api')!,
);
rolledOut(
  () => assemblyOf('prod'),
  () => assemblyOf('dev'),
);
namesOfTheirOwn(() => assemblyOf('prod').stacks, unnamed.stacks);
