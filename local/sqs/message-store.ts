import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../contracts.ts';
import { AwsError } from '../contracts.ts';
import { present } from '../properties.ts';
import { transaction } from '../store.ts';
import type { ReceivedMessage, RedrivePolicy } from './queue.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sqs_messages (
    seq INTEGER PRIMARY KEY,
    queue TEXT NOT NULL,
    message_id TEXT NOT NULL,
    body TEXT NOT NULL,
    attributes TEXT,
    sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0,
    first_received_at INTEGER,
    dead_letter_source TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS sqs_messages_by_visibility ON sqs_messages (queue, visible_at);
`;

interface Row {
  readonly seq: number;
  readonly message_id: string;
  readonly body: string;
  readonly attributes: string | null;
  readonly sent_at: number;
  readonly receive_count: number;
  readonly first_received_at: number | null;
  readonly dead_letter_source: string | null;
}

export interface NewMessage {
  readonly messageId: string;
  readonly body: string;
  readonly messageAttributes?: JsonObject;
  readonly sentAt: number;
  readonly visibleAt: number;
}

export interface Receipt {
  readonly seq: number;
  readonly receiveCount: number;
  readonly messageId: string;
}

export interface ReceiveRequest {
  readonly queue: string;
  readonly now: number;
  readonly max: number;
  readonly visibilityTimeoutMs: number;
  /** Messages sent at this time or before are past the queue's retention. */
  readonly expiredAt: number;
  readonly redrive?: RedrivePolicy;
}

export interface MessageCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** The messages of all queues (named by their ARN) on SQLite; a change is durable when its method returns. */
export class MessageStore {
  readonly #store: DatabaseSync;
  readonly #statements;

  constructor(store: DatabaseSync) {
    store.exec(SCHEMA);
    const ofReceipt = 'WHERE seq = ? AND queue = ? AND receive_count = ? AND message_id = ?';
    this.#store = store;
    this.#statements = {
      add: store.prepare(
        'INSERT INTO sqs_messages (queue, message_id, body, attributes, sent_at, visible_at) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      due: store.prepare(
        'SELECT * FROM sqs_messages WHERE queue = ? AND visible_at <= ? AND sent_at > ? ORDER BY visible_at, seq LIMIT ?',
      ),
      take: store.prepare(
        'UPDATE sqs_messages SET visible_at = ?, receive_count = receive_count + 1, first_received_at = ? WHERE seq = ?',
      ),
      redrive: store.prepare(`
        UPDATE sqs_messages SET dead_letter_source = queue, queue = ?, visible_at = ?, receive_count = 0, first_received_at = NULL WHERE seq = ?`),
      delete: store.prepare(`DELETE FROM sqs_messages ${ofReceipt}`),
      changeVisibility: store.prepare(`UPDATE sqs_messages SET visible_at = ? ${ofReceipt} AND visible_at > ?`),
      counts: store.prepare(`
        SELECT COUNT(*) FILTER (WHERE visible_at <= ?1) AS visible,
          COUNT(*) FILTER (WHERE visible_at > ?1 AND receive_count > 0) AS inFlight,
          COUNT(*) FILTER (WHERE visible_at > ?1 AND receive_count = 0) AS delayed
        FROM sqs_messages WHERE queue = ?2 AND sent_at > ?3`),
      oldest: store.prepare(
        'SELECT MIN(sent_at) AS at FROM sqs_messages WHERE queue = ? AND (visible_at <= ? OR receive_count > 0)',
      ),
      nextVisible: store.prepare('SELECT MIN(visible_at) AS at FROM sqs_messages WHERE queue = ? AND visible_at > ?'),
      purge: store.prepare('DELETE FROM sqs_messages WHERE queue = ?'),
      expire: store.prepare('DELETE FROM sqs_messages WHERE queue = ? AND sent_at <= ?'),
      release: store.prepare(
        'UPDATE sqs_messages SET visible_at = ?2 WHERE queue = ?1 AND visible_at > ?2 AND receive_count > 0',
      ),
      move: store.prepare(`
        UPDATE sqs_messages SET queue = COALESCE(?1, dead_letter_source), visible_at = ?2,
          receive_count = 0, first_received_at = NULL, dead_letter_source = NULL
        WHERE seq IN (SELECT seq FROM sqs_messages
          WHERE queue = ?3 AND visible_at <= ?2 AND COALESCE(?1, dead_letter_source) IS NOT NULL ORDER BY seq LIMIT ?4)`),
    };
  }

  add(queue: string, messages: readonly NewMessage[]): void {
    transaction(this.#store, () => {
      for (const { messageId, body, messageAttributes, sentAt, visibleAt } of messages) {
        const attributes = messageAttributes === undefined ? null : JSON.stringify(messageAttributes);
        this.#statements.add.run(queue, messageId, body, attributes, sentAt, visibleAt);
      }
    });
  }

  /** Messages that are visible, oldest first, now invisible to others; and how many went to the dead-letter queue instead. */
  receive(request: ReceiveRequest): { readonly messages: ReceivedMessage[]; readonly redriven: number } {
    const { queue, now, max, visibilityTimeoutMs, expiredAt, redrive } = request;
    let redriven = 0;
    for (;;) {
      const due = this.#statements.due.all(queue, now, expiredAt, max) as unknown as Row[];
      const exhausted = redrive === undefined ? [] : due.filter((row) => row.receive_count >= redrive.maxReceiveCount);
      if (redrive === undefined || exhausted.length === 0) {
        transaction(this.#store, () => {
          for (const row of due) {
            this.#statements.take.run(now + visibilityTimeoutMs, row.first_received_at ?? now, row.seq);
          }
        });
        return { messages: due.map((row) => receivedFrom(row, now)), redriven };
      }
      transaction(this.#store, () => {
        for (const { seq } of exhausted) this.#statements.redrive.run(redrive.deadLetterArn, now, seq);
      });
      redriven += exhausted.length;
    }
  }

  /** Deletes the messages that were not received again since these receipts were given; others stay. */
  delete(queue: string, receipts: readonly Receipt[]): void {
    transaction(this.#store, () => {
      for (const { seq, receiveCount, messageId } of receipts) {
        this.#statements.delete.run(seq, queue, receiveCount, messageId);
      }
    });
  }

  /** False when the message is not in flight under this receipt. */
  changeVisibility(queue: string, { seq, receiveCount, messageId }: Receipt, now: number, visibleAt: number): boolean {
    return this.#statements.changeVisibility.run(visibleAt, seq, queue, receiveCount, messageId, now).changes === 1;
  }

  counts(queue: string, now: number, expiredAt: number): MessageCounts {
    return this.#statements.counts.get(now, queue, expiredAt) as unknown as MessageCounts;
  }

  /** When the oldest message was sent, of those that are visible or in flight. */
  oldestSentAt(queue: string, now: number): number | undefined {
    return (this.#statements.oldest.get(queue, now) as { at: number | null }).at ?? undefined;
  }

  /** When the next invisible message becomes visible. */
  nextVisible(queue: string, now: number): number | undefined {
    return (this.#statements.nextVisible.get(queue, now) as { at: number | null }).at ?? undefined;
  }

  purge(queue: string): void {
    this.#statements.purge.run(queue);
  }

  expire(queue: string, expiredAt: number): void {
    this.#statements.expire.run(queue, expiredAt);
  }

  /** Makes every message that is in flight visible. */
  release(queue: string, now: number): void {
    this.#statements.release.run(queue, now);
  }

  /** Moves visible messages to `destination`, or without one back to the queue they came from. Returns how many. */
  move(deadLetterQueue: string, destination: string | undefined, now: number, limit = -1): number {
    return Number(this.#statements.move.run(destination ?? null, now, deadLetterQueue, limit).changes);
  }
}

function receivedFrom(row: Row, now: number): ReceivedMessage {
  const receiveCount = row.receive_count + 1;
  return {
    messageId: row.message_id,
    receiptHandle: handleOf({ seq: row.seq, receiveCount, messageId: row.message_id }),
    body: row.body,
    messageAttributes: row.attributes === null ? {} : (JSON.parse(row.attributes) as JsonObject),
    sentAt: row.sent_at,
    firstReceivedAt: row.first_received_at ?? now,
    receiveCount,
    ...present({ deadLetterSourceArn: row.dead_letter_source ?? undefined }),
  };
}

const handleOf = ({ seq, receiveCount, messageId }: Receipt): string =>
  Buffer.from(`${seq}.${receiveCount}.${messageId}`).toString('base64url');

/** Undefined when the text was never a receipt handle. */
export function receiptOf(handle: string): Receipt | undefined {
  const match = /^(\d{1,15})\.(\d{1,9})\.(.+)$/.exec(Buffer.from(handle, 'base64url').toString());
  if (match === null) return undefined;
  return { seq: Number(match[1]), receiveCount: Number(match[2]), messageId: match[3]! };
}

/** @throws AwsError when the text was never a receipt handle */
export function parseReceipt(handle: string): Receipt {
  const receipt = receiptOf(handle);
  if (receipt === undefined) {
    throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return receipt;
}
