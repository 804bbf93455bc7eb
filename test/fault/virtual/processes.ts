/** The platform's processes in one life: functions and Step Functions, over what outlives them. */
import type { Timers, Waits } from '../../../functions/recovery/application/ports.ts';
import type { ConfigurationSource } from '../../../functions/shared/configuration/port.ts';
import type { PartnerStore } from '../../../functions/shared/outbound/ports.ts';
import type { ServiceContext } from '../../../local/contracts.ts';
import type { StatesService } from '../../../local/states/service.ts';
import type { InMemoryInventory } from '../../support/fakes/in-memory-inventory.ts';
import { InMemorySnapshots } from '../../support/fakes/in-memory-snapshots.ts';
import type { InMemoryStock } from '../../support/fakes/in-memory-stock.ts';
import type { Random } from '../random.ts';
import type { VirtualBus } from './bus.ts';
import type { VirtualDatabase } from './database.ts';
import { sagasOn, startEngine } from './engine.ts';
import { type Consumers, consumersOf, stepInvoker } from './functions.ts';
import { Life } from './life.ts';
import type { PublishingLog } from './log.ts';
import type { VirtualPartner } from './partner.ts';
import { recoveryOn, SILENT, tokensOf } from './recovery.ts';
import type { VirtualTime } from './time.ts';
import { waysToPartners } from './ways-to-partners.ts';

/** What outlives the processes. */
export interface Lasting {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly newId: () => string;
  readonly configuration: ConfigurationSource;
  readonly database: VirtualDatabase;
  readonly bus: VirtualBus;
  readonly log: PublishingLog;
  readonly inventory: InMemoryInventory;
  readonly stock: InMemoryStock;
  readonly partners: PartnerStore;
  readonly waits: Waits;
  readonly timers: Timers;
  readonly gateway: VirtualPartner;
  readonly carrier: VirtualPartner;
  /** With the store of the runtime. */
  readonly context: ServiceContext;
}

export interface Processes {
  readonly states: StatesService;
  readonly consumers: Consumers;
  kill(): void;
}

export function startProcesses(lasting: Lasting): Processes {
  const { time, random, newId, database, bus, configuration, gateway, carrier } = lasting;
  const life = new Life();
  const reach = <Port extends object>(port: Port): Port => database.behind(port, life);
  const store = reach(lasting.partners);
  const common = {
    log: reach(lasting.log),
    inventory: reach(lasting.inventory),
    stock: reach(lasting.stock),
    snapshots: reach(new InMemorySnapshots()),
    ...waysToPartners({ time, random, newId, life, configuration, store, gateway, carrier }),
    now: time.now,
  };
  const recovery = recoveryOn({
    ...common,
    waits: reach(lasting.waits),
    timers: reach(lasting.timers),
    keeper: bus.keeper,
    store,
    configuration,
    newId,
  });
  const deps = { ...common, ...recovery, configuration };
  const steps = stepInvoker(deps, time);
  const invoker = { invoke: (arn: string, payload: string) => life.call(() => steps.invoke(arn, payload)) };
  const states = startEngine(lasting.context, invoker, random);
  const limits = async () => ({});
  const keeping = { ...deps, tokens: tokensOf(states), limits, monitor: SILENT };
  return {
    states,
    consumers: consumersOf(keeping, sagasOn(states), bus.putOff),
    kill() {
      life.end();
      states.close();
    },
  };
}
