/**
 * A program for `stages.test.ts`: synthesizes the app of each stage that is named, into a folder of its name, under the AwsSolutions rules, twice in one run:
 * once as we answer for it, once with our acknowledgements ignored. Prints both findings and the acknowledgements of each stage as JSON.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { waybillApp } from '../../../lib/waybill-app.ts';
import type { NagReport } from '../stages/nag.ts';

interface PluginReport {
  readonly pluginName: string;
  readonly violations: readonly {
    readonly ruleName: string;
    readonly violatingConstructs: readonly { readonly constructPath: string }[];
  }[];
}

const [folder = '', ...stages] = process.argv.slice(2);
const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
process.stdout.write(JSON.stringify(Object.fromEntries(stages.map((stage) => [stage, reportOn(stage)]))));
// A failed validation leaves a failing exit code behind; here the findings are the answer.
process.exitCode = 0;

function reportOn(stage: string): NagReport {
  const outdir = path.join(folder, stage);
  const app = waybillApp({ outdir, context: { ...context, stage }, builtinCloudFormationValidation: false });
  const forgiving = new AwsSolutionsChecks(app);
  const unforgiving = new AwsSolutionsChecks(app);
  Object.assign(unforgiving, { name: 'Unforgiving', isAcknowledged: () => false });
  Validations.of(app).addPlugins(forgiving, unforgiving);

  const acknowledgements = app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({ rule: id.replace(/^Annotation::/, ''), path: node.path, reason })),
  );
  try {
    app.synth();
  } catch (error) {
    // The unforgiving rules always find something; the report says what.
    if (!(error instanceof Error && error.name.includes('ValidationFailed'))) throw error;
  }
  const { pluginReports } = JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8')) as {
    pluginReports: PluginReport[];
  };
  const findings = (name: string) =>
    pluginReports
      .filter(({ pluginName }) => pluginName === name)
      .flatMap(({ violations }) => violations)
      .flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, path: constructPath })),
      );
  return {
    findings: findings(forgiving.name),
    withoutAcknowledgements: findings('Unforgiving'),
    acknowledgements,
  };
}
