/** Two consumers that project one order at the same time, in every order in which their calls can follow each other. */
import { describe, expect, test } from 'vitest';
import { projectOrder } from '../../functions/orders/application/project-order.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import { type OrderView, viewOf } from '../../functions/orders/domain/order-view.ts';
import { termsOf } from '../../functions/orders/domain/search/terms.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../functions/published/order-events.ts';
import { InMemoryReadModel, keyOf } from '../support/fakes/in-memory-read-model.ts';
import { CHANGE_ID, created, line, priced, streamOf } from '../support/orders/streams.ts';
import { uncontested } from '../support/orders/uncontested-view.ts';
import { everyInterleaving, type Turn } from '../support/saga/interleavings.ts';

const itemsChanged = (sku: string): OrderEvent => ({
  type: 'ItemsChanged',
  data: { changeId: CHANGE_ID, ...priced([line(sku)]) },
});
const { data } = created([line('MUG')]);
/** The order gets another term for one, and the first one back. It has no name, so that it has few terms. */
const LIFE: readonly OrderEvent[] = [
  {
    type: 'OrderCreated',
    data: { ...data, customer: { name: '' }, shippingAddress: { ...data.shippingAddress, name: '' } },
  },
  itemsChanged('LAMP'),
  itemsChanged('MUG'),
];
const VERSIONS = LIFE.map((_, at) => at + 1);
const VIEWS = VERSIONS.map((version): OrderView => viewOf(fold(streamOf(LIFE.slice(0, version))) as ExistingOrder));
/** The entries that belong to each view. */
const ENTRIES = VIEWS.map((view) => termsOf(view).map(keyOf));
const viewAt = (version: number): OrderView => VIEWS[version - 1]!;

/** A consumer is called for the first event, new or repeated, or for a later one; the log ends at least at `version` by then. */
interface Call {
  readonly version: number;
  readonly isNew: boolean;
}
const CALLS = VERSIONS.flatMap((version): Call[] => [
  { version, isNew: true },
  { version, isNew: false },
]);

/**
 * Two consumers of one order, beside the view at version `before`: the sleeper has read the log and pauses at some call, and
 * the other one runs in the meantime.
 */
interface Race {
  readonly before: number;
  readonly sleeper: Call;
  readonly other: Call;
}
const RACES = [0, ...VERSIONS.slice(0, -1)].flatMap((before) =>
  CALLS.flatMap((sleeper) => CALLS.map((other): Race => ({ before, sleeper, other }))),
);

async function modelAt(version: number): Promise<InMemoryReadModel> {
  const model = new InMemoryReadModel();
  if (version > 0) await projectOrder(model.ports(), uncontested(viewAt(version)));
  return model;
}

/** @param crashAt the call at which the sleeper is interrupted */
const playOf =
  (
    { before, sleeper, other }: Race,
    check: (model: InMemoryReadModel, log: number) => Promise<void> | void,
    crashAt?: number,
  ) =>
  async () => {
    const model = await modelAt(before);
    let log = Math.max(before, sleeper.version);
    const interrupted = (turn: Turn) => {
      let calls = 0;
      return () => (calls++ === crashAt ? Promise.reject(new Error('It was interrupted.')) : turn());
    };
    return {
      tasks: [
        async (turn: Turn) => {
          const projected = { view: viewAt(sleeper.version), isNew: sleeper.isNew, reload: async () => viewAt(log) };
          const projecting = projectOrder(model.ports(interrupted(turn)), projected);
          await (crashAt === undefined ? projecting : projecting.catch(() => {}));
        },
        async (turn: Turn) => {
          await turn();
          log = Math.max(log, other.version);
          await projectOrder(model.ports(turn), {
            view: viewAt(log),
            isNew: other.isNew,
            reload: async () => viewAt(log),
          });
        },
      ],
      check: () => check(model, log),
    };
  };

const missing = ({ view, entries }: InMemoryReadModel): string[] =>
  ENTRIES[view!.version - 1]!.filter((entry) => !entries.has(entry));
const inVain = ({ view, entries }: InMemoryReadModel): string[] =>
  [...entries.keys()].filter((entry) => !ENTRIES[view!.version - 1]!.includes(entry));

describe('Two consumers of one order', () => {
  test('leave the newest view and an entry for each of its terms, and no other', async () => {
    const wrong: unknown[] = [];
    for (const race of RACES) {
      await everyInterleaving(
        playOf(race, (model, log) => {
          if (model.view?.version !== log || missing(model).length + inVain(model).length > 0) {
            wrong.push({ race, calls: model.calls });
          }
        }),
      );
    }
    expect(wrong).toEqual([]);
  });

  test('leave no term of a view out when one of them is interrupted, and the newest view when its message comes again', async () => {
    const wrong: unknown[] = [];
    for (const race of RACES.filter(({ sleeper, other }) => sleeper.isNew && !other.isNew)) {
      for (const crashAt of [1, 2, 3, 4]) {
        await everyInterleaving(
          playOf(
            race,
            async (model, log) => {
              const lost = model.view ? missing(model) : [];
              await projectOrder(model.ports(), { ...uncontested(viewAt(log)), isNew: true });
              if (model.view?.version !== log || lost.length + missing(model).length > 0) {
                wrong.push({ race, crashAt, calls: model.calls });
              }
            },
            crashAt,
          ),
        );
      }
    }
    expect(wrong).toEqual([]);
  });
});
