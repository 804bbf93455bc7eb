import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { Engine, MACHINE, machine, ROLE, task } from './engine.ts';

/** Counts the transactions that are begun. */
class CountingStore extends DatabaseSync {
  begun = 0;

  override exec(sql: string): void {
    if (sql.startsWith('BEGIN')) this.begun += 1;
    super.exec(sql);
  }
}

test('what executions commit at the same time is one transaction', async () => {
  const store = new CountingStore(':memory:');
  const engine = new Engine({ store });
  engine.define({ First: task({ Next: 'Second' }), Second: task() });
  const arns = await Promise.all(Array.from({ length: 20 }, (_, index) => engine.start(index)));
  const begun = store.begun;
  await engine.settle();
  for (const executionArn of arns) {
    expect(await engine.call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED' });
  }
  const ends = arns.length;
  expect(store.begun - begun - ends).toBeLessThanOrEqual(4);
});

test('the history is read in pages of any size, both ways, wherever a commit begins', async () => {
  const engine = new Engine();
  engine.define({ First: task({ Next: 'Wait' }), Wait: { Type: 'Wait', Seconds: 1, Next: 'Last' }, Last: task() });
  const arn = await engine.start();
  await engine.ended(arn);
  const whole = await engine.history(arn);
  expect(whole.map(({ id }) => id)).toEqual(whole.map((_, index) => index + 1));
  for (const maxResults of [1, 2, 3, 5]) {
    for (const reverseOrder of [false, true]) {
      const read: unknown[] = [];
      for (let nextToken: string | undefined, more = true; more; more = nextToken !== undefined) {
        const request = { executionArn: arn, maxResults, reverseOrder, ...(nextToken ? { nextToken } : {}) };
        const page = await engine.call('GetExecutionHistory', request);
        read.push(...(page.events as unknown[]));
        nextToken = page.nextToken as string | undefined;
      }
      expect(read).toEqual(reverseOrder ? whole.toReversed() : whole);
    }
  }
});

const EARLIER_TABLES = `
  CREATE TABLE states_definitions (hash TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE states_executions (
    arn TEXT PRIMARY KEY, name TEXT NOT NULL, machine_arn TEXT NOT NULL, version_arn TEXT, alias_arn TEXT, definition_hash TEXT NOT NULL,
    role_arn TEXT NOT NULL, input TEXT NOT NULL, status TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
    started_at INTEGER NOT NULL, stopped_at INTEGER, position TEXT) WITHOUT ROWID;
  CREATE TABLE states_history (
    execution_arn TEXT NOT NULL, id INTEGER NOT NULL, previous_id INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL,
    details TEXT NOT NULL, PRIMARY KEY (execution_arn, id)) WITHOUT ROWID;`;
const arnOf = (name: string): string => `${MACHINE.replace(':stateMachine:', ':execution:')}:${name}`;

/** A store as release 0.2.0 left it: one execution in its second state, after a restart, and one that has succeeded. */
function earlierStore(events: number): DatabaseSync {
  const store = new DatabaseSync(':memory:');
  store.exec(EARLIER_TABLES);
  const definition = JSON.stringify(machine({ First: task({ Next: 'Second' }), Second: task() }));
  store.prepare('INSERT INTO states_definitions VALUES (?, ?)').run('hash', definition);
  const execution = store.prepare(`INSERT INTO states_executions
    VALUES (:arn, :name, '${MACHINE}', NULL, NULL, 'hash', '${ROLE}', '{}', :status, NULL, NULL, NULL, :at, NULL, :position)`);
  const event = store.prepare('INSERT INTO states_history VALUES (?, ?, ?, 1, ?, ?)');
  const position = { state: 'Second', input: 7, variables: {}, attempts: [], enteredId: events - 1, enteredAt: 1 };
  for (const [at, status] of ['RUNNING', 'SUCCEEDED'].entries()) {
    const arn = arnOf(status.toLowerCase());
    const standing = status === 'RUNNING' ? JSON.stringify(position) : null;
    execution.run({ arn, name: status.toLowerCase(), status, at, position: standing });
    for (let id = 1; id < events; id += 1) {
      event.run(arn, id, id - 1, 'PassStateEntered', JSON.stringify({ stateEnteredEventDetails: { name: `${id}` } }));
    }
    event.run(arn, events, events - 1, 'ExecutionRedriven', '{}');
  }
  return store;
}

test.each([3, 99, 100, 250])('an execution of release 0.2.0 with %d events goes on where it stood', async (events) => {
  const given: unknown[] = [];
  const store = earlierStore(events);
  const engine = new Engine({ store, task: async (args, { stateName }) => given.push([stateName, args]) });
  for (const name of ['running', 'succeeded']) {
    const history = await engine.history(arnOf(name));
    expect(history.map(({ id, previousEventId }) => [id, previousEventId])).toEqual(
      Array.from({ length: events }, (_, index) => [index + 1, index]),
    );
    expect(history[0]).toMatchObject({ type: 'PassStateEntered', stateEnteredEventDetails: { name: '1' } });
  }
  engine.service.resume();
  expect(await engine.ended(arnOf('running'))).toEqual({ status: 'SUCCEEDED', output: 1 });
  expect(given).toEqual([['Second', 7]]);
  expect(store.prepare('SELECT arn FROM states_executions WHERE restarts = 2').all()).toEqual([
    { arn: arnOf('running') },
  ]);
  // New executions are told apart from those that were taken over.
  engine.define({ Only: { Type: 'Succeed' } });
  const arn = await engine.start();
  await engine.settle();
  expect((await engine.history(arn)).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  expect(await new Engine({ store }).history(arnOf('succeeded'))).toHaveLength(events);
});
