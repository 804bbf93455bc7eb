import type { IResource } from 'aws-cdk-lib';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

/** AWS's rules, and those within them that only count: they would refuse what this API takes. */
const MANAGED: Readonly<Record<string, readonly string[]>> = {
  AWSManagedRulesAmazonIpReputationList: [],
  // Orders of many items are longer than 8 KB, and programs of shops need not say what they are.
  AWSManagedRulesCommonRuleSet: ['SizeRestrictions_BODY', 'NoUserAgent_HEADER'],
  AWSManagedRulesKnownBadInputsRuleSet: [],
};
const RATE_WINDOW_SECONDS = 300;

/**
 * What looks at every request before the API does: addresses with a bad name, known attacks, and addresses that send too much, whoever's token they have. What
 * callers may send is limited by the functions; this is for who has no token.
 * @param requestsPerAddress that an address may send in five minutes before it is refused for a while
 */
export function protect(stage: IResource & { readonly stageArn: string }, requestsPerAddress: number): void {
  const acl = new CfnWebACL(stage, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visible('WebAcl'),
    rules: [
      {
        name: 'RatePerAddress',
        priority: 0,
        action: { block: {} },
        statement: {
          rateBasedStatement: {
            aggregateKeyType: 'IP',
            limit: requestsPerAddress,
            evaluationWindowSec: RATE_WINDOW_SECONDS,
          },
        },
        visibilityConfig: visible('RatePerAddress'),
      },
      ...Object.entries(MANAGED).map(([name, counted], index) => ({
        name,
        priority: index + 1,
        overrideAction: { none: {} },
        statement: {
          managedRuleGroupStatement: {
            vendorName: 'AWS',
            name,
            ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
          },
        },
        visibilityConfig: visible(name),
      })),
    ],
  });
  associate(stage, acl, stage.stageArn);
}

const associate = (scope: Construct, acl: CfnWebACL, resourceArn: string): CfnWebACLAssociation =>
  new CfnWebACLAssociation(scope, 'WebAclAssociation', { webAclArn: acl.attrArn, resourceArn });

/** Samples of requests would have addresses and headers of people in them. */
const visible = (metricName: string) => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
});
