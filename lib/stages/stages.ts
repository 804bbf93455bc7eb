import type { StageInput } from './stage.ts';

/**
 * The environments that `npm run deploy -- --stage <name>` knows: add yours, or change these. A stage has stacks, names and metrics of its own, so that
 * several can be in one account. docs/deploying.md says what each choice means.
 */
export const STAGES = {
  // Comes and goes with all its data.
  dev: {
    keepsData: false,
    recoveryDays: 1,
    logDays: 7,
    personalDataDays: 30,
    rollout: 'at-once',
    auditDays: 7,
    terminationProtection: false,
    accountLogging: 'there',
    parameters: { AuthoriserConcurrency: '0' },
    // Of the simulated partners and the demo shop.
    smokeTest: {
      sku: 'TSHIRT',
      cardToken: 'tok_ok',
      shippingAddress: {
        name: 'Li Wei',
        street: '88 Nanjing Road',
        city: 'Shanghai',
        state: 'Shanghai',
        country: 'CN',
        postalCode: '200000',
      },
    },
  },
  // As production, so that what is tried here holds there.
  staging: {
    keepsData: true,
    recoveryDays: 7,
    logDays: 30,
    personalDataDays: 90,
    rollout: 'canary',
    auditDays: 90,
    terminationProtection: true,
    accountLogging: 'there',
    parameters: {},
  },
  prod: {
    keepsData: true,
    recoveryDays: 35,
    logDays: 180,
    personalDataDays: 1_095,
    rollout: 'canary',
    auditDays: 400,
    terminationProtection: true,
    accountLogging: 'there',
    customerManagedKey: true,
    // A shop's servers may send for many customers from one address: about 33 requests a second.
    requestsPerAddress: 10_000,
    parameters: {},
  },
} as const satisfies Readonly<Record<string, StageInput>>;
