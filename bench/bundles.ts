/** Size of each function's bundle, and the time a fresh process needs to import it. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleDirOf, FUNCTION_NAMES } from '../lib/functions.ts';
import { TABLES } from '../test/support/dynamodb/tables.ts';
import { BUDGET, percentile, type Report } from './report.ts';

const REPEATS = 5;
/** Handlers read their environment when they load; any well-formed value will do. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  PAYMENT_GATEWAY_URL: 'http://127.0.0.1:9',
  CARRIER_URL: 'http://127.0.0.1:9',
  PAYMENT_GATEWAY_CREDENTIAL: 'bench',
  CARRIER_CREDENTIAL: 'bench',
  BANK_URL: 'http://127.0.0.1:9',
  BANK_CREDENTIAL: 'bench',
  ALIPAY_URL: 'http://127.0.0.1:9',
  ALIPAY_CREDENTIAL: 'bench',
  WECHAT_PAY_URL: 'http://127.0.0.1:9',
  WECHAT_PAY_CREDENTIAL: 'bench',
  PAYMENT_NOTIFICATIONS_URL: 'http://127.0.0.1:9',
  OIDC_ISSUER: 'http://127.0.0.1:9',
  OIDC_AUDIENCE: 'bench',
  CONFIGURATION_PARAMETER: '/bench/configuration',
  EVENT_BUS_NAME: 'bench',
  RETRY_QUEUE_URL: 'http://127.0.0.1:9',
  REVIEW_FROM: '1000000',
  SNAPSHOT_EVERY: '20',
  SAGA_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:bench',
  DEPENDENCIES: '[]',
  ...Object.fromEntries(Object.values(TABLES).map(({ variable }) => [variable, 'bench'])),
};

export function benchBundles(report: Report): void {
  report.section('Function bundles: minified size, cold import (median of 5 processes)');
  let largest = 0;
  for (const name of FUNCTION_NAMES) {
    const file = path.join(bundleDirOf(name), 'index.mjs');
    const kilobytes = statSync(file).size / 1_000;
    largest = Math.max(largest, kilobytes);
    report.line(name, `${kilobytes.toFixed(0)} KB`, `${importMs(file).toFixed(0)} ms`);
  }
  report.judge('largest bundle, KB', largest, { atMost: BUDGET.bundleKilobytes }, (figure) => figure.toFixed(0));
}

function importMs(file: string): number {
  const script = `const t = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); process.stdout.write(String(performance.now() - t)); process.exit(0);`;
  const times = Array.from({ length: REPEATS }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { PATH: process.env.PATH, ...ENVIRONMENT },
      }),
    ),
  );
  return percentile(times, 0.5);
}
