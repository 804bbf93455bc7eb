/** What is granted and not used while the suites run, and why it is granted all the same. What is not in this list is to be taken back. */
export interface Explained {
  readonly role?: RegExp;
  readonly action: RegExp;
  readonly resource?: RegExp;
  readonly why: string;
  /**
   * How far the suites go:
   * - `by AWS`: AWS itself needs it, and this machine never asks;
   * - `by others`: other roles use it through the same code, and at least one of them has;
   * - `rarely`: for what the suites do not bring about every time.
   */
  readonly used: 'by AWS' | 'by others' | 'rarely';
}

const RESTARTING = /^(WakeOrder|CheckProgress|SweepOrders|SweepNow)$/;
/** They do at intervals of a quarter of an hour what others do when they are asked, or when something happens. */
const AT_INTERVALS = /^(AuditBooks|SweepOrders|CheckWaitingOrders|CheckProgress|RemindTasks|CheckLowStock)$/;
const ADJUSTING = /^(Adjust|Restore)Authorisation$/;

export const EXPLAINED: readonly Explained[] = [
  {
    action: /^logs:/,
    used: 'by AWS',
    why: 'Lambda and Step Functions write logs in the name of the role; this machine writes them to files.',
  },
  { action: /^dynamodb:ListStreams$/, used: 'by AWS', why: 'Lambda refuses to read a stream for a role without it.' },
  {
    role: /SagaStateMachine$/,
    action: /^events:PutEvents$/,
    used: 'by AWS',
    why: 'Executions that release 0.2.0 or an earlier one started call a person with it: their definitions go on with this role.',
  },
  {
    role: /SagaStateMachine$/,
    action: /^lambda:InvokeFunction$/,
    resource: /^function:\w+$/,
    used: 'by AWS',
    why: 'Executions that 0.2.0 or an earlier release started invoke functions by their own ARN, without the alias: their definitions go on with this role.',
  },
  {
    role: /^SendEmails$/,
    action: /^ses:SendEmail$/,
    resource: /^identity\/mail\.invalid$/,
    used: 'rarely',
    why: 'The name of the sender where none is set: nothing is sent then, and there is no subscription.',
  },
  {
    action: /^dynamodb:UpdateItem$/,
    resource: /^table\/DeadLetters$/,
    used: 'rarely',
    why: 'The middleware of all consumers notes there why it gives up on a message, and that one which was resent is handled; few messages of a suite are dead letters.',
  },
  {
    role: /^ResendDeadLetters?$/,
    action: /^(sqs:SendMessage|dynamodb:.*)$/,
    used: 'rarely',
    why: 'A dead letter goes back to the queue that it came from, one by one or by filter. The test of the console resends one.',
  },
  {
    role: /^FileDeadLetters$/,
    action: /^(sqs:DeleteMessage|dynamodb:(GetItem|UpdateItem))$/,
    used: 'rarely',
    why: 'It files and removes what is in a dead-letter queue, and most of these stay empty in a suite.',
  },
  {
    role: /^DismissDeadLetter$/,
    action: /^dynamodb:UpdateItem$/,
    used: 'rarely',
    why: 'Suites resend their dead letters. The contract suite of letters dismisses some.',
  },
  {
    action: /^sqs:SendMessage$/,
    resource: /DeadLetters$/,
    used: 'rarely',
    why: 'Lambda puts a record there that the relay could not handle for hours.',
  },
  {
    action: /^dynamodb:(Put|Update|Delete)Item$/,
    resource: /^table\/Idempotency$/,
    used: 'by others',
    why: 'The middleware of all commands keeps its answer, and gives the key free when the command fails; not every command fails in a suite.',
  },
  {
    action: /^dynamodb:(Get|Put)Item$/,
    resource: /^table\/Commands$/,
    used: 'by others',
    why: 'A command that was carried out before is looked up when it comes again or has lost a race.',
  },
  {
    action: /^dynamodb:(Get|Put)Item$/,
    resource: /^table\/OrderSnapshots$/,
    used: 'rarely',
    why: 'A stream has a snapshot from its twentieth event on. The contract suite of snapshots has both.',
  },
  {
    role: RESTARTING,
    action: /^states:(StartExecution|DescribeExecution)$/,
    used: 'rarely',
    why: 'Each of them starts a saga anew whose execution was lost. Which of them finds it first, and in which saga, is chance.',
  },
  {
    role: RESTARTING,
    action: /^(dynamodb:(Query|PutItem|GetItem|DeleteItem)|ssm:GetParameter)$/,
    resource: /^(table\/(OrderLog|RecoveryWaits)|parameter\/.*)$/,
    used: 'by others',
    why: 'The same code looks at an order that seems stuck; which function does so first is chance.',
  },
  {
    role: /^(ReleaseWaitingOrders|CheckWaitingOrders|WakeOrder)$/,
    action: /^states:SendTask(Success|Failure)$/,
    used: 'rarely',
    why: 'Each of them lets orders go on that wait, or gives one up. Changes of items seldom wait.',
  },
  {
    role: /^EraseOldOrders$/,
    action: /^dynamodb:/,
    used: 'by others',
    why: 'Personal data of orders that have been at rest for years is erased by the code that erases it when somebody asks.',
  },
  {
    role: /^EraseOldOrders$/,
    action: /^dynamodb:(PutItem|UpdateItem|GetItem|DeleteItem)$/,
    resource: /^table\/(OrderView|OrderLog|Commands|OrderSnapshots)$/,
    used: 'rarely',
    why: 'No suite of platforms has orders that are old enough. A contract suite marks their views.',
  },
  {
    role: /^ExpireReturns$/,
    action: /^dynamodb:(Query|PutItem)$/,
    resource: /^table\/OrderLog$/,
    used: 'by others',
    why: 'No suite of platforms has a return that nobody has sent for a day. A contract suite finds one, and a unit test lets it expire.',
  },
  {
    role: /^ReadStatements$/,
    action: /^dynamodb:UpdateItem$/,
    resource: /^table\/TransferLog$/,
    used: 'rarely',
    why: 'No suite of platforms has transfers that are old enough to be without the reason of a person. A contract suite forgets one.',
  },
  {
    role: AT_INTERVALS,
    action: /^(dynamodb:|ssm:GetParameter)/,
    used: 'by others',
    why: 'What is done every quarter of an hour, or after one: the suites ask for the same by other ways.',
  },
  {
    role: /^Audit(Books|Now)$/,
    action: /^dynamodb:Query$/,
    resource: /^table\/StockLog$/,
    used: 'rarely',
    why: 'The stream of an article whose books do not agree is read once more before a person is called.',
  },
  {
    role: /^ListAccounts$/,
    action: /^dynamodb:Query$/,
    resource: /^table\/LedgerReports$/,
    used: 'by others',
    why: 'Days that are closed are read, which there are none of before the second day.',
  },
  {
    role: /^CheckProgress$/,
    action: /^sqs:SendMessage$/,
    used: 'rarely',
    why: 'An order is looked at once more a quarter of an hour later, which no suite waits for.',
  },
  {
    role: /^(ReleaseWaitingOrders|CheckWaitingOrders)$/,
    action: /^sqs:(ChangeMessageVisibility|SendMessage)$/,
    used: 'rarely',
    why: 'The timer of a keeper comes again when its round has failed, and is set anew when it was lost.',
  },
  {
    role: /^(FillBackorders|WakeOrder)$/,
    action: /^sqs:ChangeMessageVisibility$/,
    used: 'rarely',
    why: 'A look at goods or at an order that waits is repeated after seconds when it has failed, as when two of them meet; in some suites none has.',
  },
  {
    role: /^CheckPartners$/,
    action: /^events:PutEvents$/,
    used: 'by others',
    why: 'The function of the minute tells of a circuit that opened or closed; not every outage lasts for a minute.',
  },
  {
    action: /^dynamodb:UpdateItem$/,
    resource: /^table\/Partners$/,
    used: 'by others',
    why: 'Whoever calls a partner counts the calls that fail, and opens its circuit; not every step meets an outage.',
  },
  {
    role: ADJUSTING,
    action: /^secretsmanager:GetSecretValue$/,
    resource: /^secret:(Alipay|WechatPay|Bank)Credential$/,
    used: 'by others',
    why: 'Every channel is asked what is paid before a change, also those that cannot change an authorisation.',
  },
  {
    role: /^RestoreAuthorisation$/,
    action: /^(secretsmanager:GetSecretValue|dynamodb:(Query|UpdateItem)|ssm:GetParameter)$/,
    resource: /^(secret:PaymentGatewayCredential|table\/Partners|parameter\/.*\/configuration)$/,
    used: 'by others',
    why: 'No channel of today lowers an authorisation, so that none is asked; one that does is asked by the code that raises it.',
  },
  {
    role: /^(VoidPayment|AskGateway|RefundPayment)$/,
    action: /^secretsmanager:GetSecretValue$/,
    resource: /^secret:BankCredential$/,
    used: 'by others',
    why: 'Transfers go back as other payments do: by the same steps, over the bank.',
  },
  {
    role: /^LookAfterRefunds$/,
    action: /^secretsmanager:GetSecretValue$/,
    resource: /^secret:(Alipay|WechatPay|Bank)Credential$/,
    used: 'by others',
    why: 'Whichever channel an order was paid through is asked about its refunds; suites look after those at cards.',
  },
  {
    role: /^(RestoreAuthorisation|RestockReturns|FillBackorders|ReleaseTask)$/,
    action: /^dynamodb:PutItem$/,
    resource: /^table\/OrderLog$/,
    used: 'by others',
    why: 'Each of them records what it has done; some suites end before there is something to do.',
  },
  {
    role: /^(ReserveInventory|AdjustReservation|ReleaseInventory|FillBackorders)$/,
    action: /^dynamodb:(BatchGetItem|GetItem|PutItem|UpdateItem)$/,
    resource: /^table\/Inventory$/,
    used: 'by others',
    why: 'Shards and further locations are read together when one has too little; a release leaves a tombstone where nothing was reserved.',
  },
  {
    role: /^(CancelOrder|FillBackorders)$/,
    action: /^ssm:GetParameter$/,
    used: 'by others',
    why: 'The configuration is read when there is a task to give a time to, or goods to give out.',
  },
  {
    role: /^ItemsChangeSagaStateMachine$/,
    action: /^lambda:InvokeFunction$/,
    resource: /^function:AwaitRecovery:live$/,
    used: 'by others',
    why: 'A change of items waits as an order does; outages seldom meet one.',
  },
];
