/** `npm run record-release`: writes down what is released, which changes are held against from then on. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CANCELLATION_SAGA, ITEMS_CHANGE, ORDER_SAGA, type Saga } from '../support/saga/definition.ts';
import { RECORDED_DEFINITIONS } from './now/definitions.ts';
import { now } from './now/now.ts';
import { FILES, readRecord } from './record-files.ts';
import { refusals } from './rules/refusals.ts';

const USAGE = `Usage: npm run record-release -- --reason <why> [--release <version>]

Writes what this code deploys into test/released/, as what deployments run from now on: the resources that hold something, and the events. Tests refuse changes
that such a deployment could not live with. What was refused until now is said first, and no more afterwards.

  --reason <why>        why no deployment is harmed, in a sentence; it is kept in test/released/reasons.md
  --release <version>   also records the definitions of the sagas, which then are run with the steps of every later release
  --help`;

const VERSION = /^\d+\.\d+\.\d+$/;

try {
  const { values } = parseArgs({
    options: { reason: { type: 'string' }, release: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) console.log(USAGE);
  else record(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function record({ reason = '', release }: { readonly reason?: string; readonly release?: string }): void {
  if (reason.trim().length < 10) throw new Error(`--reason is "${reason}"; expected a sentence.\n\n${USAGE}`);
  if (release !== undefined && !VERSION.test(release)) {
    throw new Error(`--release is "${release}"; expected a version such as 0.3.0.\n\n${USAGE}`);
  }
  if (release !== undefined) recordDefinitions(release);
  const current = now();
  const refused = existsSync(FILES.resources) ? refusals(readRecord(), current) : [];
  console.log(refused.length === 0 ? 'Nothing was refused.' : `Refused until now:\n  ${refused.join('\n  ')}`);
  for (const part of ['resources', 'events', 'definitions'] as const) {
    writeFileSync(FILES[part], `${JSON.stringify(current[part], null, 1)}\n`);
  }
  const line = `- ${new Date().toISOString().slice(0, 10)}${release ? `, ${release}` : ''}: ${reason.trim()}\n`;
  writeFileSync(FILES.reasons, readFileSync(FILES.reasons, 'utf8').replace(/\n\n(?=- |$)/, `\n\n${line}`));
  console.log(`Recorded in test/released/. Commit it with the change that it is for.`);
}

/** A definition that was recorded once stays: executions run on it. */
function recordDefinitions(release: string): void {
  const folder = path.join(RECORDED_DEFINITIONS, release);
  if (existsSync(folder)) throw new Error(`${release} has recorded definitions already, which are never changed.`);
  mkdirSync(folder);
  const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
  for (const saga of [ORDER_SAGA, ITEMS_CHANGE, CANCELLATION_SAGA]) write(`${saga.name}.asl.json`, pretty(saga));
  for (const saga of [ORDER_SAGA, ITEMS_CHANGE]) write(`${saga.name}.scenarios.json`, saga.scenariosText);
  console.log(
    `Recorded the definitions of ${release}: name what its executions are told in test/saga/recorded-definitions.test.ts.`,
  );
}

const pretty = ({ definition }: Saga): string => `${JSON.stringify(definition, null, 2)}\n`;
