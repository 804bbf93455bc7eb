import { text } from '../input.ts';
import type { Machines } from '../machines.ts';
import { machineDescription, seconds } from '../wire.ts';
import type { Operations } from './operations.ts';

export const machineOperations = (machines: Machines): Operations => ({
  DescribeStateMachine(input) {
    return machineDescription(machines.target(text(input, 'stateMachineArn'), () => 0));
  },
  ListStateMachines() {
    return {
      stateMachines: machines.all().map(({ arn, name, createdAt }) => ({
        stateMachineArn: arn,
        name,
        type: 'STANDARD',
        creationDate: seconds(createdAt),
      })),
    };
  },
});
