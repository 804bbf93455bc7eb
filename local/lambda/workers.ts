const DEFAULT_WORKERS_PER_FUNCTION = 4;

/** The most workers of a function, by `WAYBILL_LAMBDA_WORKERS`. @throws RangeError */
export function workersFromEnvironment(): number {
  const text = process.env['WAYBILL_LAMBDA_WORKERS'];
  if (text === undefined) return DEFAULT_WORKERS_PER_FUNCTION;
  const workers = Number(text);
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(`WAYBILL_LAMBDA_WORKERS is a whole number from 1 up, got "${text}".`);
  }
  return workers;
}
