/** The app's Lambda functions: the one place that lists them. Bundling and the stacks both read it. */
import path from 'node:path';

export const PROJECT_ROOT = path.resolve(import.meta.dirname, '..');

/** Where the bundles go, one folder per function; CDK takes each folder as a code asset. */
export const BUNDLES_DIR = path.join(PROJECT_ROOT, 'dist/functions');

/** Every function as `<bounded context>/<verb-noun>`; its source is `functions/<name>.ts`. */
export const FUNCTION_NAMES = [
  'orders/create-order',
  'orders/get-order',
  'orders/get-order-history',
  'orders/list-orders',
  'orders/search-orders',
  'orders/get-metrics',
  'orders/relay-order-events',
  'orders/start-order-saga',
  'orders/request-cancellation',
  'orders/change-shipping-address',
  'orders/change-items',
  'orders/approve-order',
  'orders/reject-order',
  'orders/ship-order',
  'orders/deliver-order',
  'orders/refund-order',
  'orders/request-return',
  'orders/receive-return',
  'orders/start-cancellation-saga',
  'orders/start-items-change',
  'orders/confirm-order',
  'orders/cancel-order',
  'orders/refuse-items-change',
  'orders/project-order-view',
  'inventory/reserve-inventory',
  'inventory/release-inventory',
  'inventory/adjust-reservation',
  'payments/authorise-payment',
  'payments/capture-payment',
  'payments/void-payment',
  'payments/adjust-authorisation',
  'payments/restore-authorisation',
  'payments/refund-payment',
  'shipping/create-shipment',
  'shipping/cancel-shipment',
  'notifications/notify-customer',
  'identity/authorise-request',
  'operations/check-health',
  'api-docs/get-document',
  'api-docs/get-page',
] as const;

export type FunctionName = (typeof FUNCTION_NAMES)[number];

export const contextOf = (name: FunctionName): string => name.slice(0, name.indexOf('/'));

export const sourceOf = (name: FunctionName): string => path.join(PROJECT_ROOT, 'functions', `${name}.ts`);

/** The folder of a function's bundle: `index.mjs` and its source map. */
export const bundleDirOf = (name: FunctionName): string => path.join(BUNDLES_DIR, name.replace('/', '-'));
