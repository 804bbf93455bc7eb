import { runProgram } from '../shared/run-program.ts';
import { identityProviderRoutes } from './server.ts';
import { SigningKeys } from './signing-keys.ts';

await runProgram((dataFile) => {
  const keys = new SigningKeys(dataFile);
  return {
    routes: identityProviderRoutes(keys),
    port: keys.port,
    listening: (url) => keys.listenAt(url),
    close: () => {},
  };
});
