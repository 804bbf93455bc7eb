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

/** CloudWatch Logs bills this many bytes with each event (AWS, "CloudWatch Logs quotas": size of a batch of log events). */
const BYTES_AN_EVENT = 26;

/** What CloudWatch Logs bills for lines of a log, each an event. */
export function ingestedBytes(text: string): number {
  const lines = text.split('\n').length - 1;
  return Buffer.byteLength(text) - lines + lines * BYTES_AN_EVENT;
}
