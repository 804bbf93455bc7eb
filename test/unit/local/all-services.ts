import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RuntimeMetrics } from '../../../local/metrics.ts';
import type { Service } from '../../../local/service.ts';
import { createServices, type Services } from '../../../local/services.ts';
import { testContext } from '../../support/runtime/service-context.ts';
import { VirtualClock } from '../../support/runtime/virtual-clock.ts';

export interface AllServices extends Services {
  named(name: string): Service;
  remove(): void;
}

/** The runtime's own list of services, none of them started. */
export function allServices(): AllServices {
  const logDir = mkdtempSync(path.join(tmpdir(), 'services-'));
  const clock = new VirtualClock();
  const services = createServices(testContext(clock), {
    metrics: new RuntimeMetrics(clock),
    endpointUrl: 'http://127.0.0.1:4566',
    callEndpoint: () => Promise.reject(new Error('Nothing is called.')),
    logDir,
    onProgress: () => {},
    fail: () => {},
  });
  return {
    ...services,
    named: (name) => services.all.find((service) => service.name === name)!,
    remove: () => rmSync(logDir, { recursive: true }),
  };
}
