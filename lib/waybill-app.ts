import { App, type AppProps } from 'aws-cdk-lib';
import { Platform } from './constructs/platform.ts';
import type { Steps } from './constructs/saga.ts';
import { ApiDocs } from './contexts/api-docs.ts';
import { Configuration } from './contexts/configuration.ts';
import { Identity } from './contexts/identity.ts';
import { Inventory } from './contexts/inventory.ts';
import { Ledger } from './contexts/ledger.ts';
import { Notifications } from './contexts/notifications.ts';
import { Operations } from './contexts/operations.ts';
import { Orders } from './contexts/orders.ts';
import { Partners } from './contexts/partners.ts';
import { Payments } from './contexts/payments.ts';
import { RecoveryTasks } from './contexts/recovery/tasks.ts';
import { Recovery } from './contexts/recovery.ts';
import { Shipping } from './contexts/shipping.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { WaybillStack } from './stacks/waybill-stack.ts';

/**
 * The app: which stack each bounded context is in. Tables are apart from everything that is deployed often. Bundles must exist
 * (`npm run bundle`). The context value `ephemeral` makes an environment that can be deleted with all its data.
 * See docs/decisions/0066-a-context-is-one-construct-and-a-line-in-the-app.md.
 */
export function waybillApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  const data = new WaybillStack(app, 'Waybill-Stateful', { description: 'Waybill: tables' });
  const stack = new WaybillStack(app, 'Waybill-Stateless', { description: 'Waybill: sagas, functions and events' });
  const books = new WaybillStack(app, 'Waybill-Ledger', { description: 'Waybill: the books of money and of stock' });
  const stock = new WaybillStack(app, 'Waybill-Inventory', {
    description: 'Waybill: what changes stock beside orders',
  });
  const notices = new WaybillStack(app, 'Waybill-Payments', { description: 'Waybill: what payment channels tell' });
  const settings = new WaybillStack(app, 'Waybill-Configuration', { description: 'Waybill: the configuration' });
  const platform = new Platform(stack, 'Platform', { data });

  const identity = new Identity(stack, 'Identity', platform);
  const recovery = new Recovery(stack, 'Recovery', platform);
  const articles = new Inventory(stock, 'Inventory', platform);
  const payments = new Payments(stack, 'Payments', platform, { notices });
  // A line per context. One with many endpoints has a stack of its own: `new WaybillStack(app, 'Waybill-<Context>')` for `stack`.
  const others = [
    articles,
    payments,
    new Shipping(stack, 'Shipping', platform),
    new Notifications(stack, 'Notifications', platform),
    new Ledger(books, 'Ledger', platform, {
      inventory: articles.inventory,
      stockLog: articles.stockLog,
      transferLog: payments.transferLog,
    }),
    new ApiDocs(stack, 'ApiDocs', platform),
    new Configuration(settings, 'Configuration', platform),
    identity,
    recovery,
  ];
  const steps = Object.assign({}, ...others.map((context) => context.steps)) as Steps;
  const orders = new Orders(stack, 'Orders', platform, { steps });
  recovery.answer(orders.sagas.all);
  const people = new WaybillStack(app, 'Waybill-Tasks', { description: 'Waybill: what waits for people' });
  const contexts = [
    orders,
    ...others,
    new RecoveryTasks(people, 'Tasks', platform, { parkedOrders: orders.sagas.parkedOrders }),
  ];

  const probes = [platform, ...contexts].flatMap((context) => context.probes);
  const registry = new WaybillStack(app, 'Waybill-Partners', { description: 'Waybill: the instances of partners' });
  const partners = new Partners(registry, 'Partners', platform, {
    partners: contexts.flatMap((context) => context.partners),
    waits: recovery.waits,
  });
  const operations = new Operations(stack, 'Operations', platform, { probes });
  new ApiStack(app, 'Waybill-Api', {
    description: 'Waybill: API',
    endpoints: [...contexts, partners, operations].flatMap((context) => context.endpoints),
    authoriser: identity.authoriser,
    issuer: identity.issuer,
  });
  return app;
}
