/** A program for `stages.test.ts`: synthesizes an API at a domain into a folder. */
import { App, Stack } from 'aws-cdk-lib';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { serveAt } from '../../../lib/constructs/api-domain.ts';

const app = new App({ outdir: process.argv[2]!, analyticsReporting: false, builtinCloudFormationValidation: false });
const stack = new Stack(app, 'Api');
const api = new RestApi(stack, 'Api', { disableExecuteApiEndpoint: true });
api.root.addMethod('GET');
serveAt(api, {
  name: 'api.example.com',
  certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/0f6a',
});
app.synth();
