import type { DependencyKind } from '../../functions/published/dependencies.ts';
import type { Permission } from './grant.ts';

/** A dependency that the health check looks at. */
export interface Probe {
  /** The name in the answer of the health check, such as `payment-gateway`. */
  readonly name: string;
  readonly kind: DependencyKind;
  /** Name, ARN or URL, as its kind needs it. */
  readonly target: string;
  /** What looking at it takes. @default nothing */
  readonly permission?: Permission;
}
