/** The platform's processes in one life: functions and Step Functions, over what outlives them. */
import { HttpPaymentGateway } from '../../../functions/payments/adapters/http-payment-gateway.ts';
import type { HttpExchange } from '../../../functions/shared/outbound/http-exchange.ts';
import { HttpCarrier } from '../../../functions/shipping/adapters/http-carrier.ts';
import type { ServiceContext } from '../../../local/contracts.ts';
import type { StatesService } from '../../../local/states/service.ts';
import type { InMemoryInventory } from '../../support/fakes/in-memory-inventory.ts';
import { InMemorySnapshots } from '../../support/fakes/in-memory-snapshots.ts';
import type { Random } from '../random.ts';
import type { VirtualDatabase } from './database.ts';
import { sagasOn, startEngine } from './engine.ts';
import { type Consumers, consumersOf, stepInvoker } from './functions.ts';
import { Life } from './life.ts';
import type { PublishingLog } from './log.ts';
import type { VirtualPartner } from './partner.ts';
import type { VirtualTime } from './time.ts';

const PARTNER_TIMEOUT_MS = 2_000;

/** What outlives the processes. */
export interface Surroundings {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly database: VirtualDatabase;
  readonly log: PublishingLog;
  readonly inventory: InMemoryInventory;
  readonly gateway: VirtualPartner;
  readonly carrier: VirtualPartner;
  /** With the store of the runtime. */
  readonly context: ServiceContext;
  /** Puts a message that is being handled off. */
  readonly putOff: (receipt: string, seconds: number) => Promise<void>;
}

export interface Processes {
  readonly states: StatesService;
  readonly consumers: Consumers;
  kill(): void;
}

export function startProcesses(around: Surroundings): Processes {
  const { time, database, random } = around;
  const life = new Life();
  const over =
    (partner: VirtualPartner): HttpExchange =>
    (request) =>
      life.call(() => partner.exchange(request));
  const partnerAt = (baseUrl: string, partner: VirtualPartner) => ({
    baseUrl,
    timeoutMs: PARTNER_TIMEOUT_MS,
    exchange: over(partner),
  });
  const deps = {
    log: database.behind(around.log, life),
    inventory: database.behind(around.inventory, life),
    snapshots: database.behind(new InMemorySnapshots(), life),
    gateway: new HttpPaymentGateway(partnerAt('http://gateway', around.gateway)),
    carrier: new HttpCarrier(partnerAt('http://carrier', around.carrier)),
    now: time.now,
  };
  const steps = stepInvoker(deps, time);
  const states = startEngine(
    around.context,
    { invoke: (arn, payload) => life.call(() => steps.invoke(arn, payload)) },
    random,
  );
  return {
    states,
    consumers: consumersOf(deps, sagasOn(states), around.putOff),
    kill() {
      life.end();
      states.close();
    },
  };
}
