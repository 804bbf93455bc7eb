import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  changeConfiguration,
  getConfiguration,
  getConfigurationHistory,
} from '../../functions/configuration/routes.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { EventSubscription } from '../constructs/event-subscription.ts';
import type { Platform } from '../constructs/platform.ts';

/** The settings that operators change: their endpoints, and the events that tell of changes. */
export class Configuration extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, platform);
    const { configuration, bus } = platform;
    for (const route of [getConfiguration, getConfigurationHistory]) {
      configuration.grantReadHistory(this.endpoint(route));
    }
    configuration.grantChange(this.endpoint(changeConfiguration));

    const announce = this.function('configuration/announce-change', { timeout: Duration.seconds(10) });
    configuration.grantReadHistory(announce);
    bus.grantPublish(announce);
    new EventSubscription(this, 'ConfigurationNotices', { pattern: configuration.notices, subscriber: announce });
  }
}
