import * as z from 'zod';

/** What CloudWatch Logs takes, up to two years. */
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

const smokeTest = z.strictObject({
  /** The article that is ordered, one unit of it. */
  sku: z.string().min(1),
  /** A card that the partner takes no money from. */
  cardToken: z.string().min(1),
  /** Where nothing is delivered to. */
  shippingAddress: z.strictObject({
    name: z.string(),
    street: z.string(),
    city: z.string(),
    state: z.string().optional(),
    country: z.string().length(2),
    postalCode: z.string().optional(),
  }),
});

/** One environment: what is different in it. Every key has to be known. */
export const stageSchema = z
  .strictObject({
    /** The AWS account, twelve digits. @default the one of the credentials */
    account: z
      .string()
      .regex(/^\d{12}$/, 'expected twelve digits')
      .optional(),
    /** @default the one of the environment (AWS_REGION) */
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'expected a region such as eu-central-1')
      .optional(),
    /** Whether tables, credentials, parked orders and dead letters stay when stacks are deleted; then tables are protected against deletion, too. */
    keepsData: z.boolean(),
    /** To which day back tables can be recovered to any second. */
    recoveryDays: z.int().min(1).max(35),
    /** How long logs are kept. */
    logDays: z.literal(LOG_DAYS),
    /** How long the personal data of an order is kept after its last event, once nothing of it is under way. @default 1095, three years */
    personalDataDays: z.int().min(1).max(36_500).default(1_095),
    /** How long the audit trail is kept: the logs of what operators can ask for, and the access log. At least as long as other logs. */
    auditDays: z.literal(LOG_DAYS),
    /**
     * How an update comes to callers: `at-once`; or `canary`: a tenth of the calls of each function and of the executions of each saga for five minutes, then all, and
     * back to the version before when functions or the API fail.
     */
    rollout: z.enum(['at-once', 'canary']),
    /** Whether CloudFormation refuses to delete the stacks. */
    terminationProtection: z.boolean(),
    /**
     * API Gateway writes logs with a role that is set once for the whole account and region. `there`: it is set already; `set`: this stage sets it, in the
     * place of whatever was there.
     */
    accountLogging: z.enum(['there', 'set']),
    /** Whether tables, queues, logs, the topic of alarms and credentials are encrypted with a key of the environment's own, in KMS. @default with keys of AWS */
    customerManagedKey: z.boolean().optional(),
    /** Requests that an address may send in five minutes before a web ACL refuses it, with AWS's managed rules beside. @default no web ACL */
    requestsPerAddress: z.int().min(10).max(2_000_000_000).optional(),
    /** The name under which clients know the API; then there is no other. @default the one that API Gateway makes */
    domain: z
      .strictObject({
        /** Such as `api.example.com`, in small letters. */
        name: z.string().regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'expected a name such as api.example.com'),
        /** Of a certificate for it, in Certificate Manager in the region of the stage. */
        certificateArn: z
          .string()
          .regex(/^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/, 'expected the ARN of a certificate'),
      })
      .optional(),
    /** Parameters of the app, by name: docs/deploying.md has them all. */
    parameters: z.record(z.string().regex(/^[A-Z]\w*$/, 'expected the name of a parameter'), z.string()),
    /** The order that a deployment ends with. @default none: the deployment says that nothing was ordered */
    smokeTest: smokeTest.optional(),
  })
  .refine(({ logDays, auditDays }) => auditDays >= logDays, {
    path: ['auditDays'],
    error: 'expected at least as many days as logDays',
  });

export type StageInput = z.input<typeof stageSchema>;
export type Stage = z.output<typeof stageSchema> & { readonly name: string };

/** In stack names, in a capital: no longer, because names of functions are cut after 64 characters. */
const NAME = /^[a-z][a-z0-9]{0,11}$/;

/** @throws Error that says which stages there are, or every fault in the one that is named, with its key */
export function stageNamed(name: string, stages: Readonly<Record<string, unknown>>): Stage {
  const known = Object.keys(stages);
  if (!Object.hasOwn(stages, name)) {
    throw new Error(`The stage is "${name}"; expected one of ${known.join(', ')} (lib/stages/stages.ts).`);
  }
  if (!NAME.test(name)) {
    throw new Error(
      `The stage "${name}" has a name that stacks cannot have; expected small letters and digits, 12 at most.`,
    );
  }
  const parsed = stageSchema.safeParse(stages[name]);
  if (parsed.success) return { ...parsed.data, name };
  const faults = parsed.error.issues.map(({ path, message }) => `\n  ${[name, ...path].join('.')}: ${message}`);
  throw new Error(`lib/stages/stages.ts is wrong:${faults.join('')}`);
}
