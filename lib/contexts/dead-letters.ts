import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { DEAD_LETTERS_WAITING } from '../../functions/dead-letters/adapters/metrics.ts';
import { DEAD_LETTER_ROUTES } from '../../functions/dead-letters/routes.ts';
import { alarm } from '../constructs/alarms.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import { grant } from '../constructs/grant.ts';
import type { Platform } from '../constructs/platform.ts';
import { Schedule } from '../constructs/schedule.ts';
import type { WaybillFunction } from '../constructs/waybill-function.ts';
import { environmentOf } from '../stages/environment.ts';

const EVERY = Duration.minutes(1);
/** The input of a rule has 8,192 characters at most, and a queue takes up to 350. */
const QUEUES_OF_A_CALL = 16;

type OperationId = (typeof DEAD_LETTER_ROUTES)[number]['operationId'];

/** What could not be handled, filed for people. It is made after all contexts, because it empties the dead-letter queues of each. */
export class DeadLetters extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, platform);
    const { table } = platform.deadLetters;
    const file = this.function('dead-letters/file-dead-letters', { timeout: Duration.seconds(30) });
    table.grantTo(file, 'GetItem', 'UpdateItem');
    table.grantIndexTo(file, 'byState', 'Query');
    // All but that of its own schedule, which is made last and has an alarm as each has.
    const queues = this.node.root.node.findAll().filter((each) => each instanceof DeadLetterQueue);
    for (const { queueArn } of queues) {
      grant(file, { actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], on: queueArn }, {});
    }
    new Schedule(this, 'DeadLetterFiling', {
      every: EVERY,
      handler: file,
      severity: 'critical',
      inputs: callsFor(queues),
    });
    alarm(this, 'LettersWaiting', {
      metric: new Metric({
        namespace: environmentOf(this).metricsNamespace,
        metricName: DEAD_LETTERS_WAITING.name,
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(5),
      }),
      threshold: 1,
      severity: 'critical',
      description: 'Dead letters wait for a person: what should follow from them does not happen.',
      runbook: 'dead-letter-queue',
    });
    this.#answering(queues);
  }

  #answering(queues: readonly DeadLetterQueue[]): void {
    const { table } = this.platform.deadLetters;
    const resending = (handler: WaybillFunction) => {
      table.grantTo(handler, 'GetItem', 'UpdateItem');
      for (const { destination } of queues) {
        if (destination) grant(handler, { actions: ['sqs:SendMessage'], on: destination.queueArn }, {});
      }
    };
    const granted: Readonly<Record<OperationId, (handler: WaybillFunction) => void>> = {
      listDeadLetters: (handler) => table.grantIndexTo(handler, 'byState', 'Query'),
      getDeadLetter: (handler) => table.grantTo(handler, 'GetItem'),
      resendDeadLetter: resending,
      dismissDeadLetter: (handler) => table.grantTo(handler, 'GetItem', 'UpdateItem'),
      resendDeadLetters: (handler) => {
        resending(handler);
        table.grantIndexTo(handler, 'byState', 'Query');
      },
    };
    for (const route of DEAD_LETTER_ROUTES) granted[route.operationId](this.endpoint(route));
  }
}

function callsFor(all: readonly DeadLetterQueue[]): RuleTargetInput[] {
  const queues = all.map(({ of: name, kind, queueArn: arn, destination }) => ({
    name,
    kind,
    arn,
    ...(destination ? { destination: destination.queueArn } : {}),
  }));
  return Array.from({ length: Math.ceil(queues.length / QUEUES_OF_A_CALL) }, (_, call) =>
    RuleTargetInput.fromObject({ queues: queues.slice(call * QUEUES_OF_A_CALL, (call + 1) * QUEUES_OF_A_CALL) }),
  );
}
