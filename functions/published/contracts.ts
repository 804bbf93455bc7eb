import { API_DOCS_CONTRACTS } from '../api-docs/http/contracts/document.ts';
import { CONFIGURATION_CONTRACTS } from '../configuration/http/contracts/configuration.ts';
import { DEAD_LETTER_CONTRACTS } from '../dead-letters/http/contracts/dead-letters.ts';
import { STOCK_CHANGE_CONTRACTS } from '../inventory/http/contracts/stock-changes.ts';
import { STOCK_READING_CONTRACTS } from '../inventory/http/contracts/stock-reading.ts';
import { ACCOUNT_CONTRACTS } from '../ledger/http/contracts/accounts.ts';
import { ORDER_BOOK_CONTRACTS } from '../ledger/http/contracts/books.ts';
import { CHECKING_BOOKS_CONTRACTS } from '../ledger/http/contracts/checking.ts';
import { TRANSFER_BOOK_CONTRACTS } from '../ledger/http/contracts/transfer-books.ts';
import { NOTIFICATION_CONTRACTS } from '../notifications/http/contracts/messages.ts';
import { ALARM_CONTRACTS } from '../operations/http/contracts/alarms.ts';
import { HEALTH_CONTRACTS } from '../operations/http/contracts/health.ts';
import { BROWSING_CONTRACTS } from '../orders/http/contracts/browsing.ts';
import { CHANGING_CONTRACTS } from '../orders/http/contracts/changing.ts';
import { FINDING_CONTRACTS } from '../orders/http/contracts/finding.ts';
import { FULFILLING_CONTRACTS, PARCEL_CONTRACTS } from '../orders/http/contracts/fulfilling.ts';
import { OPERATING_CONTRACTS } from '../orders/http/contracts/operating.ts';
import { PERSONAL_DATA_CONTRACTS } from '../orders/http/contracts/personal-data.ts';
import { PLACING_CONTRACTS } from '../orders/http/contracts/placing.ts';
import { READING_CONTRACTS } from '../orders/http/contracts/reading.ts';
import { REFUNDING_CONTRACTS } from '../orders/http/contracts/refunding.ts';
import { RETURN_TERMS_CONTRACTS } from '../orders/http/contracts/return-terms.ts';
import { RETURNING_CONTRACTS } from '../orders/http/contracts/returning.ts';
import { REVIEWING_CONTRACTS } from '../orders/http/contracts/reviewing.ts';
import { PARTNER_CONTRACTS } from '../partners/http/contracts/partners.ts';
import { ASKING_GATEWAY_CONTRACTS } from '../payments/http/contracts/asking.ts';
import { NOTIFYING_CONTRACTS } from '../payments/http/contracts/notifying.ts';
import { TRANSFER_CONTRACTS } from '../payments/http/contracts/transfers.ts';
import { BOOK_TASK_CONTRACTS } from '../recovery/http/contracts/book-tasks.ts';
import { EXECUTION_CONTRACTS } from '../recovery/http/contracts/executions.ts';
import { READING_TASKS_CONTRACTS } from '../recovery/http/contracts/reading-tasks.ts';
import { RESUMING_TASKS_CONTRACTS } from '../recovery/http/contracts/resuming-tasks.ts';
import { SWEEPING_CONTRACTS } from '../recovery/http/contracts/sweeping.ts';
import { TASK_COMMAND_CONTRACTS } from '../recovery/http/contracts/task-commands.ts';
import type { Contract } from '../shared/http/contract.ts';
import { ASKING_CARRIER_CONTRACTS } from '../shipping/http/contracts/asking.ts';
import { TRACKING_CONTRACTS } from '../shipping/http/contracts/tracking.ts';

/** Every endpoint of the API, in the order of the document. */
export const CONTRACTS: readonly Contract[] = [
  ...PLACING_CONTRACTS,
  ...READING_CONTRACTS,
  ...FINDING_CONTRACTS,
  ...CHANGING_CONTRACTS,
  ...REVIEWING_CONTRACTS,
  ...FULFILLING_CONTRACTS,
  ...REFUNDING_CONTRACTS,
  ...RETURNING_CONTRACTS,
  ...OPERATING_CONTRACTS,
  ...PARCEL_CONTRACTS,
  ...RETURN_TERMS_CONTRACTS,
  ...BROWSING_CONTRACTS,
  ...PERSONAL_DATA_CONTRACTS,
  ...NOTIFICATION_CONTRACTS,
  ...STOCK_READING_CONTRACTS,
  ...STOCK_CHANGE_CONTRACTS,
  ...READING_TASKS_CONTRACTS,
  ...TASK_COMMAND_CONTRACTS,
  ...BOOK_TASK_CONTRACTS,
  ...RESUMING_TASKS_CONTRACTS,
  ...EXECUTION_CONTRACTS,
  ...SWEEPING_CONTRACTS,
  ...DEAD_LETTER_CONTRACTS,
  ...ASKING_GATEWAY_CONTRACTS,
  ...NOTIFYING_CONTRACTS,
  ...TRANSFER_CONTRACTS,
  ...ASKING_CARRIER_CONTRACTS,
  ...TRACKING_CONTRACTS,
  ...ORDER_BOOK_CONTRACTS,
  ...TRANSFER_BOOK_CONTRACTS,
  ...ACCOUNT_CONTRACTS,
  ...CHECKING_BOOKS_CONTRACTS,
  ...PARTNER_CONTRACTS,
  ...HEALTH_CONTRACTS,
  ...ALARM_CONTRACTS,
  ...CONFIGURATION_CONTRACTS,
  ...API_DOCS_CONTRACTS,
];
