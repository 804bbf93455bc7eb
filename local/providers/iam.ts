import type { PolicyDocument } from '../iam/policies.ts';
import { textOf } from '../json-text.ts';
import { objects, type Provider, physicalName } from './provider.ts';

/** AWS's managed policies that allow only to write logs, metrics and traces, for which nobody asks a permission here. */
const OBSERVING = new Set([
  'AWSLambdaBasicExecutionRole',
  'AWSXRayDaemonWriteAccess',
  'AmazonAPIGatewayPushToCloudWatchLogs',
]);

export const role: Provider = (resource, { policies, context }) => {
  const { RoleName, Policies = [], ManagedPolicyArns = [], PermissionsBoundary } = resource.properties;
  const unknown =
    (ManagedPolicyArns as string[]).find((arn) => !OBSERVING.has(arn.slice(arn.lastIndexOf('/') + 1))) ??
    PermissionsBoundary;
  if (unknown !== undefined) {
    throw new Error(`It has the managed policy ${textOf(unknown)}, which this runtime cannot judge.`);
  }
  const name = physicalName(resource, RoleName);
  for (const { PolicyDocument } of objects(Policies)) {
    policies.attach(name, PolicyDocument as unknown as PolicyDocument);
  }
  return { ref: name, attributes: { Arn: `arn:aws:iam::${context.account}:role/${name}` } };
};

export const policy: Provider = (resource, { policies }) => {
  for (const roleName of resource.properties.Roles as string[]) {
    policies.attach(roleName, resource.properties.PolicyDocument as unknown as PolicyDocument);
  }
  return { ref: physicalName(resource, resource.properties.PolicyName) };
};
