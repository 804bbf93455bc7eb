import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test } from 'vitest';
import { PartnerCredential } from '../../lib/constructs/partner-credential.ts';
import { Saga } from '../../lib/constructs/saga.ts';
import { WaybillFunction } from '../../lib/constructs/waybill-function.ts';
import { emulatedSynthesis } from '../../lib/emulator/synthesis.ts';
import { PROJECT_ROOT } from '../../lib/functions.ts';

/** A stack with one of each kind that is made in another way for emulators. */
function templateFor(context: Readonly<Record<string, unknown>>): { readonly template: Template; readonly app: App } {
  const app = new App({ context: { ...context }, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Stack');
  new WaybillFunction(stack, 'operations/check-health', { timeout: Duration.seconds(5) });
  const inline = (id: string) =>
    new LambdaFunction(stack, id, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = () => {}'),
    });
  new PartnerCredential(stack, 'Credential', 'carrier').rotateWith(inline('Rotator'));
  const step = new WaybillFunction(stack, 'inventory/adjust-reservation', { timeout: Duration.seconds(5) });
  new Saga(stack, 'Saga', {
    definitionFile: path.join(PROJECT_ROOT, 'statemachines/items-change/definition.asl.json'),
    steps: new Proxy({}, { get: () => step }),
    bus: new EventBus(stack, 'Bus'),
  }).grantStart(inline('Starter'));
  return { template: Template.fromStack(stack), app };
}

const kindsOf = (template: Template): ReadonlySet<string> =>
  new Set(
    Object.values((template.toJSON() as { Resources: Record<string, { Type: string }> }).Resources).map(
      ({ Type }) => Type,
    ),
  );
const UNKNOWN_TO_EMULATORS = [
  'AWS::Lambda::Version',
  'AWS::Lambda::Alias',
  'AWS::StepFunctions::StateMachineVersion',
  'AWS::StepFunctions::StateMachineAlias',
  'AWS::SecretsManager::RotationSchedule',
];

describe('The app for an emulator of AWS', () => {
  const onAws = templateFor({});

  test.each(['localstack', 'ministack'])(
    'on %s is without the kinds of resources that it does not have',
    (emulator) => {
      const kinds = kindsOf(templateFor({ emulator }).template);
      for (const kind of UNKNOWN_TO_EMULATORS) {
        expect(kinds).not.toContain(kind);
        expect(kindsOf(onAws.template)).toContain(kind);
      }
    },
  );

  test('has no alarm on a sum of metrics', () => {
    const alarms = Object.values(
      templateFor({ emulator: 'localstack' }).template.findResources('AWS::CloudWatch::Alarm'),
    );
    expect(alarms.filter(({ Properties }) => (Properties as { Metrics?: unknown }).Metrics !== undefined)).toEqual([]);
  });

  test('starts executions of the newest definition', () => {
    const { template } = templateFor({ emulator: 'ministack' });
    const [machine] = Object.keys(template.findResources('AWS::StepFunctions::StateMachine'));
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SAGA_ARN: { Ref: machine } } },
    });
  });

  test('has functions with a loop of their own on MiniStack, and on Lambda’s Node elsewhere', () => {
    const { template, app } = templateFor({ emulator: 'ministack' });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'operations/check-health',
      Runtime: 'provided.al2023',
    });
    const outdir = app.synth().directory;
    const withBootstrap = readdirSync(outdir)
      .map((name) => path.join(outdir, name))
      .filter((folder) => statSync(folder).isDirectory() && readdirSync(folder).includes('bootstrap'));
    expect(withBootstrap).toHaveLength(2);
    expect(statSync(path.join(withBootstrap[0]!, 'bootstrap')).mode & 0o111).toBe(0o111);
    for (const { template: elsewhere } of [onAws, templateFor({ emulator: 'localstack' })]) {
      elsewhere.hasResourceProperties('AWS::Lambda::Function', {
        Description: 'operations/check-health',
        Runtime: 'nodejs24.x',
      });
    }
  });

  test('is refused for an emulator that is not known', () => {
    expect(() => templateFor({ emulator: 'moto' })).toThrow(
      'The context value "emulator" is "moto"; expected one of localstack, ministack.',
    );
    expect(() => emulatedSynthesis('moto')).toThrow('The emulator is "moto"; expected one of localstack, ministack.');
  });
});
