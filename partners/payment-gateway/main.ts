import { runProgram } from '../shared/run-program.ts';
import { paymentGateway } from './program.ts';

await runProgram(paymentGateway);
