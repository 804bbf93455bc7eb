import type { PolicyDocument } from '../iam/policies.ts';
import { objects, physicalName, type Provider } from './provider.ts';

export const role: Provider = (resource, { policies, context }) => {
  const name = physicalName(resource, resource.properties.RoleName);
  for (const { PolicyDocument } of objects(resource.properties.Policies)) policies.attach(name, PolicyDocument as unknown as PolicyDocument);
  return { ref: name, attributes: { Arn: `arn:aws:iam::${context.account}:role/${name}` } };
};

export const policy: Provider = (resource, { policies }) => {
  for (const roleName of resource.properties.Roles as string[]) policies.attach(roleName, resource.properties.PolicyDocument as unknown as PolicyDocument);
  return { ref: physicalName(resource, resource.properties.PolicyName) };
};
