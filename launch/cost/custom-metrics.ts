/** How many metrics functions can write: each is billed by the month in which it is written, for each combination of its dimensions. */
import { RULES } from '../../functions/ledger/domain/finding.ts';
import { CANCELLATION_REASONS } from '../../functions/orders/domain/event-data.ts';
import { ROUTES } from '../../functions/published/routes.ts';
import { FINDINGS } from '../../functions/recovery/domain/findings.ts';
import { hasCircuit, PARTNERS_TO_WAIT_FOR } from '../../functions/recovery/domain/waiting-step.ts';

/** Assumed of a shop. */
const CURRENCIES = 1;
/** The bank, or another partner with mutual TLS. */
const PARTNERS_WITH_CERTIFICATES = 1;
const PARTNERS = PARTNERS_TO_WAIT_FOR.filter(hasCircuit).length;

/** By name; a test holds it against the code. */
export const CUSTOM_METRICS: Readonly<Record<string, number>> = {
  OrdersPlaced: 1,
  OrdersConfirmed: 1,
  OrdersCancelled: 1 + CANCELLATION_REASONS.length,
  OrdersInTime: 1,
  OrdersLate: 1,
  CheckoutDuration: 1,
  TasksOpened: 1,
  MoneyAuthorised: CURRENCIES,
  MoneyCaptured: CURRENCIES,
  MoneyRefunded: CURRENCIES,
  ProjectionLag: 1,
  PersonalDataOverdue: 2,
  PartnerCalls: PARTNERS,
  PartnerFailures: PARTNERS,
  PartnerRejections: PARTNERS,
  PartnerRetries: PARTNERS,
  PartnerCallDuration: PARTNERS,
  CircuitOpened: PARTNERS,
  CircuitHalfOpened: PARTNERS,
  CircuitClosed: PARTNERS,
  CircuitStoreUnavailable: PARTNERS,
  PartnerCredentialRefused: PARTNERS,
  PartnerCredentialUnavailable: PARTNERS,
  PartnerInstancesNotUp: PARTNERS,
  PartnerCertificateEnding: PARTNERS_WITH_CERTIFICATES,
  OrdersWaiting: PARTNERS_TO_WAIT_FOR.length,
  OrdersReleased: PARTNERS_TO_WAIT_FOR.length,
  OldestWait: 1,
  OrdersGivenUp: 1,
  ReleasesFailed: 1,
  OrdersWithoutProgress: 1 + FINDINGS.length,
  DeadLettersWaiting: 1,
  TasksUnresolved: 1,
  TaskReminders: 1,
  TasksEscalated: 1,
  BooksBroken: 1 + RULES.length,
  BankStatementGaps: 1,
  BankTransfersUnmatched: 1,
  BankTransfersStranded: 1,
  RequestsFailed: ROUTES.length,
  EventsRefused: 1,
  ConfigurationUnavailable: 1,
  ConfigurationRefused: 1,
  RateLimiterUnavailable: 1,
};

/** When everything happens in a month that can happen. */
export const MOST_CUSTOM_METRICS = Object.values(CUSTOM_METRICS).reduce((sum, count) => sum + count, 0);
