/** What a queue's consumer tells of dead letters: why a message becomes one, and that one which was resent is handled. */
import type { SQSRecord } from 'aws-lambda';
import { AwsJsonError, awsJson } from '../edge/aws-json.ts';
import {
  CLOSED_LETTERS,
  DEAD_LETTERS_TABLE,
  DONE_LETTERS_DAYS,
  expiryAfter,
  LETTER_ATTRIBUTE,
  MAX_RECEIVES_VARIABLE,
  NOTES_DAYS,
} from './tables.ts';

/** Of an error's message: names and ids, which are what the log has of it. */
const LONGEST_MESSAGE = 500;

/** Its SDK client would be the larger part of some bundles. */
const table = awsJson({ service: 'dynamodb', target: 'DynamoDB_20120810', version: '1.0', timeoutMs: 3_000 });

const resentLetterOf = ({ messageAttributes }: SQSRecord): string | undefined =>
  messageAttributes?.[LETTER_ATTRIBUTE]?.stringValue;

/**
 * Ends the letter of a message that was resent. It stays as it is for any other message, and for a letter that is kept no longer.
 * When it rejects, the message should come again: every consumer bears that.
 */
export async function noteHandled(record: SQSRecord, now: number): Promise<void> {
  const letterId = resentLetterOf(record);
  const tableName = process.env[DEAD_LETTERS_TABLE.variable];
  if (letterId === undefined || tableName === undefined) return;
  const at = new Date(now).toISOString();
  try {
    await table('UpdateItem', {
      TableName: tableName,
      Key: { [DEAD_LETTERS_TABLE.partitionKey]: { S: letterId } },
      UpdateExpression:
        'SET #state = :handled, #shelf = :closed, closedAt = :at, expiresAt = :expiresAt, history = list_append(history, :entry)',
      ConditionExpression: 'attribute_exists(filedAt) AND #state <> :handled',
      ExpressionAttributeNames: { '#state': 'state', '#shelf': DEAD_LETTERS_TABLE.indexes.byState.partitionKey },
      ExpressionAttributeValues: {
        ':handled': { S: 'handled' },
        ':closed': { S: CLOSED_LETTERS },
        ':at': { S: at },
        ':expiresAt': { N: String(expiryAfter(DONE_LETTERS_DAYS, now)) },
        ':entry': { L: [{ M: { what: { S: 'handled' }, at: { S: at } } }] },
      },
    });
  } catch (error) {
    if (!(error instanceof AwsJsonError) || error.name !== 'ConditionalCheckFailedException') throw error;
  }
}

/** Notes the error of a message whose queue does not hand it over again. */
export async function noteLastFailure(
  record: SQSRecord,
  { failure, attempt, now }: { readonly failure: unknown; readonly attempt: number; readonly now: number },
): Promise<void> {
  const tableName = process.env[DEAD_LETTERS_TABLE.variable];
  if (tableName === undefined || attempt < Number(process.env[MAX_RECEIVES_VARIABLE] ?? Number.POSITIVE_INFINITY)) {
    return;
  }
  const { name, message } = failure instanceof Error ? failure : { name: 'UnknownError', message: String(failure) };
  await table('UpdateItem', {
    TableName: tableName,
    Key: { [DEAD_LETTERS_TABLE.partitionKey]: { S: resentLetterOf(record) ?? record.messageId } },
    UpdateExpression:
      'SET #error = :name, errorMessage = :message, attempts = :attempts, failedAt = :at, expiresAt = if_not_exists(expiresAt, :expiresAt)',
    ExpressionAttributeNames: { '#error': 'error' },
    ExpressionAttributeValues: {
      ':name': { S: name },
      ':message': { S: message.slice(0, LONGEST_MESSAGE) },
      ':attempts': { N: String(attempt) },
      ':at': { S: new Date(now).toISOString() },
      ':expiresAt': { N: String(expiryAfter(NOTES_DAYS, now)) },
    },
  });
}
