/** What is said about goods that come back, in English. */
export const enReturns = {
  'return.receive': 'Receive',
  'return.receive.title': 'What has come back?',
  'return.withdraw': 'Withdraw',
  'return.withdraw.title': 'Will the rest not come?',
  'return.withdraw.what':
    'The customer keeps {units}, and pays for it. That cannot be taken back; a new return can be recorded.',
  'return.good': 'For sale again',
  'return.damaged': 'Damaged, taken back',
  'return.rejected': 'Not taken back',
  'return.reason': 'Because',
  'return.fillIn': 'Say of each article how many units have come, and no more than are awaited.',
  'return.recorded': 'Recorded.',
  'return.effect.refunded': 'What was paid for {n} {n|unit|units} goes back to the customer.',
  'return.effect.stock': '{restocked} back for sale, {damaged} kept as damaged.',
  'return.effect.rejected': '{n} {n|unit goes|units go} back to the customer, who is told why.',
  'return.effect.awaited': '{n} {n|unit is|units are} still awaited.',
  'rejection.damaged': 'Damaged',
  'rejection.used': 'Used',
  'rejection.wrong_article': 'Another article',
  'rejection.not_in_package': 'Not in the package',
  'rejection.other': 'Another reason',
} as const;
