import { Aspects, Aws, CfnCondition, CfnOutput, Fn, type IAspect, Stack } from 'aws-cdk-lib';
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
  readonly #own: CfnTopic;
  readonly #given: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const email = optionalParameter(this, 'AlarmEmail', {
      description: 'Address that alarms are sent to, which AWS first asks to confirm',
      allowed: '[^@\\s]+@[^@\\s]+',
      shape: 'an e-mail address',
    });
    this.#given = optionalParameter(this, GIVEN, {
      description: 'An existing SNS topic for alarms, which CloudWatch may publish to; none: a topic of our own',
      allowed: 'arn:[^:]+:sns:[^:]+:[0-9]+:[^:]+',
      shape: 'the ARN of a topic',
    });
    const ofOurOwn = this.#isOurOwn(Stack.of(this));
    const toAnAddress = new CfnCondition(this, 'AlarmsByEmail', {
      expression: Fn.conditionAnd(ofOurOwn, Fn.conditionNot(Fn.conditionEquals(email, NONE))),
    });
    // It is always there: other stacks import it, and what they import may neither go nor change while they do.
    this.#own = new CfnTopic(this, 'Alarms', { displayName: 'Waybill' });
    policyOf(this, this.#own);
    new CfnSubscription(this, 'AlarmEmailSubscription', {
      topicArn: this.#own.ref,
      protocol: 'email',
      endpoint: email,
    }).cfnOptions.condition = toAnAddress;
    this.#keepFormerExport(ofOurOwn);
    Aspects.of(this.node.root).add(this);
  }

  visit(construct: IConstruct): void {
    if (construct instanceof SilentAlarm) return;
    if (!(construct instanceof Alarm || construct instanceof CompositeAlarm)) return;
    // Each stack chooses by itself, so that another deployment may choose otherwise.
    const { logicalId } = this.#isOurOwn(Stack.of(construct));
    const alarmActionArn = Fn.conditionIf(logicalId, this.#own.ref, this.#given).toString();
    const action = { bind: () => ({ alarmActionArn }) };
    construct.addAlarmAction(action);
    construct.addOkAction(action);
  }

  /** A condition holds in its own stack only. */
  #isOurOwn(stack: Stack): CfnCondition {
    const known = stack.node.tryFindChild(OWN) as CfnCondition | undefined;
    return known ?? new CfnCondition(stack, OWN, { expression: Fn.conditionEquals(this.#given, NONE) });
  }

  /**
   * What stacks imported before 28 November 2026: CloudFormation refuses to take it away until each has been updated once. Nothing imports it any more;
   * it goes with the release after the next.
   */
  #keepFormerExport(ofOurOwn: CfnCondition): void {
    const exported = { exportName: `${environmentOf(this).prefix}-AlarmTopicArn` };
    new CfnOutput(this, 'AlarmsOutput', { value: this.#own.ref, condition: ofOurOwn, ...exported });
    const byArn = new CfnCondition(this, 'GivenAlarmTopic', { expression: Fn.conditionNot(ofOurOwn) });
    new CfnOutput(this, 'GivenAlarmsOutput', { value: this.#given, condition: byArn, ...exported });
  }
}

const GIVEN = 'AlarmTopicArn';
const OWN = 'OwnAlarmTopic';

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
