/**
 * The environment that functions read when they load. Import it before a function; its tests then make a handler of their
 * own with `makeHandler` and never call one of these names.
 */
const nowhere = 'http://127.0.0.1:9';

Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_ENDPOINT_URL: nowhere,
  POWERTOOLS_SERVICE_NAME: 'test',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  ORDER_LOG_TABLE: 'order-log',
  COMMANDS_TABLE: 'commands',
  ORDER_SNAPSHOTS_TABLE: 'order-snapshots',
  ORDER_VIEW_TABLE: 'order-view',
  ORDER_SEARCH_TABLE: 'order-search',
  PROJECTIONS_TABLE: 'projections',
  CATALOGUE_TABLE: 'catalogue',
  PROMOTIONS_TABLE: 'promotions',
  INVENTORY_TABLE: 'inventory',
  NOTIFICATIONS_TABLE: 'notifications',
  IDEMPOTENCY_TABLE: 'idempotency',
  RATE_LIMITS_TABLE: 'rate-limits',
  RATE_LIMIT_PER_SECOND: '50',
  RATE_LIMIT_BURST: '100',
  EVENT_BUS_NAME: 'bus',
  SAGA_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:order-saga:live',
  ORDER_SAGA_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:order-saga',
  PAYMENT_GATEWAY_URL: nowhere,
  CARRIER_URL: nowhere,
  REFUND_ATTEMPTS: '3',
  RETRY_QUEUE_URL: nowhere,
  OIDC_ISSUER: nowhere,
  OIDC_AUDIENCE: 'waybill',
  PARTNER_TIMEOUT_MS: '100',
});
