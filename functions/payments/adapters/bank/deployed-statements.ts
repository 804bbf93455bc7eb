/** The reading of statements as it is deployed: apart from the rest, so that no other function carries a parser of XML. */
import * as z from 'zod';
import { TRANSFER, type TransferLog } from '../../../published/transfer-log.ts';
import { TRANSFER_LOG_TABLES } from '../../../published/transfer-log-tables.ts';
import { documentClient } from '../../../shared/edge/document-client.ts';
import { readEnvironment, tableName } from '../../../shared/edge/environment.ts';
import { DynamoDbEventLog } from '../../../shared/event-log/dynamodb-event-log.ts';
import type {
  BankStatements,
  IsOurPayout,
  SettledReasons,
  StatementMarks,
  TransferReferences,
  UnmatchedTransfers,
} from '../../application/bank-ports.ts';
import { PAYMENT_TABLES } from '../tables.ts';
import { BankAccountStatements } from './bank-statements.ts';
import { ofBank, transferReferences, unmatchedTransfers } from './deployed.ts';
import { DynamoDbStatementMarks } from './dynamodb-bank-transfers.ts';
import { DynamoDbSettledReasons } from './dynamodb-settled-reasons.ts';
import { isOurPayout } from './our-payouts.ts';

interface ReadStatements {
  readonly statements: BankStatements;
  readonly references: TransferReferences;
  readonly marks: StatementMarks;
  readonly transfers: UnmatchedTransfers;
  readonly transferLog: TransferLog;
  readonly reasons: SettledReasons;
  readonly keptDays: number;
  readonly isOurPayout: IsOurPayout;
}

export const deployedStatements = (): ReadStatements => ({
  statements: new BankAccountStatements(ofBank()),
  references: transferReferences(),
  transfers: unmatchedTransfers(),
  transferLog: new DynamoDbEventLog(TRANSFER, documentClient(), tableName(TRANSFER_LOG_TABLES.transferLog)),
  reasons: new DynamoDbSettledReasons(documentClient(), {
    transfers: tableName(PAYMENT_TABLES.bankTransfers),
    log: tableName(TRANSFER_LOG_TABLES.transferLog),
  }),
  isOurPayout,
  keptDays: readEnvironment(z.object({ PERSONAL_DATA_DAYS: z.coerce.number().int().min(1) })).PERSONAL_DATA_DAYS,
  marks: new DynamoDbStatementMarks(documentClient(), tableName(PAYMENT_TABLES.bankTransfers)),
});
