import type { FoundExecution } from '../application/execution-ports.ts';

/** The hosts of AWS's console by partition; the region comes before them. */
const CONSOLES: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

export const executionsPath = (orderId: string): string => `/api/v1/orders/${orderId}/executions`;

/** Where Step Functions' own console shows an execution; undefined for a partition whose console is not known. */
export function consoleLink({ arn }: Pick<FoundExecution, 'arn'>): string | undefined {
  const [, partition = '', , region] = arn.split(':');
  const host = CONSOLES[partition];
  return (
    host && `https://${region}.${host}/states/home?region=${region}#/v2/executions/details/${encodeURIComponent(arn)}`
  );
}
