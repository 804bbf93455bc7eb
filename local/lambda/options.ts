import type { Deliver, EndpointAnswer, EndpointRequest } from '../contracts.ts';
import type { IamService } from '../iam/service.ts';
import type { Shortcut } from '../shortcut.ts';

export interface LambdaOptions {
  /** The endpoint that functions find in AWS_ENDPOINT_URL. */
  readonly endpointUrl: string;
  /** Answers what SDK clients in functions ask of that endpoint, without HTTP; never rejects. @default they send HTTP */
  readonly callEndpoint?: (request: EndpointRequest) => Promise<EndpointAnswer>;
  /** What answers some of these requests in the threads of the functions. @default nothing */
  readonly shortcut?: () => Shortcut<unknown, never>;
  /** Where `<functionName>.log` files are written; made when it is missing. */
  readonly logDir: string;
  /** Gets what functions write, beside their log files. @default nobody */
  readonly onLog?: (text: string) => void;
  /** Gives each function the key of its role. */
  readonly iam: Pick<IamService, 'addFunction' | 'credentialsFor' | 'authoriseFunction'>;
  /** Delivers to the destinations of asynchronous invocations. */
  readonly deliver: Deliver;
  /**
   * Workers of a function without reserved concurrency; further invocations of it queue, first come first served.
   * @default the environment variable WAYBILL_LAMBDA_WORKERS, else 4
   */
  readonly workersPerFunction?: number;
  /** Whether another worker would find a processor. @default what this machine says of itself */
  readonly hasIdleCpu?: () => boolean;
}
