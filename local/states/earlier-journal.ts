import type { DatabaseSync } from 'node:sqlite';
import { transaction } from '../store.ts';

/** How many events become one commit. */
const EVENTS_TOGETHER = 100;

/**
 * Makes commits of what earlier releases have stored: up to 0.2.0 each event was a row of its own, and where an execution stands was with
 * the execution.
 * @param added the columns that the table of executions did not have
 */
export function takeOverEarlierJournal(store: DatabaseSync, added: readonly string[]): void {
  if (!store.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'states_history'").get()) return;
  transaction(store, () => {
    // Up to release 0.2.0 each restart was an event of the history.
    if (added.includes('restarts')) {
      store.exec(`UPDATE states_executions SET restarts =
        (SELECT count(*) FROM states_history WHERE execution_arn = arn AND type = 'ExecutionRedriven') WHERE status = 'RUNNING'`);
    }
    store.exec(`
      UPDATE states_executions SET number = ordered.number
        FROM (SELECT arn, row_number() OVER (ORDER BY started_at, arn) AS number FROM states_executions) AS ordered
        WHERE ordered.arn = states_executions.arn;
      INSERT INTO states_commits (execution, first_id, last_id, events)
        SELECT number, min(id), max(id),
          json_group_array(json_object('id', id, 'previousId', previous_id, 'timestamp', at, 'type', type, 'details', json(details)) ORDER BY id)
        FROM states_history JOIN states_executions ON arn = execution_arn
        GROUP BY number, id / ${EVENTS_TOGETHER} ORDER BY number, id / ${EVENTS_TOGETHER};
      UPDATE states_commits SET position = (SELECT position FROM states_executions WHERE number = execution AND status = 'RUNNING')
        WHERE n IN (SELECT max(n) FROM states_commits GROUP BY execution);
      UPDATE states_executions SET position = NULL WHERE status = 'RUNNING';
      DROP TABLE states_history;`);
  });
}
