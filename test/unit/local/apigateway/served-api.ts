import type { MethodDefinition, RestApiDefinition } from '../../../../local/apigateway/api-definition.ts';
import { ApiGatewayService } from '../../../../local/apigateway/service.ts';
import type { FunctionInvoker, InvocationResult, JsonObject } from '../../../../local/contracts.ts';
import { type TestContext, testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

/** A function as a test writes it: its answer, or what it throws, for an event. */
export type FakeFunction = (event: JsonObject) => unknown;

export interface ServedApi {
  readonly url: string;
  readonly port: number;
  readonly ctx: TestContext;
  readonly clock: VirtualClock;
  /** The events that functions got, in order. */
  readonly events: JsonObject[];
  close(): Promise<void>;
}

export const ok = (body: unknown = {}): JsonObject => ({ statusCode: 200, body: JSON.stringify(body) });

/** A throwing function fails as in Lambda, with the error's name and message. */
export function fakeInvoker(
  functions: Readonly<Record<string, FakeFunction>>,
  events: JsonObject[] = [],
): FunctionInvoker {
  return {
    invoke: async (arn, payload): Promise<InvocationResult> => {
      const event = JSON.parse(payload) as JsonObject;
      events.push(event);
      try {
        return {
          statusCode: 200,
          executedVersion: '$LATEST',
          payload: JSON.stringify(await functions[arn]!(event)) ?? 'null',
        };
      } catch (error) {
        if ((error as Error).name === 'AwsError') throw error;
        const { name, message } = error as Error;
        return {
          statusCode: 200,
          executedVersion: '$LATEST',
          functionError: 'Unhandled',
          payload: JSON.stringify({ errorType: name, errorMessage: message }),
        };
      }
    },
  };
}

/** An API whose resources are made from paths: `{'GET /orders/{id}': {...}}`. The function `main` answers unless told otherwise. */
export async function serve(
  methods: Readonly<Record<string, Partial<MethodDefinition>>>,
  functions: Readonly<Record<string, FakeFunction>> | FakeFunction = () => ok(),
  over: Partial<RestApiDefinition> = {},
): Promise<ServedApi> {
  const resources = new Map<string, RestApiDefinition['resources'][number]>();
  const definitions = Object.entries(methods).map(([route, method]): MethodDefinition => {
    const [httpMethod, path] = route.split(' ') as [string, string];
    let parentId = 'root';
    for (const pathPart of path.split('/').filter((part) => part !== '')) {
      const id = `${parentId}/${pathPart}`;
      resources.set(id, { id, parentId, pathPart });
      parentId = id;
    }
    return { resourceId: parentId, httpMethod, integration: { type: 'AWS_PROXY', functionArn: 'main' }, ...method };
  });
  const clock = new VirtualClock();
  const ctx = testContext(clock);
  const events: JsonObject[] = [];
  const invoker = fakeInvoker(typeof functions === 'function' ? { main: functions } : functions, events);
  const gateway = new ApiGatewayService(ctx, { invoker });
  gateway.define({
    id: 'api1',
    name: 'Test',
    rootResourceId: 'root',
    stageName: 'live',
    resources: [...resources.values()],
    methods: definitions,
    ...over,
  });
  const { url } = await gateway.listen(0);
  return { url, port: Number(new URL(url).port), ctx, clock, events, close: () => gateway.close() };
}
