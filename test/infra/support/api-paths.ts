import type { Assembly } from './assembly.ts';

/** The full path of a resource of the API. */
export function pathOf(assembly: Assembly, resourceId: string): string {
  const { type, properties } = assembly.resource(resourceId);
  return type === 'AWS::ApiGateway::RestApi'
    ? ''
    : `${pathOf(assembly, assembly.target(properties.ParentId))}/${properties.PathPart}`;
}
