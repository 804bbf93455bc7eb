/** What the names of this environment's stacks begin with, and so those of its alarms, which CloudFormation names after their stack. */
export const ALARM_PREFIX_VARIABLE = 'ALARM_NAME_PREFIX';
