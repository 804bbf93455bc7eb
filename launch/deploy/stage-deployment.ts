/** The deployment of a stage: what is looked at before, and CDK. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SETTINGS_DIGEST } from '../../lib/constructs/settings-parameter.ts';
import { prefixOf } from '../../lib/stages/environment.ts';
import type { Stage } from '../../lib/stages/stage.ts';
import { synthesisOf } from '../../lib/stages/synthesis.ts';
import { buildApp } from '../tools/build.ts';
import { stacksIn } from '../tools/cdk.ts';
import { assemblyIn, type StageAssembly } from './assembly.ts';
import type { Account } from './preflight/account.ts';
import { AwsAccount } from './preflight/aws-account.ts';
import { type Facts, type Finding, isReady, preflight } from './preflight/checks.ts';
import { deployedParameters, parametersFor, settingsDigestOf } from './settings.ts';
import type { Target } from './target.ts';

export interface StageDeploymentOptions {
  readonly stage: Stage;
  readonly target: Target;
  /** In the place of those of the stage. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly replacesLoggingRole: boolean;
  readonly onProgress: (step: string) => void;
}

export type Approval = 'given' | 'refused';

/** What is known before anything changes. */
export interface Prepared {
  readonly options: StageDeploymentOptions;
  readonly assembly: StageAssembly;
  readonly facts: Facts;
  readonly findings: readonly Finding[];
  readonly isReady: boolean;
  /** Says line by line what differs from what is deployed. */
  showDifference(say: (line: string) => void): Promise<void>;
}

export interface DeployedStage {
  /** Of the API, without `/api/v1`. */
  readonly url: string;
  /** Whether there was no environment of this name before. */
  readonly isFirst: boolean;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Builds the app of the stage, and looks at the account. Changes nothing. @throws Error without credentials */
export async function prepareStage(options: StageDeploymentOptions): Promise<Prepared> {
  const { stage, target, onProgress } = options;
  const variant = { stage: stage.name, ...(target.emulator && { emulator: target.emulator }) };
  await buildApp(onProgress, variant);
  const folder = synthesisOf(variant).outdir!;
  const assembly = assemblyIn(folder);
  const prefix = prefixOf(stage.name);
  onProgress('looking at the account');
  const facts = await factsOf(new AwsAccount(target.clientConfig), prefix);
  const parameters = { ...stage.parameters, ...options.parameters };
  const findings = preflight(facts, {
    stage,
    prefix,
    bootstrapVersion: assembly.bootstrapVersion,
    parameters,
    templateParameters: assembly.parameters,
    replacesLoggingRole: options.replacesLoggingRole,
  });
  return {
    options: { ...options, parameters },
    assembly,
    facts,
    findings,
    isReady: isReady(findings),
    showDifference: (say) => target.cdk(['diff', '--app', folder, '--no-change-set'], say),
  };
}

async function factsOf(account: Account, prefix: string): Promise<Facts> {
  const caller = await account.caller().catch((cause: unknown) => {
    throw new Error(
      `AWS does not know who calls: ${cause instanceof Error ? cause.message : String(cause)}\nTake credentials, for example with \`aws sso login\` and AWS_PROFILE, and a region with AWS_REGION.`,
      { cause },
    );
  });
  const [bootstrapVersion, concurrency, loggingRole, stacks] = await Promise.all([
    account.bootstrapVersion(),
    account.concurrency(),
    account.loggingRole(),
    account.stacks(`${prefix}-`),
  ]);
  return { caller, bootstrapVersion, concurrency, loggingRole, stacks };
}

/** Deploys every stack; without a change it does nothing. @throws Error in CDK's words */
export async function deployStage({ options, facts, findings, assembly }: Prepared): Promise<DeployedStage> {
  if (!isReady(findings)) throw new Error('The account is not ready.');
  const { stage, target, parameters, onProgress } = options;
  const folder = synthesisOf({ stage: stage.name, emulator: target.emulator }).outdir!;
  const scratch = mkdtempSync(path.join(tmpdir(), 'waybill-deploy-'));
  const outputsFile = path.join(scratch, 'outputs.json');
  try {
    onProgress('deploying the stacks (cdk deploy)');
    const deployed = deployedParameters(facts.stacks, prefixOf(stage.name));
    const digest = settingsDigestOf(assembly.parameters, deployed, parameters);
    const values = { ...parametersFor(assembly.parameters, deployed, parameters), [SETTINGS_DIGEST]: digest };
    // Each stack that uses a parameter has it, and takes no other.
    const given = Object.entries(values).flatMap(([name, value]) => ['--parameters', `${name}=${value}`]);
    const args = ['--app', folder, '--all', '--require-approval', 'never', '--outputs-file', outputsFile];
    await target.cdk(['deploy', ...args, ...given], stacksIn(onProgress));
    const byStack = JSON.parse(readFileSync(outputsFile, 'utf8')) as Record<string, Record<string, string>>;
    const outputs = Object.assign({}, ...Object.values(byStack)) as Record<string, string>;
    return { url: target.apiUrl(outputs.ApiUrl!), isFirst: facts.stacks.length === 0, outputs };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
