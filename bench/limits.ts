/** Whether the limit of a caller holds under load, and what other callers notice of it, in one run. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_POLICY } from '../functions/shared/rate-limit/policy.ts';
import { tokenFrom } from '../launch/clients/tokens.ts';
import type { Platform } from '../launch/platform/platform.ts';
import { type Load, readyClients } from './load-clients.ts';
import { BUDGET, percentile, type Report } from './report.ts';
import { takeTurns } from './take-turns.ts';

/** Clients of the one caller, each with up to twenty requests a second: sixteen times what a caller may send. */
const CLIENTS = 40;
const FLOOD_EVERY_MS = 50;
/** Other callers, each with ten requests a second. */
const OTHERS = 5;
const OTHERS_EVERY_MS = 100;
const WARM_UP_ROUNDS = 2;
const ROUNDS = 4;
const ROUND_MS = 10_000;
/** An empty bucket is full again after two seconds. */
const REFILL_MS = 2_500;

export async function benchLimits(report: Report, { runtime: { url }, issuerUrl }: Platform): Promise<void> {
  report.section(
    `Limits, ${CLIENTS} clients of one caller beside ${OTHERS} other callers, ${ROUNDS} times ${ROUND_MS / 1_000} s`,
  );
  const requestOf = async (customerId: string) => ({
    path: `/api/v1/orders/customer/${customerId}`,
    authorization: `Bearer ${await tokenFrom(issuerUrl, { sub: customerId, role: 'customer' })}`,
  });
  const others = await Promise.all(Array.from({ length: OTHERS }, (_, index) => requestOf(`C-OTHER-${index + 1}`)));
  const flood = await requestOf('C-FLOOD');
  const readyOthers = () => readyClients({ url, requests: others, everyMs: OTHERS_EVERY_MS, durationMs: ROUND_MS });
  const othersAlone = async () => (await readyOthers())();
  const both = async () => {
    const requests = Array.from({ length: CLIENTS }, () => flood);
    const ready = await Promise.all([
      readyClients({ url, requests, everyMs: FLOOD_EVERY_MS, durationMs: ROUND_MS }),
      readyOthers(),
    ]);
    const [flooding, beside] = await Promise.all(ready.map((start) => start()));
    await sleep(REFILL_MS);
    return { flooding: flooding!, beside: beside! };
  };

  const [quiet, loud] = await takeTurns([othersAlone, both], { warmUp: WARM_UP_ROUNDS, measured: ROUNDS });
  const floods = loud.map(({ flooding }) => flooding);
  const allowed = floods.reduce(
    (sum, { seconds }) => sum + DEFAULT_POLICY.burst + DEFAULT_POLICY.perSecond * seconds,
    0,
  );
  const sent = floods.reduce((sum, { latenciesMs }) => sum + latenciesMs.length, 0);
  // A machine that is busy with something else answers fewer than are allowed: then nothing may be refused.
  const due = Math.min(allowed, sent);
  report.line('requests of the one caller: sent, allowed', `${sent}, ${allowed.toFixed(0)}`);
  report.line('answers, by status', JSON.stringify(statusesOf(floods)));
  report.judge('accepted over due', accepted(floods) / due, { atMost: BUDGET.acceptedOverDue });
  report.judge('due over accepted', due / accepted(floods), { atMost: BUDGET.acceptedOverDue });

  const beside = loud.map((round) => round.beside);
  report.line('others meanwhile, by status', JSON.stringify(statusesOf(beside)));
  for (const share of [0.5, 0.99]) {
    const [alone, during] = [quiet, beside].map((loads) => percentile(loads.flatMap(latenciesOf), share)) as [
      number,
      number,
    ];
    const label = `p${share * 100} of others`;
    report.line(`${label}: quiet, meanwhile`, `${alone.toFixed(1)}, ${during.toFixed(1)} ms`);
    if (share === 0.99) report.judge(`${label}, ratio`, during / alone, { atMost: BUDGET.othersLatencyRatio });
  }
}

const latenciesOf = ({ latenciesMs }: Load): readonly number[] => latenciesMs;
const accepted = (loads: readonly Load[]): number => statusesOf(loads)[200] ?? 0;

function statusesOf(loads: readonly Load[]): Readonly<Record<number, number>> {
  const sums: Record<number, number> = {};
  for (const { statuses } of loads) {
    for (const [status, count] of Object.entries(statuses)) sums[Number(status)] = (sums[Number(status)] ?? 0) + count;
  }
  return sums;
}
