import type { Construct } from 'constructs';
import { API_DOCS_ROUTES } from '../../functions/api-docs/routes.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import type { Platform } from '../constructs/platform.ts';

/** The API document, and the page that shows it. */
export class ApiDocs extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, platform);
    for (const route of API_DOCS_ROUTES) this.endpoint(route);
  }
}
