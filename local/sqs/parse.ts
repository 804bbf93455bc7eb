import type { z } from 'zod';
import { AwsError, type JsonObject } from '../contracts.ts';
import { failedEntry } from './answers.ts';

const MAX_ENTRIES = 10;

/** @throws AwsError for a request that does not fit its schema */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, input: JsonObject): z.output<Schema> {
  const result = schema.safeParse(input);
  if (!result.success) throw refusalOf(result.error);
  return result.data;
}

/**
 * Splits a batch into the entries that can be acted on and the answers for the others.
 * @throws AwsError for what is wrong with the batch as a whole
 */
export function parseEntries<Entry extends { Id: string }>(
  schema: z.ZodType<Entry>,
  entries: readonly { Id: string }[],
): { parsed: Entry[]; failed: JsonObject[] } {
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MAX_ENTRIES) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  if (!entries.every(({ Id }) => /^[\w-]{1,80}$/.test(Id))) {
    throw new AwsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores, 80 at most.',
    );
  }
  const parsed: Entry[] = [];
  const failed: JsonObject[] = [];
  for (const entry of entries) {
    const result = schema.safeParse(entry);
    if (result.success) {
      parsed.push(result.data);
    } else {
      const { code, message } = refusalOf(result.error);
      failed.push(failedEntry(entry.Id, code, message));
    }
  }
  return { parsed, failed };
}

function refusalOf(error: z.ZodError): AwsError {
  const issue = error.issues[0]!;
  const parameter = issue.path.join('.');
  if (parameter.endsWith('ReceiptHandle')) return new AwsError('ReceiptHandleIsInvalid', issue.message);
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return new AwsError('MissingParameter', `The request must contain the parameter ${parameter}.`);
  }
  return new AwsError('InvalidParameterValue', `Value for parameter ${parameter} is invalid. Reason: ${issue.message}`);
}
