/** Processor time and memory of a platform that runs in processes of its own, as Linux counts them. */
import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second. */
const MS_PER_TICK = 10;

/** Of `npm start`: the threads of its runtime, its engine and its simulated partners. */
export const PARTS = ['main thread', 'functions', 'helpers of V8 and libuv', 'engine', 'partners'] as const;
export type Part = (typeof PARTS)[number];
export type Milliseconds = Readonly<Record<Part, number>>;

/** Processor time (user and system) since the start of the process `pid` and of what it has started, by part. */
export function processorTime(pid: number): Milliseconds {
  const sums: Record<Part, number> = {
    'main thread': 0,
    functions: 0,
    'helpers of V8 and libuv': 0,
    engine: 0,
    partners: 0,
  };
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const { name, ms } = statOf(`/proc/${pid}/task/${thread}/stat`);
    sums[partOfThread(thread === String(pid), name)] += ms;
  }
  for (const child of descendantsOf(pid)) {
    const { name, ms } = statOf(`/proc/${child}/stat`);
    sums[isPartner(name) ? 'partners' : 'engine'] += ms;
  }
  // What ended threads used is counted for the whole process only: they were workers of functions.
  const rest = statOf(`/proc/${pid}/stat`).ms - sums['main thread'] - sums.functions - sums['helpers of V8 and libuv'];
  sums.functions += Math.max(0, rest);
  return sums;
}

/**
 * Memory that the process and what it has started hold, in megabytes of a million bytes: the pages that several of them share,
 * such as those of the Node program, count once.
 */
export function residentMegabytes(pid: number): number {
  const kilobytes = [pid, ...descendantsOf(pid)].map((one) =>
    Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))![1]),
  );
  return kilobytes.reduce((sum, one) => sum + (one * 1_024) / 1_000_000, 0);
}

function partOfThread(isMain: boolean, name: string): Part {
  if (isMain) return 'main thread';
  return /^(V8Worker|libuv-worker|SignalInspector|DelayedTaskSche|node$)/.test(name)
    ? 'helpers of V8 and libuv'
    : 'functions';
}

const isPartner = (name: string): boolean => /^(node|MainThread)/.test(name);

/** The processes that `pid` has started, and those that these have started. */
function descendantsOf(pid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .flatMap((entry) => {
        try {
          return [[Number(entry), statOf(`/proc/${entry}/stat`).parent] as const];
        } catch {
          return []; // It has ended since the folder was read.
        }
      }),
  );
  const isBelow = (one: number | undefined): boolean => one !== undefined && (one === pid || isBelow(parents.get(one)));
  return [...parents].filter(([, parent]) => isBelow(parent)).map(([one]) => one);
}

function statOf(file: string): {
  readonly name: string;
  readonly parent: number;
  readonly ms: number;
} {
  const text = readFileSync(file, 'utf8');
  const end = text.lastIndexOf(')');
  const fields = text.slice(end + 2).split(' ');
  return {
    name: text.slice(text.indexOf('(') + 1, end),
    parent: Number(fields[1]),
    ms: (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK,
  };
}
