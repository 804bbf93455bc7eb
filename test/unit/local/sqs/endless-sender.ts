/** A process of its own that sends numbered messages until it is killed, and says after each one that it is sent. */
import { writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { arnOf, queueNamed, queues } from './queues.ts';

const store = new DatabaseSync(process.argv[2]!);
store.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
const { sqs } = queues([queueNamed('orders')], { store });
for (let number = 1; ; number += 1) {
  sqs.send(arnOf('orders'), String(number));
  writeSync(1, `${number}\n`);
}
