import type { Made, Resource } from '../assembly/deploy.ts';
import { apiMethod } from './api-methods.ts';
import { table } from './dynamodb.ts';
import { eventSourceMapping } from './event-source-mapping.ts';
import { eventBus, rule } from './events.ts';
import { policy, role } from './iam.ts';
import { functionAlias, functionVersion, lambdaFunction } from './lambda.ts';
import { logGroup } from './logs.ts';
import { type Provider, physicalName, type Services } from './provider.ts';
import {
  apiModel,
  apiResource,
  authorizer,
  deployment,
  gatewayResponse,
  requestValidator,
  restApi,
  stage,
} from './rest-apis.ts';
import { queue } from './sqs.ts';
import { stateMachine, stateMachineAlias, stateMachineVersion } from './states.ts';

/** What this runtime makes, by resource type. */
export const PROVIDERS: Readonly<Record<string, Provider>> = {
  'AWS::ApiGateway::Authorizer': authorizer,
  'AWS::ApiGateway::Deployment': deployment,
  'AWS::ApiGateway::GatewayResponse': gatewayResponse,
  'AWS::ApiGateway::Method': apiMethod,
  'AWS::ApiGateway::Model': apiModel,
  'AWS::ApiGateway::RequestValidator': requestValidator,
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
  'AWS::Logs::LogGroup': logGroup,
  'AWS::SQS::Queue': queue,
  'AWS::StepFunctions::StateMachine': stateMachine,
  'AWS::StepFunctions::StateMachineAlias': stateMachineAlias,
  'AWS::StepFunctions::StateMachineVersion': stateMachineVersion,
};

/** Types without which an app behaves the same on one machine: watching, and what lets AWS's services call each other. */
export const IGNORED: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::Account',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Lambda::Permission',
  'AWS::Logs::MetricFilter',
  'AWS::SQS::QueuePolicy',
]);

/** @throws Error for a type that this runtime neither makes nor may ignore */
export async function makeResource(resource: Resource, services: Services): Promise<Made> {
  const provider = PROVIDERS[resource.type];
  if (provider) return provider(resource, services);
  // Others may refer to what is not made.
  if (IGNORED.has(resource.type)) return { ref: physicalName(resource, undefined) };
  throw new Error(`This runtime does not have the type. It has ${Object.keys(PROVIDERS).join(', ')}.`);
}
