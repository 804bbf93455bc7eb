import type { Instance } from '../../shared/outbound/instance.ts';

/** An instance as the API shows it. */
export const shownInstance = ({ lastHeartbeat, ...instance }: Instance) => ({
  ...instance,
  lastHeartbeat: new Date(lastHeartbeat).toISOString(),
});
