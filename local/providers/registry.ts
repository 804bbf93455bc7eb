import type { Made, Resource } from '../assembly/deploy.ts';
import { table } from './dynamodb.ts';
import { eventBus, rule } from './events.ts';
import { policy, role } from './iam.ts';
import { eventSourceMapping, functionAlias, functionVersion, lambdaFunction } from './lambda.ts';
import { physicalName, type Provider, type Services } from './provider.ts';
import { apiMethod, apiResource, authorizer, deployment, gatewayResponse, restApi, stage } from './rest-apis.ts';
import { queue } from './sqs.ts';
import { stateMachine, stateMachineAlias, stateMachineVersion } from './states.ts';

/** What this runtime makes, by resource type. */
export const PROVIDERS: Readonly<Record<string, Provider>> = {
  'AWS::ApiGateway::Authorizer': authorizer,
  'AWS::ApiGateway::Deployment': deployment,
  'AWS::ApiGateway::GatewayResponse': gatewayResponse,
  'AWS::ApiGateway::Method': apiMethod,
  'AWS::ApiGateway::Resource': apiResource,
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::ApiGateway::Stage': stage,
  'AWS::DynamoDB::Table': table,
  'AWS::Events::EventBus': eventBus,
  'AWS::Events::Rule': rule,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::Role': role,
  'AWS::Lambda::Alias': functionAlias,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Version': functionVersion,
  'AWS::SQS::Queue': queue,
  'AWS::StepFunctions::StateMachine': stateMachine,
  'AWS::StepFunctions::StateMachineAlias': stateMachineAlias,
  'AWS::StepFunctions::StateMachineVersion': stateMachineVersion,
};

/** Types without which an app behaves the same on one machine: watching, log retention, and who else may call. */
export const IGNORED: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::Account',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::SQS::QueuePolicy',
]);

/** @throws Error for a type that this runtime neither makes nor may ignore */
export async function makeResource(resource: Resource, services: Services): Promise<Made> {
  const provider = PROVIDERS[resource.type];
  if (provider) return provider(resource, services);
  if (IGNORED.has(resource.type)) return ignored(resource, services);
  throw new Error(`${resource.logicalId} in stack ${resource.stack} is an ${resource.type}, which this runtime does not have. It has ${Object.keys(PROVIDERS).join(', ')}.`);
}

/** Others may refer to what is not made: it has a name and an ARN all the same. */
function ignored(resource: Resource, { context }: Services): Made {
  const name = physicalName(resource, resource.properties.LogGroupName);
  return { ref: name, attributes: { Arn: `arn:aws:local:${context.region}:${context.account}:${name}` } };
}
