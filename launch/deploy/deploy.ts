/** `npm run deploy -- --stage prod`: an environment on AWS, from the first look at the account to the first order. */
import { createInterface } from 'node:readline/promises';
import { stageNamed } from '../../lib/stages/stage.ts';
import { STAGES } from '../../lib/stages/stages.ts';
import { costLines } from '../cost/cost-lines.ts';
import { reportOf } from './preflight/report.ts';
import { requestedArguments, USAGE } from './requested.ts';
import { smokeTest } from './smoke-test.ts';
import { type Approval, deployStage, prepareStage } from './stage-deployment.ts';
import { targetIn } from './target.ts';

const say = (line: string) => console.log(line);
const progress = (step: string) => say(`· ${step}`);

try {
  const requested = requestedArguments(process.argv.slice(2));
  if (requested === 'help') say(USAGE);
  else await run(requested);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  if (process.env.DEBUG) console.error(error);
  process.exitCode = 1;
}

async function run(requested: Exclude<ReturnType<typeof requestedArguments>, 'help'>): Promise<void> {
  const stage = stageNamed(requested.stage, STAGES);
  const target = await targetIn(process.env, stage.region);
  const prepared = await prepareStage({ ...requested, stage, target, onProgress: progress });
  say(`\nThe account, for the stage ${stage.name}:`);
  for (const line of reportOf(prepared.findings)) say(`  ${line}`);
  if (!prepared.isReady) throw new Error('Nothing was deployed: mend what is marked with ✗ and try again.');
  say('\nWhat changes:');
  await prepared.showDifference(say);
  for (const line of costLines(prepared.assembly.templates.values())) say(line);
  if (requested.isDry) return say('\nA dry run: nothing was changed.');

  const { account, region } = prepared.facts.caller;
  const approval: Approval = requested.isApproved
    ? 'given'
    : await ask(`\nDeploy ${prepared.assembly.templates.size} stacks to ${account}, ${region}? (yes/no) `);
  if (approval !== 'given') throw new Error('Nothing was deployed.');
  const { url, isFirst, outputs } = await deployStage(prepared);
  say(`\nThe stage ${stage.name} is deployed.   API: ${url}/api/v1`);
  await tryOut({ url, isFirst, outputs });

  async function tryOut(deployed: Awaited<ReturnType<typeof deployStage>>): Promise<void> {
    const order = stage.smokeTest;
    if (order === undefined) return say('No order was placed: the stage has no smokeTest.');
    if (deployed.isFirst) {
      say('No order was placed: partners do not know our credentials yet. Tell them, then run the command again:');
      const arns = Object.entries(deployed.outputs).filter(([name]) => name.endsWith('CredentialArn'));
      for (const [name, arn] of arns) say(`  ${name}: ${arn}`);
      return;
    }
    progress('placing an order');
    await smokeTest({ url: deployed.url, order, token: process.env.WAYBILL_TOKEN, onProgress: progress });
  }
}

/** @throws Error when nobody can answer */
async function ask(question: string): Promise<Approval> {
  if (!process.stdin.isTTY) {
    throw new Error('Nothing was deployed: there is no terminal to ask at. --yes deploys without asking.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  return answer.trim() === 'yes' ? 'given' : 'refused';
}
