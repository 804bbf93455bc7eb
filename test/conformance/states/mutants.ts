/** A rule of the engine, broken: a replacement in one of its files. */
export interface Mutant {
  readonly breaks: string;
  /** In `local/states/`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const mutant = (breaks: string, file: string, from: string, to: string): Mutant => ({ breaks, file, from, to });

export const MUTANTS: readonly Mutant[] = [
  mutant('Retry: the interval grows', 'retry.ts', 'BackoffRate ** used', 'BackoffRate ** 0'),
  mutant('Retry: the longest delay', 'retry.ts', 'Math.min(', 'Math.max('),
  mutant('Retry: the number of attempts', 'retry.ts', 'used < (retrier', 'used <= (retrier'),
  mutant('Retry: the retrier that names the error', 'retry.ts', 'Retry.findIndex(', 'Retry.findLastIndex('),
  mutant('Retry: counts per visit', 'interpreter.ts', 'visit.attempts = recovery.attempts;', ''),
  mutant('Catch: the first catcher', 'retry.ts', 'Catch.find(', 'Catch.findLast('),
  mutant('Catch: what it outputs', 'failure.ts', 'Cause: this.causeText }', 'Cause: null }'),
  mutant('Catch: its own Assign and Output', 'interpreter.ts', 'visit.leave(recovery.catcher,', 'visit.leave({},'),
  mutant('Assign: not seen in the same state', 'visit.ts', 'if (assigned) this.branch.assign(assigned);', ''),
  mutant('Assign: ends with its branch', 'branch.ts', 'this.#variables = { ...this.#variables, ...values };', ''),
  mutant('Assign: outer variables stay', 'branch.ts', 'if (taken !== undefined)', 'if (taken === null)'),
  mutant('Errors: States.ALL', 'failure.ts', "|| pattern === 'States.ALL'", ''),
  mutant('Errors: States.Runtime', 'failure.ts', "error === 'States.Runtime'", "error === 'States.None'"),
  mutant('Errors: timeouts are no failed tasks', 'failure.ts', 'return !isTimeout(error);', 'return true;'),
  mutant('Errors: a missed heartbeat', 'failure.ts', "'', ['States.HeartbeatTimeout']", "''"),
  mutant('Errors: no choice', 'kinds/flow.ts', "'States.NoChoiceMatched'", "'States.Runtime'"),
  mutant('Errors: tolerated failures', 'tolerated-failures.ts', 'failed > count', 'failed >= count'),
  mutant(
    'Errors: a tolerated percentage',
    'tolerated-failures.ts',
    'failed * 100 > percentage',
    'failed * 50 > percentage',
  ),
  mutant(
    'Errors: no tolerated failures',
    'map-runs/map-run.ts',
    '=== null ? 0 : undefined',
    '=== null ? 1 : undefined',
  ),
  mutant('History: the start of a map run', 'kinds/distributed-map.ts', 'branch.follow(startedId);', ''),
  mutant('History: the first state follows nothing', 'execution.ts', 'lastEventId : 0', 'lastEventId : 1'),
  mutant('History: evaluations that failed', 'visit.ts', '? this.#beforeId', '? this.branch.previousId'),
  mutant('History: an empty Assign', 'visit.ts', 'Object.keys(assigned).length > 0', 'true'),
  mutant('History: failed once', 'interpreter.ts', "if (recovery.kind !== 'retry') visit", 'visit'),
  mutant('History: aborted states', 'inner-branches.ts', 'ABORTABLE.has(inside)', 'false'),
  mutant('History: aborted items', 'inner-branches.ts', 'this.abort(failedId);', ''),
  mutant('History: items follow items', 'inner-branches.ts', 'after?.previousId ?? ', ''),
  mutant('History: the end of a state is not followed', 'inner-branches.ts', '.recordAside(event)', '.record(event)'),
  mutant(
    'Redrive: branches that succeeded',
    'inner-branches.ts',
    "before && 'output' in before ? before",
    "before && 'output' in before ? null",
  ),
  mutant(
    'Redrive: branches go on where they stood',
    'inner-branches.ts',
    '?? this.#branches.get(index)?.redrivePosition',
    '',
  ),
  mutant('Redrive: the variables of branches', 'branch.ts', 'variables = from?.variables ?? {}', 'variables = {}'),
  mutant('Redrive: what began is not begun again', 'inner-branches.ts', 'if (item && !from)', 'if (item)'),
  mutant(
    'Redrive: results that were too large',
    'visit.ts',
    "if (error === 'States.DataLimitExceeded')",
    'if (error === null)',
  ),
  mutant('Redrive: retries begin anew', 'branch.ts', 'attempts: [],', 'attempts: [1],'),
  mutant('Redrive: map runs', 'branch.ts', 'const pending = mapRun &&', 'const pending = undefined &&'),
  mutant(
    'Redrive: executions of map runs',
    'map-runs/map-runs.ts',
    'this.store.children(arn).filter(isUnsuccessful)',
    'this.store.children(arn)',
  ),
];
