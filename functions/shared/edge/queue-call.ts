import { type AwsJsonCall, awsJson } from './aws-json.ts';

/** Carries out an operation of SQS. Its SDK client would be 36 KB of each bundle. */
export const queueCall = (timeoutMs = 3_000): AwsJsonCall =>
  awsJson({ service: 'sqs', target: 'AmazonSQS', version: '1.0', timeoutMs });
