import { mkdirSync } from 'node:fs';
import { namedArn } from '../arn.ts';
import {
  AwsError,
  type EndpointRequest,
  type FunctionInvoker,
  type InvocationResult,
  type JsonObject,
  type ServiceContext,
} from '../contracts.ts';
import { deliveryPermissions } from '../deliver.ts';
import { filledText, present } from '../properties.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Permission, Receiver, RestCall, Service } from '../service.ts';
import { AsyncInvocations } from './async-invocations.ts';
import { FunctionCatalogue } from './catalogue.ts';
import { type DeployedFunction, DeployedFunctions } from './deployed-functions.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { functionNameOf } from './function-name.ts';
import { LogTails } from './log-tails.ts';
import { lambdaOperation, lambdaOperations } from './operations.ts';
import type { LambdaOptions } from './options.ts';
import { answerOf, notJson, refuseRequest } from './payload.ts';
import type { PooledOutcome } from './pool.ts';
import { ingestedBytes, reportLines } from './report.ts';
import { type Functions, lambdaResources, updatesOf } from './resources.ts';
import { type InvocationWithLog, lambdaCall } from './rest.ts';

/** AWS Lambda: every execution environment is a worker thread of this process. Versions all run the one bundle. */
export class LambdaService implements Service, FunctionInvoker {
  readonly name = 'lambda';
  readonly meters = [
    'lambda.invocations',
    'lambda.billedMs',
    'lambda.gbSeconds',
    'lambda.coldStarts',
    // Not billed as they are: what a bill for another machine is made of.
    'lambda.durationMs',
    'lambda.processorMs',
    'lambda.logBytes',
  ];
  readonly operations = lambdaOperations;
  readonly resources: ResourceTypes;
  readonly updates: ResourceTypes;
  readonly receiver: Receiver = { kind: 'a function', deliver: (arn, payload) => this.#deliver(arn, payload) };
  readonly #context: ServiceContext;
  readonly #functions: DeployedFunctions;
  readonly #catalogue = new FunctionCatalogue();
  readonly #async: AsyncInvocations;
  readonly #tails = new LogTails();

  constructor(context: ServiceContext, options: LambdaOptions) {
    this.#context = context;
    mkdirSync(options.logDir, { recursive: true });
    const { iam, deliver, onLog = () => {} } = options;
    this.#functions = new DeployedFunctions(context, options, (text, requestId) => {
      this.#tails.add(text, requestId);
      onLog(text);
    });
    this.#async = new AsyncInvocations(context, {
      targetOf: (name) => {
        const { arn, deadLetterArn } = this.#functions.find(name).definition;
        return { arn, config: this.#catalogue.asyncConfigOf(name), ...present({ deadLetterArn }) };
      },
      invoke: (name, payload, requestId) => this.#invoke(this.#functions.find(name), payload, requestId),
      deliver: async (functionArn, arn, ...message) => {
        iam.authoriseFunction(functionArn, deliveryPermissions(arn));
        await deliver(arn, ...message);
      },
    });
    const functions: Functions = {
      define: (definition, roleArn) => {
        iam.addFunction(definition.functionName, roleArn);
        this.define(definition, roleArn);
      },
      publish: (arn) => this.#catalogue.publish(functionNameOf(arn)),
      addAlias: (arn, alias) => this.#catalogue.addAlias(functionNameOf(arn), alias),
      configureAsync: (arn, config) => this.#catalogue.configureAsync(functionNameOf(arn), config),
    };
    this.resources = lambdaResources(functions, context);
    this.updates = updatesOf({ ...functions, define: (...replacement) => this.#replace(...replacement) }, context);
  }

  define(definition: FunctionDefinition, roleArn = ''): void {
    this.#functions.define(definition);
    this.#catalogue.put(definition, roleArn);
  }

  #replace(definition: FunctionDefinition, roleArn: string): void {
    this.#functions.replace(definition);
    this.#catalogue.put(definition, roleArn);
  }

  /**
   * Runs the function and waits for its answer (invocation type RequestResponse).
   * @param payload JSON text of at most 6 MB.
   * @throws AwsError `ResourceNotFoundException`, `TooManyRequestsException`, `RequestTooLargeException` or
   * `InvalidRequestContentException`; a failure of the function itself is an answer with `functionError`.
   */
  async invoke(functionNameOrArn: string, payload: string): Promise<InvocationResult> {
    const called = this.#functions.find(functionNameOrArn);
    refuseRequest(payload, 'RequestResponse');
    return this.#invoke(called, payload, this.#context.newId());
  }

  /**
   * Accepts an invocation of type Event: it is durable when this returns.
   * @throws AwsError as `invoke`, for what is refused at once
   */
  invokeLater(functionNameOrArn: string, payload: string): void {
    const { functionName } = this.#functions.find(functionNameOrArn).definition;
    refuseRequest(payload, 'Event');
    this.#async.accept(functionName, payload, this.#context.newId());
    this.#measure(functionName, { AsyncEventsReceived: 1 });
  }

  async #invoke(called: DeployedFunction, payload: string, requestId: string): Promise<InvocationResult> {
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
    const called = this.#functions.find(functionNameOrArn);
    refuseRequest(payload, 'RequestResponse');
    const requestId = this.#context.newId();
    return this.#tails.during(requestId, () => this.#invoke(called, payload, requestId));
  }

  /** Lambda's API is REST; this is for callers inside the runtime. */
  handle(operation: string, input: JsonObject): Promise<JsonObject> {
    return lambdaOperation(operation, input, (request) => this.rest(request));
  }

  /** Lambda's API is REST. */
  rest(request: EndpointRequest): RestCall | undefined {
    return lambdaCall(request, {
      catalogue: this.#catalogue,
      nameOf: (nameOrArn) => this.#functions.find(nameOrArn).definition.functionName,
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
    await this.#functions.close();
  }

  async #deliver(targetArn: string, event: string): Promise<void> {
    const { functionError, payload } = await this.invoke(targetArn, event);
    if (functionError) throw new Error(`The target ${targetArn} failed: ${payload}`);
  }

  #measure(functionName: string, values: Readonly<Record<string, number>>): void {
    const metric = { namespace: 'AWS/Lambda', dimensions: { FunctionName: functionName } };
    for (const [name, value] of Object.entries(values)) this.#context.metrics.put({ ...metric, name, value });
  }

  #report(
    { definition: { functionName, memoryMb }, log }: DeployedFunction,
    requestId: string,
    { kind, durationMs, processorMs, initMs }: PooledOutcome,
  ): void {
    const { meter } = this.#context;
    this.#measure(functionName, { Invocations: 1, Errors: kind === 'failed' ? 1 : 0, Duration: durationMs });
    const billedMs = Math.ceil(durationMs + (initMs ?? 0));
    meter.count('lambda.invocations', functionName);
    meter.count('lambda.billedMs', functionName, billedMs);
    meter.count('lambda.gbSeconds', functionName, (billedMs / 1000) * (memoryMb / 1024));
    meter.count('lambda.durationMs', functionName, durationMs);
    meter.count('lambda.processorMs', functionName, processorMs);
    if (initMs !== undefined) meter.count('lambda.coldStarts', functionName);
    const end = reportLines(requestId, { durationMs, billedMs, memoryMb, ...present({ initMs }) });
    log.append(end);
    meter.count('lambda.logBytes', functionName, ingestedBytes(end));
    this.#tails.add(end, requestId);
  }
}
