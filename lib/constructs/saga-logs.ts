/**
 * What the names of the logs of sagas begin with. Groups of other names each add to a policy of CloudWatch Logs that holds for the whole account and is full at
 * 5,120 characters.
 */
export const sagaLogsOf = (stackOrPrefix: string): string => `/aws/vendedlogs/states/${stackOrPrefix}`;
