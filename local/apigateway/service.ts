import type { FunctionInvoker, ServiceContext } from '../contracts.ts';
import type { RestApiDefinition } from './api-definition.ts';

/** Amazon API Gateway REST APIs on node:http, without the stage in the path, as behind a custom domain name. */
export class ApiGateway {
  constructor(_ctx: ServiceContext, _services: { readonly invoker: FunctionInvoker }) {}
  /** @throws Error for what this runtime does not have. */
  define(_api: RestApiDefinition): void {}
  /** Serves the API (`apiId` is needed when there are several) on 127.0.0.1; port 0 takes a free one. @throws Error when the port is taken. */
  async listen(_port: number, _apiId?: string): Promise<{ readonly url: string }> { throw new Error('in work'); }
  /** Lets requests under way end, for two seconds at most. */
  async close(): Promise<void> {}
}
