import type { IamService } from '../../../../local/iam/service.ts';

/** Allows a role something, as a template's policy does. */
export function grant(iam: IamService, roleName: string, Action: string, Resource: string): void {
  void iam.resources['AWS::IAM::Policy']!({
    stack: 'Shop',
    logicalId: 'Policy',
    type: 'AWS::IAM::Policy',
    properties: { Roles: [roleName], PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] } },
    assets: new Map(),
  });
}
