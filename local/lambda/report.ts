export interface Reported {
  readonly durationMs: number;
  readonly billedMs: number;
  readonly memoryMb: number;
  /** Of the first invocation of a worker. */
  readonly initMs?: number;
}

/** The lines with which Lambda ends the log of an invocation. */
export function reportLines(requestId: string, { durationMs, billedMs, memoryMb, initMs }: Reported): string {
  const init = initMs === undefined ? '' : `\tInit Duration: ${initMs.toFixed(2)} ms`;
  return (
    `END RequestId: ${requestId}\nREPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms` +
    `\tBilled Duration: ${billedMs} ms\tMemory Size: ${memoryMb} MB${init}\n`
  );
}
