/** What the functions of the ledger stand on when they are deployed. */
import { INVENTORY_TABLES } from '../published/inventory-tables.ts';
import { ORDER } from '../published/order-log.ts';
import { ORDER_LOG_TABLES } from '../published/order-log-tables.ts';
import { STOCK } from '../published/stock-log.ts';
import { TRANSFER } from '../published/transfer-log.ts';
import { TRANSFER_LOG_TABLES } from '../published/transfer-log-tables.ts';
import { configurationSource } from '../shared/configuration/deployed.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { tableName } from '../shared/edge/environment.ts';
import { dynamoDbIdempotency } from '../shared/edge/idempotency.ts';
import { IDEMPOTENCY_TABLES } from '../shared/edge/tables.ts';
import { DynamoDbEventLog } from '../shared/event-log/dynamodb-event-log.ts';
import { DynamoDbEventStreams } from '../shared/event-log/dynamodb-event-streams.ts';
import { DynamoDbPassCursor } from '../shared/event-log/dynamodb-pass-cursor.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { DynamoDbBookTasks } from '../shared/tasks/adapters/dynamodb-book-tasks.ts';
import { TASKS_TABLE } from '../shared/tasks/tables.ts';
import { auditMonitor } from './adapters/audit-monitor.ts';
import { BOOK } from './adapters/book.ts';
import { DynamoDbBreaks } from './adapters/dynamodb-breaks.ts';
import { DynamoDbCloses } from './adapters/dynamodb-closes.ts';
import { DynamoDbCounts } from './adapters/dynamodb-counts.ts';
import { DynamoDbJournal } from './adapters/dynamodb-journal.ts';
import { LEDGER_TABLES } from './adapters/tables.ts';
import type { AuditCursor, AuditDeps, Books, ClosingDeps, PostingDeps } from './application/ports.ts';
import { parseBookId } from './domain/book-id.ts';

const { ledger, ledgerReports } = LEDGER_TABLES;

const books = (): Books => new DynamoDbEventLog(BOOK, documentClient(), tableName(ledger));

export const posting = (): PostingDeps => ({ ...stepDeps(), books: books() });

export const postingTransfers = () => ({
  books: books(),
  now: Date.now,
  transferLog: new DynamoDbEventLog(TRANSFER, documentClient(), tableName(TRANSFER_LOG_TABLES.transferLog)),
});

/** For what operators take back. */
export const reversing = () => ({
  books: books(),
  now: Date.now,
  idempotency: dynamoDbIdempotency(tableName(IDEMPOTENCY_TABLES.idempotency)),
});

/** For what operators post. */
export const correcting = () => ({ ...reversing(), log: stepDeps().log });

export const journal = () => new DynamoDbJournal(documentClient(), tableName(ledger));

export const closing = (): ClosingDeps => ({
  journal: journal(),
  closes: new DynamoDbCloses(documentClient(), tableName(ledgerReports)),
  now: Date.now,
});

export const breaks = () => new DynamoDbBreaks(documentClient(), tableName(ledgerReports));

/** For one run: the list of breaks is read at its first use. */
export function auditing(): AuditDeps {
  return {
    ...stepDeps(),
    books: books(),
    streams: new DynamoDbEventStreams(ORDER, documentClient(), tableName(ORDER_LOG_TABLES.orderLog)),
    stockStreams: new DynamoDbEventStreams(STOCK, documentClient(), tableName(INVENTORY_TABLES.stockLog)),
    stockLog: new DynamoDbEventLog(STOCK, documentClient(), tableName(INVENTORY_TABLES.stockLog)),
    transferStreams: new DynamoDbEventStreams(TRANSFER, documentClient(), tableName(TRANSFER_LOG_TABLES.transferLog)),
    counts: new DynamoDbCounts(documentClient(), tableName(INVENTORY_TABLES.inventory)),
    breaks: breaks(),
    bookTasks: new DynamoDbBookTasks(documentClient(), tableName(TASKS_TABLE)),
    monitor: auditMonitor,
    settings: async () => (await configurationSource().current()).recovery,
  };
}

export const auditCursor = (): AuditCursor =>
  new DynamoDbPassCursor(
    documentClient(),
    tableName(ledgerReports),
    { [ledgerReports.partitionKey]: 'audit', [ledgerReports.sortKey]: 'cursor' },
    parseBookId,
  );
