import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { classify } from '../../shared/kernel/errors.ts';
import type { ShipmentId } from '../../shared/kernel/shipment-id.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { openTask } from '../../shared/saga-step/open-task.ts';
import { fact, recordFacts } from '../../shared/saga-step/record-fact.ts';
import { nextLook, parcelsUnderWay } from '../domain/parcels-under-way.ts';
import type { ParcelWatch, WatchedParcels } from './parcel-watch-ports.ts';
import type { Carrier } from './ports.ts';

export interface LookSettings {
  /** How long a carrier may tell nothing of a parcel before it is asked, each time. */
  readonly askAfterSeconds: number;
  /** How long nothing may be known of a parcel before it is a person's task. */
  readonly quietSeconds: number;
  readonly taskDueSeconds: number;
}

export interface LookDeps extends StepDeps {
  readonly carrier: Pick<Carrier, 'find'>;
  readonly watch: ParcelWatch;
  readonly settings: () => Promise<LookSettings>;
}

const STEP = 'LookAfterParcels';
/** Of one call; the others are for the next. */
const MOST_ORDERS = 50;
/** When the carrier is away. */
const AGAIN_AFTER_MS = 3_600_000;

/**
 * Asks carriers about parcels of which they tell nothing, and records what they have to tell, as if they had told it. A parcel of which nothing is known for too long becomes a
 * person's task. Safe to repeat.
 * @param until when it stops: milliseconds since the epoch
 * @throws what is no outage, of the first order that failed with it, after all others
 */
export async function lookAfterParcels(deps: LookDeps, until: number): Promise<void> {
  const faults: unknown[] = [];
  const settings = await deps.settings();
  for (const watched of await deps.watch.due(deps.now(), MOST_ORDERS)) {
    if (deps.now() >= until) break;
    try {
      await look(deps, watched, settings);
    } catch (error) {
      // It holds up nobody else's parcels.
      await deps.watch.keep({ ...watched, lookAt: deps.now() + AGAIN_AFTER_MS });
      if (!['wait', 'back-off', 'retry-now'].includes(classify(error).strategy)) faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
}

async function look(deps: LookDeps, watched: WatchedParcels, settings: LookSettings): Promise<void> {
  const { orderId } = watched;
  const stream = await deps.log.read(orderId);
  const parcels = parcelsUnderWay(stream).map((parcel) => ({ ...parcel, newsAt: Date.parse(parcel.newsAt) }));
  if (parcels.length === 0) return deps.watch.end(watched);
  const silent = parcels.filter(({ newsAt }) => newsAt + 1_000 * settings.askAfterSeconds <= deps.now());
  for (const parcel of silent) await askAbout(deps, stream, parcel, settings);
  const lookAt = nextLook(
    deps.now(),
    parcels.map(({ newsAt }) => newsAt),
    settings.askAfterSeconds,
  );
  return deps.watch.keep({ orderId, lookAt });
}

async function askAbout(
  deps: LookDeps,
  stream: readonly RecordedOrderEvent[],
  { shipmentId, newsAt }: { readonly shipmentId: ShipmentId; readonly newsAt: number },
  { quietSeconds, taskDueSeconds }: LookSettings,
): Promise<void> {
  const [created] = stream as readonly [RecordedOrderEvent];
  const { orderId } = created;
  const shipment = await deps.carrier.find(shipmentId);
  const reports = shipment.status === 'booked' ? (shipment.reports ?? []) : [];
  const news = reports
    .map((report) => fact(created, { type: 'ShipmentTracked', data: { shipmentId, ...report } }, STEP, deps.now()))
    .filter((event) => stream.every(({ eventId }) => eventId !== event.eventId));
  await recordFacts(deps.log, { orderId, atVersion: stream.length, events: news });
  if (news.length > 0 || newsAt + 1_000 * quietSeconds > deps.now()) return;
  const dueAt = deps.now() + 1_000 * taskDueSeconds;
  await openTask(deps, { orderId, kind: 'parcel', shipmentId, error: 'quiet', dueAt }, STEP);
}
