/** What a person has to know about a task, beside the order's own history. */
import type { OrderEventType } from '../../published/order-events.ts';
import type { SagaStep, TaskResolution } from './event-data.ts';
import type { Task } from './task.ts';

export interface Guidance {
  /** What is not done. */
  readonly what: string;
  /** What to look at before anything else. */
  readonly check: readonly string[];
  /** The name of a document in `docs/runbooks/`, without `.md`. */
  readonly runbook: string;
  /** The events that tell what is known of it. */
  readonly known: readonly OrderEventType[];
}

const PAYMENT: readonly OrderEventType[] = [
  'PaymentAuthorised',
  'PaymentDeclined',
  'PaymentCaptured',
  'PaymentVoided',
  'PaymentRefunded',
];
const SHIPMENT: readonly OrderEventType[] = ['ShipmentsPlanned', 'ShipmentArranged', 'ShipmentCancelled'];
const STOCK: readonly OrderEventType[] = ['InventoryReserved', 'InventoryReleased'];
const ENDS: readonly OrderEventType[] = ['CancellationRequested', 'OrderConfirmed', 'OrderCancelled'];

const ASK_GATEWAY = 'Ask the payment gateway what it has of this order: authorised, captured, voided or refunded.';
const ASK_CARRIER = 'Ask the carrier whether there is a booking, and whether the parcel has left.';
const LOOK_AT_LOG = 'Look into the log of the step for the error and its cause.';

const UNDO = 'parked-orders';
const BY_STEP: Readonly<Partial<Record<SagaStep, Guidance>>> = {
  VoidPayment: {
    what: 'The payment of the cancelled order is not voided, or not refunded: the customer’s money may still be held or taken.',
    check: [
      ASK_GATEWAY,
      'A refund that has failed there is made anew when the platform tries again; one that you make at the gateway is recorded then.',
      'When a person had settled this payment before, and a refund has come back since, the platform makes none: give back that amount outside, and end the task as done outside.',
    ],
    runbook: UNDO,
    known: [...PAYMENT, 'RefundFailed'],
  },
  RestoreAuthorisation: {
    what: 'The authorisation is not back at the amount of the order, after a change of items that was refused.',
    check: [ASK_GATEWAY],
    runbook: UNDO,
    known: PAYMENT,
  },
  CancelShipment: {
    what: 'The shipment of the cancelled order is not cancelled: a parcel may leave.',
    check: [ASK_CARRIER],
    runbook: UNDO,
    known: SHIPMENT,
  },
  ReleaseInventory: {
    what: 'The goods of the cancelled order are still reserved.',
    check: [LOOK_AT_LOG, 'Look whether the platform reaches the inventory table.'],
    runbook: UNDO,
    known: STOCK,
  },
};

const COMPLETION: Guidance = {
  what: 'What was done is not recorded: the order stays as it was before its end.',
  check: [
    LOOK_AT_LOG,
    'Look whether the platform reaches the order log.',
    'Have the platform try again: only the platform can record the end of an order, so that nothing done outside ends this task.',
  ],
  runbook: 'parked-orders',
  known: ENDS,
};
const REFUND: Guidance = {
  what: 'The payment gateway refuses a refund, or has taken it back after it was made: the customer waits for the money.',
  check: [
    ASK_GATEWAY,
    'Compare what is left of the capture with the refund.',
    'When you make it at the gateway yourself, in one refund of that amount, the platform finds it there and ends the task; elsewhere, end the task as done outside, with its reference.',
    'When the account of the customer is closed, trying again at the same card may fail again: pay outside, and say so with evidence.',
  ],
  runbook: 'parked-orders',
  known: [...PAYMENT, 'RefundRequested', 'RefundFailed'],
};
/** The error of a refund task about a refund that the platform did not ask for. */
const MADE_AT_CHANNEL = 'made_at_channel';
const UNASKED_REFUND: Guidance = {
  what: 'Somebody has made a refund at the payment gateway itself. The books have it, and nothing is owed: only what it was for is not known.',
  check: [
    ASK_GATEWAY,
    'Ask who has made it at the gateway, and why. When the goods come back, receive them as a return: less is left to refund then.',
    'When the order is not wanted any more and has not left, cancel it: what is left goes back.',
    'End the task by having the platform go on: it makes no refund.',
  ],
  runbook: 'parked-orders',
  known: [...PAYMENT, 'RefundRequested', 'RefundFailed'],
};
const TRANSFER: Guidance = {
  what: 'The bank refuses to give money back to the account from which it came: the payer waits for it.',
  check: [
    'Look at the transfer in the statement of the bank: is the account of its payer closed, or of another name?',
    'Ask the payer for another account, transfer the money there at the bank, and say so with its reference (done outside).',
    'Have the platform try again when the bank says that it was wrong: each attempt is a new order to the bank.',
  ],
  runbook: 'bank-transfers',
  known: ['TransferReceived', 'TransferReturned', ...ENDS],
};
const PARCEL: Guidance = {
  what: 'A parcel does not arrive: its carrier has lost it, sends it back, or tells nothing of it any more.',
  check: [
    ASK_CARRIER,
    'Ask the customer whether the parcel has come after all: then say so as its carrier would, and the task ends.',
    'Resend what was in it as another order, or refund what was paid for it; when it comes back, receive it as a return.',
    'Claim the loss from the carrier. End the task as done outside, with the number of the claim or of the other order.',
  ],
  runbook: 'parked-orders',
  known: [...SHIPMENT, 'ShipmentHandedOver', 'ShipmentTracked', 'ShipmentDelivered', 'RefundRequested'],
};
const REVIEW: Guidance = {
  what: 'The order is held: nothing is reserved or charged until an operator approves it.',
  check: [
    'Look at the order: its total, its customer, its address.',
    'Approve or reject the order; that ends the task.',
  ],
  runbook: 'tasks-overdue',
  known: [],
};
const STUCK: Guidance = {
  what: 'The order makes no progress, and no execution works at it.',
  check: [
    'Look at the executions of the order, whose names begin with its id.',
    ASK_GATEWAY,
    ASK_CARRIER,
    'Have the platform try again, or cancel the order: its end ends this task, and nothing done outside does.',
  ],
  runbook: 'order-stuck',
  known: [...PAYMENT, ...SHIPMENT, ...STOCK, ...ENDS],
};
const BOOKS: Guidance = {
  what: 'Nothing is under way for the order, and its books do not agree with its events: money or goods may be lost, held or taken twice.',
  check: [
    'Read the books of the order: GET /api/v1/ledger/orders/{orderId} shows the entries and the rules that they break.',
    ASK_GATEWAY,
    'Put right what is wrong at the partner, or take back a wrong entry. The next check of the books ends the task when all rules hold.',
  ],
  runbook: 'books-disagree',
  known: [...PAYMENT, ...STOCK, ...ENDS, 'RefundRequested', 'RefundFailed'],
};

const SHOWN_BREAKS = 'Read what breaks, and by how much: GET /api/v1/ledger/breaks.';
const ARTICLE: Omit<Guidance, 'known'> = {
  what: 'The counts of an article do not agree with its history: units may be sold that are not there, or not be sold that are.',
  check: [
    SHOWN_BREAKS,
    'Compare the counts of the article with its history: GET /api/v1/stock/{sku} and GET /api/v1/stock/{sku}/history.',
    'Count the goods, and find who wrote to the table beside the platform. The next check of the books ends the task when all rules hold.',
  ],
  runbook: 'books-disagree',
};
const UNASKED_TRANSFER: Omit<Guidance, 'known'> = {
  what: 'The money of a transfer that quotes no reference of an order is not where it should be.',
  check: [
    SHOWN_BREAKS,
    'Look at the transfer: GET /api/v1/payments/transfers; and, once it was matched, at the history of its order.',
    'Post a correction when an entry is wrong: POST /api/v1/ledger/transfers/{transferId}/corrections. The next check of the books ends the task when all rules hold.',
  ],
  runbook: 'books-disagree',
};

/** About a book that belongs to no order. */
export const BOOK_GUIDANCE: Readonly<Record<'article' | 'transfer', Omit<Guidance, 'known'>>> = {
  article: ARTICLE,
  transfer: UNASKED_TRANSFER,
};

export function guidanceOf({ kind, step, error }: Task): Guidance {
  switch (kind) {
    case 'compensation':
      return (step && BY_STEP[step]) ?? STUCK;
    case 'completion':
      return COMPLETION;
    case 'refund':
      return error === MADE_AT_CHANNEL ? UNASKED_REFUND : REFUND;
    case 'transfer':
      return TRANSFER;
    case 'parcel':
      return PARCEL;
    case 'review':
      return REVIEW;
    case 'stuck':
      return STUCK;
    case 'books':
      return BOOKS;
  }
}

/** How a task that is resolved ended. */
export const OUTCOMES: Readonly<Record<TaskResolution, string>> = {
  completed: 'It is done: the platform, or the answer of an operator to a held order, did what was to be done.',
  nothing_to_do: 'Nothing was left to do.',
  done_outside: 'An operator did it outside of the platform; the history has the evidence.',
  written_off: 'It is left undone: two operators agreed to that.',
};

/** Errors after which the request may have had its effect. */
const MAY_HAVE_HAPPENED = /OutcomeUnknown$|^States\.Timeout$|Timedout$/;
/** Errors of the platform before it sent anything. */
const NOT_SENT = /^(CircuitOpen|PartnerBusy|NoHealthyInstance)$/;

/** What the last attempt leaves open, in a sentence. */
export function unknownOf({ kind, error = '' }: Task): string {
  if (kind === 'review') return 'Nothing was done for the order yet.';
  if (MAY_HAVE_HAPPENED.test(error)) return 'The last attempt had no answer: it may have had its effect.';
  if (NOT_SENT.test(error)) return 'The last attempt was not sent; an earlier one may have had its effect.';
  return 'The last attempt was refused or not carried out; what has happened at the partner since is not known.';
}
