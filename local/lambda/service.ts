import type { FunctionInvoker, InvocationResult, ServiceContext } from '../contracts.ts';
import type { FunctionCredentials, FunctionDefinition } from './function-definition.ts';

export interface LambdaOptions {
  /** The endpoint that functions find in AWS_ENDPOINT_URL; asked when a worker starts. */
  readonly endpointUrl: () => string;
  /** Where `<functionName>.log` files are written; made when it is missing. */
  readonly logDir: string;
  readonly credentialsFor: (functionName: string) => FunctionCredentials;
  readonly workersPerFunction?: number;
}

export class LambdaService implements FunctionInvoker {
  constructor(_ctx: ServiceContext, _options: LambdaOptions) {}
  define(_definition: FunctionDefinition): void {}
  /** Starts one worker of each function (or of those named), so that the first invocation finds it warm. */
  async warm(_functionNames?: readonly string[]): Promise<void> {}
  async invoke(_functionNameOrArn: string, _payload: string): Promise<InvocationResult> { throw new Error('in work'); }
  async close(): Promise<void> {}
}
