/** Instances of a partner that are not up, at a health check; by the dimension `Partner`. */
export const INSTANCES_NOT_UP = { name: 'PartnerInstancesNotUp', unit: 'Count' } as const;
