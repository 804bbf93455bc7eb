import { describe, expect, test } from 'vitest';
import { TASK_DECIDERS, type TaskCommandType } from '../../../../../functions/recovery/domain/decide-task.ts';
import { TASK_KINDS } from '../../../../../functions/recovery/domain/event-data.ts';
import { created, START } from '../../../../support/orders/streams.ts';
import {
  by,
  type CommandGiven,
  claimed,
  compensation,
  givenTasks,
  OPENED,
  openedTask,
  proposed,
  REVIEW_ID,
  resolved,
} from '../../../../support/recovery/task-streams.ts';

const taskId = compensation.taskId;
const open = [created(), openedTask] as const;

/** A command of each type, by the operator O1. */
const COMMANDS = {
  ClaimTask: { type: 'ClaimTask', by: 'O1' },
  ReleaseTask: { type: 'ReleaseTask', by: 'O1' },
  EscalateTask: { type: 'EscalateTask', by: 'O1' },
  ResumeTask: { type: 'ResumeTask', by: 'O1' },
  MarkDoneOutside: { type: 'MarkDoneOutside', by: 'O1', evidence: 'Voided by telephone, reference 7.' },
  ProposeWriteOff: { type: 'ProposeWriteOff', by: 'O1', comment: 'Too little.' },
  ApproveWriteOff: { type: 'ApproveWriteOff', by: 'O1' },
} as const satisfies Record<TaskCommandType, CommandGiven>;
const everyCommand = Object.values(COMMANDS);

describe('A task that is', () => {
  test('open is claimed once by an operator', () => {
    givenTasks(...open)
      .when(COMMANDS.ClaimTask)
      .then({ type: 'TaskClaimed', data: { taskId } });
    givenTasks(...open, by('O1', claimed))
      .when(COMMANDS.ClaimTask)
      .then();
  });

  test('claimed by another operator can only be released, escalated, or seen as the second person', () => {
    const theirs = [...open, by('O2', claimed), by('O2', proposed)] as const;
    for (const command of everyCommand.filter(({ type }) => !TASK_DECIDERS[type].evenIfClaimed)) {
      givenTasks(...theirs)
        .when(command)
        .thenRefused({ kind: 'claimed-by-another', claimant: 'O2' });
    }
    givenTasks(...theirs)
      .when(COMMANDS.ReleaseTask)
      .then({ type: 'TaskReleased', data: { taskId } });
  });

  test('open has no claim to release', () => {
    givenTasks(...open)
      .when(COMMANDS.ReleaseTask)
      .then();
  });

  test('escalated is escalated already', () => {
    const escalated = { type: 'TaskEscalated', data: { taskId, comment: 'Legal.' } } as const;
    givenTasks(...open)
      .when({ ...COMMANDS.EscalateTask, comment: 'Legal.' })
      .then(escalated);
    givenTasks(...open, escalated)
      .when(COMMANDS.EscalateTask)
      .then();
  });

  test('open is resumed as often as an operator wants', () => {
    const resumed = { type: 'TaskResumed', data: { ...compensation, comment: 'The gateway is back.' } } as const;
    const command = { ...COMMANDS.ResumeTask, comment: 'The gateway is back.' };
    givenTasks(...open)
      .when(command)
      .then(resumed);
    givenTasks(...open, resumed)
      .when(command)
      .then(resumed);
  });

  test('resumed a moment ago is not resumed once more by the same request', () => {
    const resumedAt = START + 2_000;
    for (const [lately, expected] of [
      [resumedAt - 1, []],
      [resumedAt, [{ type: 'TaskResumed', data: compensation }]],
    ] as const) {
      givenTasks(...open, by('O1', { type: 'TaskResumed', data: compensation }))
        .when(COMMANDS.ResumeTask, lately)
        .then(...expected);
    }
    const comment = 'The gateway has unlocked it.';
    givenTasks(...open, by('O1', { type: 'TaskResumed', data: compensation }))
      .when({ ...COMMANDS.ResumeTask, comment }, resumedAt - 1)
      .then({ type: 'TaskResumed', data: { ...compensation, comment } });
  });

  test('done outside is resolved with its evidence', () => {
    const { evidence } = COMMANDS.MarkDoneOutside;
    givenTasks(...open)
      .when(COMMANDS.MarkDoneOutside)
      .then({ type: 'TaskResolved', data: { ...compensation, resolution: 'done_outside', evidence } });
  });

  test('resolved takes no command', () => {
    for (const command of everyCommand) {
      givenTasks(...open, resolved)
        .when(command)
        .thenRefused({ kind: 'task-resolved' });
    }
  });

  test('unknown takes no command', () => {
    for (const command of everyCommand) {
      givenTasks(created()).when(command).thenRefused({ kind: 'unknown-task', taskId });
    }
  });
});

describe('Writing off', () => {
  test('takes one operator that proposes it and another one that agrees', () => {
    givenTasks(...open)
      .when(COMMANDS.ProposeWriteOff)
      .then(proposed);
    givenTasks(...open, by('O2', proposed))
      .when({ ...COMMANDS.ApproveWriteOff, comment: 'Agreed.' })
      .then({ type: 'TaskResolved', data: { ...compensation, resolution: 'written_off', comment: 'Agreed.' } });
  });

  test('is proposed once by an operator', () => {
    givenTasks(...open, by('O1', proposed))
      .when(COMMANDS.ProposeWriteOff)
      .then();
  });

  test('is refused to the operator that proposed it, whether they work at the task or not', () => {
    for (const before of [[], [by('O1', claimed)]]) {
      givenTasks(...open, ...before, by('O1', proposed))
        .when(COMMANDS.ApproveWriteOff)
        .thenRefused({ kind: 'proposed-by-the-same' });
    }
  });

  test('is not approved without a proposal, also when it was withdrawn by a resume', () => {
    for (const before of [[], [by('O2', proposed), { type: 'TaskResumed', data: compensation } as const]]) {
      givenTasks(...open, ...before)
        .when(COMMANDS.ApproveWriteOff)
        .thenRefused({ kind: 'no-write-off-proposed' });
    }
  });
});

describe('A command that is not for', () => {
  test.each(TASK_KINDS)('a %s is refused', (kind) => {
    const opened = OPENED[kind];
    const given = kind === 'review' ? [opened] : [created(), opened];
    const id = 'taskId' in opened.data ? opened.data.taskId : REVIEW_ID;
    for (const command of everyCommand.filter(({ type }) => !TASK_DECIDERS[type].for.includes(kind))) {
      givenTasks(...given)
        .when({ ...command, taskId: id })
        .thenRefused({ kind: 'not-for-this-kind', command: command.type, of: kind });
    }
  });

  test('anything else is for all kinds: claiming, releasing and escalating', () => {
    const forAll = everyCommand.filter(({ type }) => TASK_DECIDERS[type].for.length === TASK_KINDS.length);
    expect(forAll.map(({ type }) => type)).toEqual(['ClaimTask', 'ReleaseTask', 'EscalateTask']);
  });
});
