import { App, type AppProps, Stack } from 'aws-cdk-lib';
import { CustomerKey } from './constructs/customer-key.ts';
import { Platform } from './constructs/platform.ts';
import { Rollout } from './constructs/rollout.ts';
import { Saga, type Steps } from './constructs/saga.ts';
import { ThrottleAlarms } from './constructs/throttle-alarms.ts';
import { WaybillFunction } from './constructs/waybill-function.ts';
import { WaybillTable } from './constructs/waybill-table.ts';
import { ApiDocs } from './contexts/api-docs.ts';
import { Configuration } from './contexts/configuration.ts';
import { Console } from './contexts/console.ts';
import { DeadLetters } from './contexts/dead-letters.ts';
import { Identity } from './contexts/identity.ts';
import { Inventory } from './contexts/inventory.ts';
import { Ledger } from './contexts/ledger.ts';
import { Notifications } from './contexts/notifications.ts';
import { Operations } from './contexts/operations.ts';
import { Fulfilment } from './contexts/orders/fulfilment.ts';
import { OrderLists } from './contexts/orders/order-lists.ts';
import { PersonalData } from './contexts/orders/personal-data.ts';
import { Returns } from './contexts/orders/returns.ts';
import { Orders } from './contexts/orders.ts';
import { Partners } from './contexts/partners.ts';
import { Payments } from './contexts/payments.ts';
import { Executions } from './contexts/recovery/executions.ts';
import { RecoveryTasks } from './contexts/recovery/tasks.ts';
import { Recovery } from './contexts/recovery.ts';
import { Shipping } from './contexts/shipping.ts';
import { emulatorOf } from './emulator/emulator-of.ts';
import { OnCall } from './on-call/on-call.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { WaybillStack } from './stacks/waybill-stack.ts';
import { environmentOf } from './stages/environment.ts';

/**
 * The app: which stack each bounded context is in. Tables are apart from everything that is deployed often. Bundles must exist
 * (`npm run bundle`). The context value `stage` says for which environment it is, `ephemeral` that the one without a name can be deleted
 * with all its data.
 * See docs/decisions/0066-a-context-is-one-construct-and-a-line-in-the-app.md.
 */
export function waybillApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  const { prefix, stackProps, rollout } = environmentOf(app);
  const stackNamed = (name: string, description: string) =>
    new WaybillStack(app, `${prefix}-${name}`, { ...stackProps, description: `Waybill: ${description}` });
  CustomerKey.provide(app, stackNamed);
  const data = stackNamed('Stateful', 'tables');
  const stack = stackNamed('Stateless', 'sagas, functions and events');
  const books = stackNamed('Ledger', 'the books of money and of stock');
  const stock = stackNamed('Inventory', 'what changes stock beside orders');
  const notices = stackNamed('Payments', 'what payment channels tell');
  const messages = stackNamed('Notifications', 'what customers are told');
  const settings = stackNamed('Configuration', 'the configuration');
  const platform = new Platform(stack, 'Platform', { data });

  const identity = new Identity(stack, 'Identity', platform);
  const recovery = new Recovery(stack, 'Recovery', platform);
  const articles = new Inventory(stock, 'Inventory', platform);
  const payments = new Payments(stack, 'Payments', platform, { notices });
  const notifications = new Notifications(stack, 'Notifications', platform, { messages });
  const parcels = stackNamed('Parcels', 'what becomes of parcels');
  // A line per context. One with many endpoints has a stack of its own: `stackNamed('<Context>', '…')` for `stack`.
  const others = [
    articles,
    payments,
    new Shipping(stack, 'Shipping', platform, { parcels }),
    notifications,
    new ApiDocs(stack, 'ApiDocs', platform),
    new Configuration(settings, 'Configuration', platform),
    identity,
    recovery,
  ];
  const steps = Object.assign({}, ...others.map((context) => context.steps)) as Steps;
  const orders = new Orders(stack, 'Orders', platform, { steps });
  recovery.answer(orders.sagas.all);
  const people = stackNamed('Tasks', 'what waits for people');
  const tasks = new RecoveryTasks(people, 'Tasks', platform, { parkedOrders: orders.sagas.parkedOrders });
  const privacy = stackNamed('Privacy', 'personal data, to have it and to have it erased');
  const personalData = new PersonalData(privacy, 'PersonalData', platform, {
    ...orders.tables,
    inbox: notifications.inbox,
  });
  const lists = new OrderLists(stackNamed('Lists', 'lists of all orders'), 'Lists', platform, orders.tables);
  const fulfilment = new Fulfilment(parcels, 'Fulfilment', platform);
  const returns = new Returns(parcels, 'Returns', platform, orders.tables);
  const ledger = new Ledger(books, 'Ledger', platform, {
    inventory: articles.inventory,
    stockLog: articles.stockLog,
    transferLog: payments.transferLog,
    tasks: tasks.tasks,
  });
  const executions = new Executions(people, 'Executions', platform, { sagas: orders.sagas.all });
  const contexts = [orders, ...others, personalData, lists, fulfilment, returns, ledger, tasks, executions];

  const registry = stackNamed('Partners', 'the instances of partners');
  const partners = new Partners(registry, 'Partners', platform, {
    partners: contexts.flatMap((context) => context.partners),
    waits: recovery.waits,
  });
  const letters = new DeadLetters(stackNamed('DeadLetters', 'what could not be handled'), 'DeadLetters', platform);

  const probes = [platform, ...contexts].flatMap((context) => context.probes);
  const forOperators = stackNamed('Console', 'the operations console');
  const { pages } = new Console(forOperators, 'Console', platform, { issuer: identity.issuer });
  const operations = new Operations(stack, 'Operations', platform, { probes });
  const endpoints = [...contexts, letters, partners, operations].flatMap((context) => context.endpoints);
  const { apiName } = new ApiStack(app, `${prefix}-Api`, {
    ...stackProps,
    description: 'Waybill: API',
    endpoints,
    pages,
    authoriser: identity.authoriser,
    issuer: identity.issuer,
  });
  // The contexts' tables are all there by now.
  const tables = app.node.findAll().filter((each) => each instanceof WaybillTable);
  new ThrottleAlarms(stackNamed('Limits', 'alarms on what AWS refuses'), 'ThrottleAlarms', tables);
  // Emulators have neither alarms on sums of metrics nor dashboards.
  if (emulatorOf(app) === undefined) {
    const alarms = [orders.sagas.parkedOrders.alarm, orders.sagas.sagaFailures.alarm];
    new OnCall(stackNamed('OnCall', 'objectives and the dashboard'), 'OnCall', { apiName, alarms });
  }
  if (rollout === 'canary') {
    const functions = app.node.findAll().filter((each) => each instanceof WaybillFunction);
    const shifting = stackNamed('Rollout', 'how callers come to new versions');
    const answering = new Set([identity.authoriser, ...[...endpoints, ...pages].map(({ handler }) => handler)]);
    const sagas = app.node.findAll().filter((each) => each instanceof Saga);
    const callingSagas = new Set(sagas.flatMap(({ callers }) => [...callers]));
    new Rollout(shifting, 'Rollout', { functions, answering, callingSagas });
    for (const each of new Set(functions.map((one) => Stack.of(one)))) each.addStackDependency(shifting);
  }
  return app;
}
