/** The stage `prod`, synthesized under the rules of cdk-nag, beside the environment without a name. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { keptInProduction } from './prod/kept.ts';
import { type NagReport, rulesOfNag } from './prod/nag.ts';
import { namesOfTheirOwn } from './prod/names.ts';
import { Assembly, runProgram, synthesizedAssembly } from './support/assembly.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'waybill-prod-'));
const unnamed = synthesizedAssembly();
let report: NagReport;
let prod: Assembly;

beforeAll(() => {
  report = JSON.parse(runProgram('test/infra/support/nag.ts', path.join(folder, 'cdk.out'), 'prod')) as NagReport;
  prod = new Assembly(path.join(folder, 'cdk.out'), 'WaybillProd');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

rulesOfNag(() => report);
keptInProduction(() => prod);
namesOfTheirOwn(() => prod.stacks, unnamed.stacks);
