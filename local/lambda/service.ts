import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { namedArn } from '../arn.ts';
import {
  AwsError,
  type Deliver,
  type EndpointAnswer,
  type EndpointRequest,
  type FunctionInvoker,
  type InvocationResult,
  type JsonObject,
  type ServiceContext,
} from '../contracts.ts';
import { deliveryPermissions } from '../deliver.ts';
import type { IamService } from '../iam/service.ts';
import { LogFile } from '../log-file.ts';
import { filledText, present } from '../properties.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Permission, Receiver, RestCall, Service } from '../service.ts';
import { AsyncInvocations } from './async-invocations.ts';
import { FunctionCatalogue } from './catalogue.ts';
import { environmentOf } from './environment.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { functionNameOf } from './function-name.ts';
import { IdleCpu } from './idle-cpu.ts';
import { LogTails } from './log-tails.ts';
import { answerOf, notJson, refuseRequest } from './payload.ts';
import { FunctionPool, type PooledOutcome } from './pool.ts';
import { reportLines } from './report.ts';
import { lambdaResources } from './resources.ts';
import { type InvocationWithLog, lambdaCall } from './rest.ts';
import { workersFromEnvironment } from './workers.ts';

export interface LambdaOptions {
  /** The endpoint that functions find in AWS_ENDPOINT_URL. */
  readonly endpointUrl: string;
  /** Answers what SDK clients in functions ask of that endpoint, without HTTP; never rejects. @default they send HTTP */
  readonly callEndpoint?: (request: EndpointRequest) => Promise<EndpointAnswer>;
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

interface DefinedFunction {
  readonly definition: FunctionDefinition;
  readonly pool: FunctionPool;
  readonly log: LogFile;
}

/** AWS Lambda: every execution environment is a worker thread of this process. Versions all run the one bundle. */
export class LambdaService implements Service, FunctionInvoker {
  readonly name = 'lambda';
  readonly meters = ['lambda.invocations', 'lambda.billedMs', 'lambda.gbSeconds', 'lambda.coldStarts'];
  readonly resources: ResourceTypes;
  readonly receiver: Receiver = { kind: 'a function', deliver: (arn, payload) => this.#deliver(arn, payload) };
  readonly #context: ServiceContext;
  readonly #options: LambdaOptions;
  readonly #hasIdleCpu: () => boolean;
  readonly #functions = new Map<string, DefinedFunction>();
  readonly #catalogue = new FunctionCatalogue();
  readonly #async: AsyncInvocations;
  readonly #tails = new LogTails();

  constructor(context: ServiceContext, options: LambdaOptions) {
    this.#context = context;
    this.#options = options;
    const cpu = new IdleCpu();
    this.#hasIdleCpu = options.hasIdleCpu ?? (() => cpu.isIdle());
    mkdirSync(options.logDir, { recursive: true });
    this.#async = new AsyncInvocations(context, {
      targetOf: (name) => {
        const { arn, deadLetterArn } = this.#find(name).definition;
        return { arn, config: this.#catalogue.asyncConfigOf(name), ...present({ deadLetterArn }) };
      },
      invoke: (name, payload, requestId) => this.#invoke(this.#find(name), payload, requestId),
      deliver: async (functionArn, arn, content) => {
        options.iam.authoriseFunction(functionArn, deliveryPermissions(arn));
        await options.deliver(arn, content);
      },
    });
    this.resources = lambdaResources(
      {
        define: (definition, roleArn) => {
          options.iam.addFunction(definition.functionName, roleArn);
          this.define(definition, roleArn);
        },
        publish: (arn) => this.#catalogue.publish(functionNameOf(arn)),
        addAlias: (arn, alias) => this.#catalogue.addAlias(functionNameOf(arn), alias),
        configureAsync: (arn, config) => this.#catalogue.configureAsync(functionNameOf(arn), config),
      },
      context,
    );
  }

  define(definition: FunctionDefinition, roleArn = ''): void {
    const { functionName } = definition;
    if (this.#functions.has(functionName)) throw new Error(`The function ${functionName} is defined twice.`);
    const { endpointUrl, callEndpoint, logDir, iam, onLog = () => {} } = this.#options;
    const log = new LogFile(path.join(logDir, `${functionName}.log`), this.#context.warn);
    const pool = new FunctionPool(definition, {
      clock: this.#context.clock,
      softCap: this.#options.workersPerFunction ?? workersFromEnvironment(),
      instanceEnvironment: () => ({
        env: environmentOf(definition, {
          region: this.#context.region,
          endpointUrl,
          credentials: iam.credentialsFor(functionName),
        }),
        endpoint: { url: endpointUrl, ...present({ answer: callEndpoint }) },
      }),
      onLog: (text, requestId) => {
        log.append(text);
        this.#tails.add(text, requestId);
        onLog(text);
      },
      hasIdleCpu: this.#hasIdleCpu,
    });
    this.#functions.set(functionName, { definition, pool, log });
    this.#catalogue.add(definition, roleArn);
  }

  /**
   * Runs the function and waits for its answer (invocation type RequestResponse).
   * @param payload JSON text of at most 6 MB.
   * @throws AwsError `ResourceNotFoundException`, `TooManyRequestsException`, `RequestTooLargeException` or
   * `InvalidRequestContentException`; a failure of the function itself is an answer with `functionError`.
   */
  async invoke(functionNameOrArn: string, payload: string): Promise<InvocationResult> {
    const called = this.#find(functionNameOrArn);
    refuseRequest(payload, 'RequestResponse');
    return this.#invoke(called, payload, this.#context.newId());
  }

  /**
   * Accepts an invocation of type Event: it is durable when this returns.
   * @throws AwsError as `invoke`, for what is refused at once
   */
  invokeLater(functionNameOrArn: string, payload: string): void {
    const { functionName } = this.#find(functionNameOrArn).definition;
    refuseRequest(payload, 'Event');
    this.#async.accept(functionName, payload, this.#context.newId());
    this.#measure(functionName, { AsyncEventsReceived: 1 });
  }

  async #invoke(called: DefinedFunction, payload: string, requestId: string): Promise<InvocationResult> {
    const { functionName } = called.definition;
    const outcome = await called.pool.invoke(requestId, payload).catch((error: unknown) => {
      if (error instanceof AwsError && error.status === 429) this.#measure(functionName, { Throttles: 1 });
      throw error;
    });
    if (outcome.kind === 'unparsable') {
      throw notJson();
    }
    this.#report(called, requestId, outcome);
    return answerOf(outcome);
  }

  async #invokeWithLog(functionNameOrArn: string, payload: string): Promise<InvocationWithLog> {
    const called = this.#find(functionNameOrArn);
    refuseRequest(payload, 'RequestResponse');
    const requestId = this.#context.newId();
    return this.#tails.during(requestId, () => this.#invoke(called, payload, requestId));
  }

  /** Lambda's API is REST. */
  rest(request: EndpointRequest): RestCall | undefined {
    return lambdaCall(request, {
      catalogue: this.#catalogue,
      nameOf: (nameOrArn) => this.#find(nameOrArn).definition.functionName,
      invoke: (name, payload) => this.invoke(name, payload),
      invokeWithLog: (name, payload) => this.#invokeWithLog(name, payload),
      invokeLater: (name, payload) => this.invokeLater(name, payload),
    });
  }

  permissions(operation: string, { FunctionName }: JsonObject): Permission[] {
    const named = filledText(FunctionName);
    return [
      {
        action: `lambda:${operation === 'Invoke' ? 'InvokeFunction' : operation}`,
        resource: named === undefined ? '*' : namedArn(this.#context, this.name, 'function:', named),
      },
    ];
  }

  /** Goes on with asynchronous invocations of an earlier process. */
  resume(): void {
    this.#async.resume();
  }

  /** Ends every worker at once; what was running or queued fails. */
  async close(): Promise<void> {
    this.#async.close();
    const functions = [...this.#functions.values()];
    await Promise.all(functions.map(({ pool }) => pool.close()));
    await Promise.all(functions.map(({ log }) => log.close()));
  }

  async #deliver(targetArn: string, event: string): Promise<void> {
    const { functionError, payload } = await this.invoke(targetArn, event);
    if (functionError) throw new Error(`The target ${targetArn} failed: ${payload}`);
  }

  #measure(functionName: string, values: Readonly<Record<string, number>>): void {
    const metric = { namespace: 'AWS/Lambda', dimensions: { FunctionName: functionName } };
    for (const [name, value] of Object.entries(values)) this.#context.metrics.put({ ...metric, name, value });
  }

  #find(nameOrArn: string): DefinedFunction {
    const found = this.#functions.get(nameOrArn) ?? this.#functions.get(functionNameOf(nameOrArn));
    if (found === undefined) throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404);
    return found;
  }

  #report(
    { definition: { functionName, memoryMb }, log }: DefinedFunction,
    requestId: string,
    { kind, durationMs, initMs }: PooledOutcome,
  ): void {
    const { meter } = this.#context;
    this.#measure(functionName, { Invocations: 1, Errors: kind === 'failed' ? 1 : 0, Duration: durationMs });
    const billedMs = Math.ceil(durationMs + (initMs ?? 0));
    meter.count('lambda.invocations', functionName);
    meter.count('lambda.billedMs', functionName, billedMs);
    meter.count('lambda.gbSeconds', functionName, (billedMs / 1000) * (memoryMb / 1024));
    if (initMs !== undefined) meter.count('lambda.coldStarts', functionName);
    const end = reportLines(requestId, { durationMs, billedMs, memoryMb, ...present({ initMs }) });
    log.append(end);
    this.#tails.add(end, requestId);
  }
}
