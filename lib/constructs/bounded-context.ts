import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { needsToken, type Route } from '../../functions/shared/http/route.ts';
import type { FunctionName } from '../functions.ts';
import type { Endpoint } from './api.ts';
import { Group } from './group.ts';
import type { Partner } from './partner.ts';
import type { Platform } from './platform.ts';
import type { Probe } from './probe.ts';
import type { Steps } from './saga.ts';
import { WaybillFunction, type WaybillFunctionProps } from './waybill-function.ts';
import { type TableShape, WaybillTable, type WaybillTableProps } from './waybill-table.ts';

/**
 * A bounded context with everything that it owns. Its tables are in the stack that is kept. Its saga steps are with the sagas
 * that invoke them: a context can then use what sagas and functions share, and no two stacks need each other. Everything else is
 * in the stack that the context is made in. What it offers to the others it says in its endpoints, steps and probes.
 */
export abstract class BoundedContext extends Group {
  readonly endpoints: Endpoint[] = [];
  /** For sagas, by the name of the state that invokes each. */
  readonly steps: Steps = {};
  /** What the health check looks at. */
  readonly probes: Probe[] = [];
  /** Those whose calls this context makes. */
  readonly partners: Partner[] = [];
  protected readonly platform: Platform;
  /** In the stack of the sagas, for its steps and for what they alone use, such as a partner. */
  protected readonly withSagas: Group;
  readonly #data: Group;

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    this.platform = platform;
    this.withSagas = new Group(platform, id);
    this.#data = new Group(platform.data, id);
  }

  protected table(id: string, shape: TableShape, props?: WaybillTableProps): WaybillTable {
    return new WaybillTable(this.#data, id, shape, props);
  }

  protected function(name: FunctionName, props: WaybillFunctionProps): WaybillFunction {
    return new WaybillFunction(this, name, props);
  }

  /** A step of a saga: it records what it did in the order's stream. */
  protected step(name: FunctionName): WaybillFunction {
    // Below the timeout of its state, so that a late step is known to have ended.
    const step = new WaybillFunction(this.withSagas, name, { timeout: Duration.seconds(12) });
    this.platform.eventLog.grantAppend(step);
    this.steps[step.node.id] = step;
    return step;
  }

  /**
   * The function that answers an endpoint, with what its route asks for.
   * @param scope where it is made, when another stack has more room. @default this context
   */
  protected endpoint(route: Route, scope: Construct = this): WaybillFunction {
    const isAudited = route.callers !== 'anyone' && route.callers.operators !== undefined;
    const handler = new WaybillFunction(scope, route.function, { timeout: Duration.seconds(10), isAudited });
    if (needsToken(route)) this.platform.rateLimiter.grantTake(handler);
    if (route.idempotency === true) this.platform.idempotencyRecords.grantKeep(handler);
    this.endpoints.push({ route, handler });
    return handler;
  }
}
