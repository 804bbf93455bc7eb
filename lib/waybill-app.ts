import { App, type AppProps } from 'aws-cdk-lib';
import { StatefulStack } from './stacks/stateful-stack.ts';
import { StatelessStack } from './stacks/stateless-stack.ts';

/**
 * The app: tables in one stack, everything else in another. Bundles must exist (`npm run bundle`). The context value
 * `ephemeral` makes an environment that can be deleted with all its data.
 */
export function waybillApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  const ephemeral = [true, 'true'].includes(app.node.tryGetContext('ephemeral') as boolean | string);
  const tables = new StatefulStack(app, 'Waybill-Stateful', { description: 'Waybill: tables', ephemeral });
  new StatelessStack(app, 'Waybill-Stateless', { description: 'Waybill: API, saga, functions and events', tables });
  return app;
}
