import { globSync, readFileSync } from 'node:fs';

const nowhere = 'http://127.0.0.1:9';

/** Read from the sources, because an import that waits for others would not keep a function that comes after it waiting. */
const tableVariables = globSync('functions/**/*tables.ts').flatMap(
  (file) => readFileSync(file, 'utf8').match(/\b[A-Z_]+_TABLE\b/g) ?? [],
);

/** What every function of the app finds in its environment, without anything that answers. */
export const FUNCTION_VARIABLES: Readonly<Record<string, string>> = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_ENDPOINT_URL: nowhere,
  POWERTOOLS_SERVICE_NAME: 'test',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  ...Object.fromEntries(tableVariables.map((variable) => [variable, variable.toLowerCase()])),
  CONFIGURATION_PARAMETER: '/test/configuration',
  ALARM_NAME_PREFIX: 'Waybill-',
  EVENT_BUS_NAME: 'bus',
  SAGA_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:order-saga:live',
  ORDER_SAGA_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:order-saga:live',
  CANCELLATION_SAGA_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:cancellation:live',
  ITEMS_CHANGE_SAGA_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:items-change:live',
  PAYMENT_GATEWAY_URL: nowhere,
  CARRIER_URL: nowhere,
  PAYMENT_GATEWAY_CREDENTIAL: 'payment-gateway',
  CARRIER_CREDENTIAL: 'carrier',
  CARD_NOTIFICATIONS_CREDENTIAL: 'card',
  CARRIER_NOTIFICATIONS_CREDENTIAL: 'carrier-notifications',
  ALIPAY_URL: nowhere,
  ALIPAY_CREDENTIAL: 'alipay',
  WECHAT_PAY_URL: nowhere,
  WECHAT_PAY_CREDENTIAL: 'wechat-pay',
  BANK_URL: nowhere,
  BANK_CREDENTIAL: 'bank',
  PAYMENT_NOTIFICATIONS_URL: nowhere,
  CARD_RETURN_URL: nowhere,
  RETRY_QUEUE_URL: nowhere,
  KEEPER_QUEUE_URL: nowhere,
  PARKED_ORDERS_QUEUE_URL: nowhere,
  CHECKS_QUEUE_URL: nowhere,
  EMAIL_SENDER: 'orders@shop.example',
  SHOP_LANGUAGE: 'en',
  SHOP_TIME_ZONE: 'UTC',
  OIDC_ISSUER: nowhere,
  OIDC_AUDIENCE: 'waybill',
  DEPENDENCIES: '[]',
  PARTNERS: '[]',
  CREDENTIALS: '[]',
};
