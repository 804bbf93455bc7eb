import { Aspects, Aws, CfnCondition, CfnOutput, type CfnResource, Fn, type IAspect, Stack } from 'aws-cdk-lib';
import { Alarm, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import type { Construct, IConstruct } from 'constructs';
import { environmentOf } from '../stages/environment.ts';
import { SilentAlarm } from './alarms.ts';
import { Group } from './group.ts';
import { NONE, optionalParameter } from './parameters.ts';

/**
 * Where alarms reach people: every alarm of the app tells this topic when it goes off and when it is over. It is a topic of
 * our own, with a subscription when the deployment says to whom; or one that the account already has.
 */
export class AlarmTopic extends Group implements IAspect {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const email = optionalParameter(this, 'AlarmEmail', {
      description: 'Address that alarms are sent to, which AWS first asks to confirm',
      allowed: '[^@\\s]+@[^@\\s]+',
      shape: 'an e-mail address',
    });
    const given = optionalParameter(this, 'AlarmTopicArn', {
      description: 'An existing SNS topic for alarms, which CloudWatch may publish to; none: a topic of our own',
      allowed: 'arn:[^:]+:sns:[^:]+:[0-9]+:[^:]+',
      shape: 'the ARN of a topic',
    });
    const ofOurOwn = new CfnCondition(this, 'OwnAlarmTopic', { expression: Fn.conditionEquals(given, NONE) });
    const toAnAddress = new CfnCondition(this, 'AlarmsByEmail', {
      expression: Fn.conditionAnd(ofOurOwn, Fn.conditionNot(Fn.conditionEquals(email, NONE))),
    });
    const topic = when(ofOurOwn, new CfnTopic(this, 'Alarms', { displayName: 'Waybill' }));
    when(ofOurOwn, policyOf(this, topic));
    when(
      toAnAddress,
      new CfnSubscription(this, 'AlarmEmailSubscription', { topicArn: topic.ref, protocol: 'email', endpoint: email }),
    );
    this.arn = Fn.conditionIf(ofOurOwn.logicalId, topic.ref, given).toString();
    // One output with both would refer to a topic that may not be there.
    const exported = { exportName: exportNameIn(this) };
    new CfnOutput(this, 'AlarmsOutput', { value: topic.ref, condition: ofOurOwn, ...exported });
    const byArn = new CfnCondition(this, 'GivenAlarmTopic', { expression: Fn.conditionNot(ofOurOwn) });
    new CfnOutput(this, 'GivenAlarmsOutput', { value: given, condition: byArn, ...exported });
    Aspects.of(this.node.root).add(this);
  }

  visit(construct: IConstruct): void {
    if (construct instanceof SilentAlarm) return;
    if (!(construct instanceof Alarm || construct instanceof CompositeAlarm)) return;
    const [stack, own] = [Stack.of(construct), Stack.of(this)];
    // A condition holds in its own stack only: other stacks import what it leads to, and are deployed after it.
    const arn = stack === own ? this.arn : Fn.importValue(exportNameIn(this));
    if (stack !== own) stack.addStackDependency(own);
    const action = { bind: () => ({ alarmActionArn: arn }) };
    construct.addAlarmAction(action);
    construct.addOkAction(action);
  }
}

const exportNameIn = (scope: Construct): string => `${environmentOf(scope).prefix}-AlarmTopicArn`;

function when<Conditional extends CfnResource>(condition: CfnCondition, resource: Conditional): Conditional {
  resource.cfnOptions.condition = condition;
  return resource;
}

/** Alarms of this account publish, and nothing in plain text. */
const policyOf = (scope: Construct, topic: CfnTopic): CfnTopicPolicy =>
  new CfnTopicPolicy(scope, 'AlarmsPolicy', {
    topics: [topic.ref],
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: topic.ref,
          Condition: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sns:Publish',
          Resource: topic.ref,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  });
