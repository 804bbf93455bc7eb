/** The API does what its document promises: for every example, every caller, repeated requests and made-up ones. */
import { suitePlatform } from '../support/platform/suite-platform.ts';
import { documentedCallers } from './api/callers.ts';
import { documentedCommands } from './api/documented-commands.ts';
import { documentedExamples } from './api/examples.ts';
import { generatedRequests } from './api/generated-requests.ts';
import { repeatedRequests } from './api/repeated-requests.ts';

const platform = suitePlatform();

documentedExamples(platform);
documentedCallers(platform);
documentedCommands(platform);
repeatedRequests(platform);
generatedRequests(platform);
