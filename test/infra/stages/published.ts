import { expect, test } from 'vitest';
import type { Assembly, Template } from '../support/assembly.ts';

/** How a stage meets the world. @param atDomain an API at a domain */
export function published(prod: () => Assembly, dev: () => Assembly, atDomain: () => Template): void {
  test('The API of prod is behind a web ACL with the rules of AWS and a rate by address, and that of dev is not', () => {
    const [acl, ...others] = prod().all('AWS::WAFv2::WebACL');
    const [association] = prod().all('AWS::WAFv2::WebACLAssociation');
    expect(others).toEqual([]);
    expect(prod().target(association!.properties.WebACLArn)).toBe(acl!.id);
    expect(JSON.stringify(association!.properties.ResourceArn)).toContain('/stages/');
    const rules = acl!.properties.Rules as { Name: string; Statement: Record<string, object>; Action?: object }[];
    expect(rules.map(({ Name }) => Name)).toEqual([
      'RatePerAddress',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
    expect(rules[0]).toMatchObject({
      Action: { Block: {} },
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 10_000, EvaluationWindowSec: 300 } },
    });
    expect(() => dev().all('AWS::WAFv2::WebACL')).toThrow('The templates have no AWS::WAFv2::WebACL');
  });

  test('An API at a domain takes TLS 1.2 with forward secrecy and 1.3, and answers at no other name', () => {
    const resources = Object.values(atDomain().Resources);
    const of = (type: string) => resources.find(({ Type }) => Type === type)!.Properties;
    expect(of('AWS::ApiGateway::DomainName')).toMatchObject({
      DomainName: 'api.example.com',
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    expect(of('AWS::ApiGateway::BasePathMapping')).toMatchObject({ Stage: expect.anything() });
    expect(of('AWS::ApiGateway::RestApi')).toMatchObject({ DisableExecuteApiEndpoint: true });
  });
}
