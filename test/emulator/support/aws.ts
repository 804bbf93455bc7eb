/** What is on an emulator, asked by AWS's own protocols. */
import { ListQueuesCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsJson } from '../../../functions/shared/edge/aws-json.ts';
import { operatorClientConfig, operatorEnvironment } from '../../../launch/clients/operator.ts';

const TIMEOUT_MS = 30_000;

/** Without logs: a function that still runs while it is deleted writes its log anew. Lists by service, target prefix and operation, with the field of the answer that has the list. */
const LISTS = [
  ['dynamodb', 'DynamoDB_20120810', 'ListTables', 'TableNames'],
  ['states', 'AWSStepFunctions', 'ListStateMachines', 'stateMachines'],
  ['secretsmanager', 'secretsmanager', 'ListSecrets', 'SecretList'],
  ['events', 'AWSEvents', 'ListRules', 'Rules'],
  ['sqs', 'AmazonSQS', 'ListQueues', 'QueueUrls'],
] as const;

/**
 * Messages whose function is ended while it handles them come again after so many seconds, instead of after six times the function's timeout.
 * The functions still have their time: what comes twice does nothing twice.
 */
export async function bringBackMessagesAfter(endpoint: string, seconds: number): Promise<void> {
  const client = new SQSClient(operatorClientConfig(endpoint));
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  const Attributes = { VisibilityTimeout: String(seconds) };
  for (const QueueUrl of QueueUrls) await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  client.destroy();
}

/** What each service has, as text; services that have nothing are left out. */
export async function resourcesAt(endpoint: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const entries = await Promise.all(
    LISTS.map(async ([service, target, operation, field]) => {
      const call = awsJson({ service, target, timeoutMs: TIMEOUT_MS, environment: operatorEnvironment(endpoint) });
      const answer = (await call(operation, {})) as Readonly<Record<string, readonly unknown[] | undefined>>;
      return [service, (answer[field] ?? []).map((each) => JSON.stringify(each))] as const;
    }),
  );
  return Object.fromEntries(entries.filter(([, found]) => found.length > 0));
}

/** Makes a stack. @returns what is wrong with it in the emulator's words; undefined when nothing is */
export async function createStack(endpoint: string, name: string, template: unknown): Promise<string | undefined> {
  const body = new URLSearchParams({
    Action: 'CreateStack',
    Version: '2010-05-15',
    StackName: name,
    TemplateBody: JSON.stringify(template),
  });
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/cloudformation/aws4_request, SignedHeaders=host, Signature=0',
    },
    body,
  });
  const text = await answer.text();
  return answer.ok ? undefined : text;
}
