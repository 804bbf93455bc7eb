/** fast-check with a fixed seed, so that a run can be repeated; `WAYBILL_SEED=<number>` sets another one. */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.WAYBILL_SEED ?? 20_260_102) });

export default fc;
