/** One turn of an erasure: a page of the customer's orders is listed, or a page of its orders is looked at. What was reached is in the erasure. */
import type { OrderId } from '../../shared/kernel/ids.ts';
import { type EraseOrderDeps, eraseOrder, type LostTerms } from './erase-order.ts';
import type { Erasure, ErasureMonitor, ErasurePass, Erasures, OrderToErase } from './erasure-ports.ts';
import type { CustomerOrders } from './ports.ts';

export interface ErasureTurnDeps extends EraseOrderDeps {
  readonly erasures: Erasures;
  readonly customerOrders: CustomerOrders;
  readonly monitor: ErasureMonitor;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface Turn {
  readonly erasure: Erasure;
  /** When it is to be looked at again: ISO 8601; undefined once it is done. */
  readonly next: string | undefined;
  /** Whether there is something to do at once. */
  readonly goesOn: boolean;
}

/** What a run gathers. */
export interface Gathered {
  readonly lost: LostTerms[];
  readonly failures: unknown[];
}

/** The list of a customer's orders is seconds behind, and has what was ordered before the request by then. */
const LISTED_AFTER_MS = 15 * 60_000;
/** How soon an order is looked at again that something is under way of. */
const WAIT_MS = 60 * 60_000;
const SOON_MS = 60_000;
/** So many orders are a turn: seconds of work. */
const PAGE = 100;
const AT_ONCE = 20;

export async function takeTurn(deps: ErasureTurnDeps, erasure: Erasure, gathered: Gathered): Promise<Turn> {
  const isToBeListed = !erasure.isListed && erasure.pass === undefined && !isListingOver(erasure, deps.now());
  const turned = isToBeListed
    ? await listOrders(deps, erasure)
    : afterPass(await lookAtOrders(deps, erasure, gathered), deps.now());
  return turned.goesOn ? { ...turned, next: isoOf(deps.now()) } : turned;
}

/** Whether there is no list to go on with, and it is too early for the one that has everything. */
const isListingOver = ({ listing, requestedAt }: Erasure, now: number): boolean =>
  listing !== undefined && listing.after === undefined && now < Date.parse(requestedAt) + LISTED_AFTER_MS;

/** Adds a page of the customer's orders, the newest first. */
async function listOrders(
  { erasures, customerOrders, now }: Pick<ErasureTurnDeps, 'erasures' | 'customerOrders' | 'now'>,
  erasure: Erasure,
): Promise<Omit<Turn, 'next'> & { readonly next: undefined }> {
  const { customerId, requestedAt, listing } = erasure;
  const { begunAt, after } = listing?.after === undefined ? { begunAt: isoOf(now()) } : listing;
  const page = await customerOrders.page({ customerId, to: requestedAt }, PAGE, after);
  await erasures.add(
    erasure,
    page.items.map(({ orderId }) => orderId as OrderId),
  );
  const listed: Erasure =
    page.next === undefined
      ? { ...erasure, listing: { begunAt }, isListed: Date.parse(begunAt) >= Date.parse(requestedAt) + LISTED_AFTER_MS }
      : { ...erasure, listing: { begunAt, after: page.next } };
  // The pass begins when the list is over, and not before another one.
  const pass: Pick<Erasure, 'pass'> = page.next === undefined ? { pass: {} } : {};
  return { erasure: { ...listed, ...pass }, next: undefined, goesOn: true };
}

/** @returns the erasure with how far its pass is; without `after` in it the pass is over */
async function lookAtOrders(deps: ErasureTurnDeps, erasure: Erasure, gathered: Gathered): Promise<Erasure> {
  const { orders, next } = await deps.erasures.page(erasure, PAGE, erasure.pass?.after);
  const open = orders.filter(({ state }) => state !== 'confirmed');
  let pass: ErasurePass = erasure.pass ?? {};
  for (let start = 0; start < open.length; start += AT_ONCE) {
    const together = open.slice(start, start + AT_ONCE);
    const looked = await Promise.all(together.map((order) => lookAt(deps, erasure, order, gathered)));
    const changed = looked.filter((after, index) => after !== undefined && isOther(after, together[index]!));
    await deps.erasures.note(erasure, changed as readonly OrderToErase[]);
    for (const after of looked) pass = withLook(pass, after, deps.now());
  }
  const { after: _, ...found } = pass;
  return { ...erasure, pass: next === undefined ? found : { ...found, after: next } };
}

/** @returns undefined when it failed */
async function lookAt(
  deps: ErasureTurnDeps,
  { customerId }: Erasure,
  { orderId }: OrderToErase,
  { lost, failures }: Gathered,
): Promise<OrderToErase | undefined> {
  try {
    const outcome = await eraseOrder(deps, orderId, customerId);
    if (outcome.kind === 'waits') return { orderId, state: 'waiting', why: outcome.why };
    if (outcome.kind === 'erased') lost.push(outcome.lost);
    return { orderId, state: outcome.kind === 'clean' ? 'confirmed' : 'erased' };
  } catch (error) {
    failures.push(error);
    deps.monitor.failed(orderId, error);
    return undefined;
  }
}

const isOther = (one: OrderToErase, other: OrderToErase): boolean =>
  one.state !== other.state || (one.state === 'waiting' && other.state === 'waiting' && one.why !== other.why);

function withLook(pass: ErasurePass, order: OrderToErase | undefined, now: number): ErasurePass {
  if (order?.state === 'confirmed') return pass;
  const isBehind = order?.state !== 'waiting';
  const next = earlier(pass.next, isoOf(now + (isBehind ? SOON_MS : WAIT_MS)));
  return { ...pass, next, ...(isBehind ? { isBehind } : {}) };
}

/** What becomes of the erasure once the pass is over. */
function afterPass(looked: Erasure, now: number): Turn {
  const { pass = {}, behindSince, ...erasure } = looked;
  if (pass.after !== undefined) return { erasure: looked, next: undefined, goesOn: true };
  const { isListed } = erasure;
  const next = isListed ? pass.next : earlier(pass.next, isoOf(now + SOON_MS));
  if (next === undefined) return { erasure: { ...erasure, status: 'done', doneAt: isoOf(now) }, next, goesOn: false };
  const isBehind = pass.isBehind === true || !isListed;
  return {
    erasure: { ...erasure, ...(isBehind ? { behindSince: behindSince ?? isoOf(now) } : {}) },
    next,
    goesOn: false,
  };
}

const earlier = (one: string | undefined, other: string): string => (one !== undefined && one < other ? one : other);

const isoOf = (ms: number): string => new Date(ms).toISOString();
