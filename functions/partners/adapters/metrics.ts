/** 1 when our client certificate for a partner ends soon, else 0; only for partners that ask for one, by the dimension `Partner`. */
export const CERTIFICATE_ENDING = { name: 'PartnerCertificateEnding', unit: 'Count' } as const;
/** Instances of a partner that are not up, at a health check; by the dimension `Partner`. */
export const INSTANCES_NOT_UP = { name: 'PartnerInstancesNotUp', unit: 'Count' } as const;
