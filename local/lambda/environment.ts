import { basename, dirname, extname } from 'node:path';
import type { FunctionCredentials } from '../contracts.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** The values of variables that Lambda reserves. */
export interface ReservedValues {
  readonly region: string;
  readonly endpointUrl: string;
  readonly credentials: FunctionCredentials;
}

/**
 * The environment variables of a function: its own, and those that Lambda reserves, which win. Nothing of the
 * runtime's own environment leaks in.
 */
export function environmentOf(
  definition: FunctionDefinition,
  { region, endpointUrl, credentials }: ReservedValues,
): Record<string, string> {
  const { functionName, handlerFile, handlerExport, memoryMb, environment } = definition;
  return {
    ...environment,
    _HANDLER: `${basename(handlerFile, extname(handlerFile))}.${handlerExport}`,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
    AWS_ENDPOINT_URL: endpointUrl,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: dirname(handlerFile),
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
  };
}
