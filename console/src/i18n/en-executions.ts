/** What stands beside an order's history, in English. */
export const enExecutions = {
  'story.timeline': 'Timeline',
  'story.executions': 'Executions',
  'story.view': 'What is shown of the past',
  'story.view.timeline': 'Timeline',
  'story.view.executions': 'Executions',
  'execution.which': 'Execution',
  'execution.events': 'Events of the execution, newest first',
  'execution.arn': 'ARN of the execution',
  'execution.console': 'Open in Step Functions',
  'execution.none': 'No execution is on record.',
  'execution.noneHint':
    'The saga has not begun, or ended more than 90 days ago: Step Functions keeps no more. The timeline stays.',
  'saga.order': 'Order',
  'saga.items-change': 'Change of items',
  'saga.cancellation': 'Cancellation',
  'executionStatus.running': 'Running',
  'executionStatus.succeeded': 'Succeeded',
  'executionStatus.failed': 'Failed',
  'executionStatus.timed_out': 'Timed out',
  'executionStatus.aborted': 'Aborted',
  'executionStatus.pending_redrive': 'To be redriven',
} as const;
