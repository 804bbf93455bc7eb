/** A program for `stacks.test.ts`: synthesizes an app of ten made-up contexts with ten routes each into a folder. */
import { readFileSync } from 'node:fs';
import { App, Duration } from 'aws-cdk-lib';
import type { Route } from '../../../functions/shared/http/route.ts';
import { BoundedContext } from '../../../lib/constructs/bounded-context.ts';
import { EventSubscription } from '../../../lib/constructs/event-subscription.ts';
import { Platform } from '../../../lib/constructs/platform.ts';
import { Identity } from '../../../lib/contexts/identity.ts';
import { FUNCTION_NAMES } from '../../../lib/functions.ts';
import { ApiStack } from '../../../lib/stacks/api-stack.ts';
import { WaybillStack } from '../../../lib/stacks/waybill-stack.ts';

/** Bundles that are there stand for those of the made-up contexts. */
const [subscriber, ...answers] = FUNCTION_NAMES.filter((name) => name !== 'identity/authorise-request');
const steps = [...answers];
const COMMANDS = ['open', 'hold', 'release', 'approve', 'reject', 'close', 'archive'];

const routesOf = (context: string): Route[] =>
  [
    { method: 'GET', path: `/${context}` } as const,
    { method: 'POST', path: `/${context}` } as const,
    { method: 'GET', path: `/${context}/{id}` } as const,
    ...COMMANDS.map((command) => ({ method: 'POST', path: `/${context}/{id}/${command}` }) as const),
  ].map(({ method, path }, index) => ({
    operationId: `${context}${index}`,
    method,
    path,
    function: answers[index]!,
    callers: { customers: true },
    ...(method === 'POST' ? { idempotency: true } : {}),
  }));

class MadeUpContext extends BoundedContext {
  constructor(scope: WaybillStack, id: string, platform: Platform) {
    super(scope, id, platform);
    const table = this.table(id, { variable: 'MADE_UP_TABLE', partitionKey: 'id' });
    this.step(steps.pop()!);
    for (const each of routesOf(id.toLowerCase())) table.grantTo(this.endpoint(each), 'GetItem');
    const subscribed = this.function(subscriber!, { timeout: Duration.seconds(10) });
    new EventSubscription(this, 'Updates', {
      bus: platform.bus,
      pattern: { source: ['waybill.orders'] },
      subscriber: subscribed,
    });
  }
}

const { context: flags } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
// CloudFormation's rules take longer than all else, and are for what is deployed.
const app = new App({
  outdir: process.argv[2]!,
  context: flags,
  analyticsReporting: false,
  builtinCloudFormationValidation: false,
});
const data = new WaybillStack(app, 'Waybill-Stateful');
const stack = new WaybillStack(app, 'Waybill-Stateless');
const platform = new Platform(stack, 'Platform', { data });
const { authoriser, issuer } = new Identity(stack, 'Identity', platform);

// A new context has a stack of its own by one line.
const contexts = Array.from({ length: 10 }, (_, index) => `Context${index}`).map(
  (id) => new MadeUpContext(new WaybillStack(app, `Waybill-${id}`), id, platform),
);
new ApiStack(app, 'Waybill-Api', { endpoints: contexts.flatMap(({ endpoints }) => endpoints), authoriser, issuer });
app.synth();
