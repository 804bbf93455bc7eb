/** The platform's processes in one life: functions and Step Functions, over what outlives them. */
import type { OrderLog } from '../../../functions/published/order-log.ts';
import type { Timers, Waits } from '../../../functions/recovery/application/ports.ts';
import type { ConfigurationSource } from '../../../functions/shared/configuration/port.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import type { PartnerStore } from '../../../functions/shared/outbound/ports.ts';
import type { ServiceContext } from '../../../local/contracts.ts';
import type { StatesService } from '../../../local/states/service.ts';
import type { InMemoryInventory } from '../../support/fakes/in-memory-inventory.ts';
import { InMemorySnapshots } from '../../support/fakes/in-memory-snapshots.ts';
import type { InMemoryStock } from '../../support/fakes/in-memory-stock.ts';
import type { Random } from '../random.ts';
import type { VirtualBus } from './bus.ts';
import type { VirtualDatabase } from './database.ts';
import { type EngineOptions, sagasOn, startEngine } from './engine.ts';
import { type Consumers, consumersOf, stepInvoker } from './functions.ts';
import { type Hooks, hooked, NO_HOOKS } from './hooks.ts';
import { Life } from './life.ts';
import type { VirtualPartner } from './partner.ts';
import { recoveryOn, SILENT, tokensOf } from './recovery.ts';
import type { VirtualTime } from './time.ts';
import { type VirtualChannel, waysToPartners } from './ways-to-partners.ts';

/** What outlives the processes. */
export interface Lasting {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly newId: () => string;
  readonly configuration: ConfigurationSource;
  readonly database: VirtualDatabase;
  readonly bus: VirtualBus;
  readonly log: OrderLog;
  readonly inventory: InMemoryInventory;
  readonly stock: InMemoryStock;
  readonly partners: PartnerStore;
  readonly waits: Waits;
  readonly timers: Timers;
  readonly gateway: VirtualPartner;
  readonly carrier: VirtualPartner;
  /** At which customers pay at checkout. @default none */
  readonly channels?: readonly VirtualChannel[];
  /** With the store of the runtime. */
  readonly context: ServiceContext;
  /** What checks the progress of an order when a person resumes it and nothing waits. @default nothing */
  readonly repair?: (states: StatesService) => (orderId: OrderId) => Promise<void>;
  /** @default definitions as they are deployed, and nobody is told of executions */
  readonly engine?: EngineOptions;
  /** @default nothing reaches in */
  readonly hooks?: Hooks;
}

/** What functions are made of. */
export type FunctionDeps = Parameters<typeof consumersOf>[0];

export interface Processes {
  readonly deps: FunctionDeps;
  readonly states: StatesService;
  readonly consumers: Consumers;
  kill(): void;
}

export function startProcesses(lasting: Lasting): Processes {
  const { time, random, newId, database, bus, configuration, channels = [], hooks = NO_HOOKS, ...partners } = lasting;
  const { gateway, carrier } = partners;
  const life = new Life();
  const reach = <Port extends object>(name: string, port: Port): Port =>
    hooked(name, database.behind(port, life), hooks);
  const store = reach('partners', lasting.partners);
  const log = reach('log', lasting.log);
  const ways = { time, random, newId, life, configuration, store, log, gateway, carrier, channels, hooks };
  const common = {
    log,
    inventory: reach('inventory', lasting.inventory),
    backorders: reach('backorders', lasting.inventory),
    stock: reach('stock', lasting.stock),
    snapshots: reach('snapshots', new InMemorySnapshots()),
    ...waysToPartners(ways),
    now: time.now,
  };
  const recovery = recoveryOn({
    ...common,
    waits: reach('waits', lasting.waits),
    timers: reach('timers', lasting.timers),
    keeper: bus.keeper,
    store,
    configuration,
    newId,
  });
  const deps = { ...common, ...recovery, configuration };
  const steps = stepInvoker(deps, time);
  const invoker = {
    invoke: (arn: string, payload: string) =>
      life.call(() => hooks.invoke(arn, payload, () => steps.invoke(arn, payload))),
  };
  const states = startEngine(lasting.context, invoker, random, lasting.engine ?? {});
  const limits = async () => ({});
  const repair = lasting.repair?.(states) ?? (async () => {});
  const keeping = { ...deps, tokens: tokensOf(states), limits, monitor: SILENT, repair };
  return {
    deps: keeping,
    states,
    consumers: consumersOf(keeping, sagasOn(states), { putOff: bus.putOff, hooks }),
    kill() {
      life.end();
      states.close();
    },
  };
}
