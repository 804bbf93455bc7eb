import type { Location } from '../arn.ts';
import { objects, textOf } from '../properties.ts';
import { physicalName, type ResourceTypes } from '../resource.ts';
import type { Policies, PolicyDocument } from './policies.ts';

/** AWS's managed policies that allow only to write logs, metrics and traces, for which no permission is asked here. */
const OBSERVING = new Set([
  'AWSLambdaBasicExecutionRole',
  'AWSXRayDaemonWriteAccess',
  'AmazonAPIGatewayPushToCloudWatchLogs',
]);

export const iamResources = (policies: Policies, { account }: Location): ResourceTypes => ({
  'AWS::IAM::Role': (resource) => {
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
    return { ref: name, attributes: { Arn: `arn:aws:iam::${account}:role/${name}` } };
  },
  'AWS::IAM::Policy': (resource) => {
    const { Roles, PolicyDocument, PolicyName } = resource.properties;
    for (const roleName of Roles as string[]) policies.attach(roleName, PolicyDocument as unknown as PolicyDocument);
    return { ref: physicalName(resource, PolicyName) };
  },
});
