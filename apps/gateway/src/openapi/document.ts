import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { componentSchemas } from './components.js';

const DESCRIPTION = `The edge of Aika: commands go in and become messages, reads come from views of what the agents
decided, and a stream tells what happens. Money is in minor units, times are RFC 3339 in UTC. Every error is a problem
document (RFC 9457) with a stable \`type\`. Callers show a token or an API key, and what is somebody else's looks as if it
were not there. A repeat under the same \`Idempotency-Key\` is carried out once.`;

/** The document of everything that the application answers. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Aika')
    .setDescription(DESCRIPTION.replaceAll('\n', ' '))
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'token')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'apiKey')
    .addSecurityRequirements('token')
    .addSecurityRequirements('apiKey')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const schemas = componentSchemas() as NonNullable<OpenAPIObject['components']>['schemas'];
  const responses = shareProblems(document);
  return { ...document, components: { ...document.components, schemas, responses } };
}

type Responses = NonNullable<NonNullable<OpenAPIObject['components']>['responses']>;

/** Puts the problems that many routes answer alike in one place, in the document itself. @returns that place */
function shareProblems(document: OpenAPIObject): Responses {
  const shared: Responses = {};
  const names = new Map<string, string>();
  const operations = Object.values(document.paths).flatMap(
    (item) => Object.values(item) as OperationObject[],
  );
  for (const { responses } of operations) {
    for (const [status, response] of Object.entries(responses)) {
      if (Number(status) < 400) continue;
      const text = JSON.stringify(response);
      const alike = [...names.values()].filter((name) => name.startsWith(`Problem${status}`)).length;
      const name = names.get(text) ?? `Problem${status}${alike === 0 ? '' : `Variant${alike}`}`;
      names.set(text, name);
      shared[name] = response as Responses[string];
      responses[status] = { $ref: `#/components/responses/${name}` };
    }
  }
  return shared;
}

interface OperationObject {
  readonly responses: Record<string, unknown>;
}
