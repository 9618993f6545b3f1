import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { componentSchemas } from './components.js';

const DESCRIPTION = `The edge of Aika: commands go in and become messages, reads come from views of what the agents
decided, and a stream tells what happens. Money is in minor units, times are RFC 3339 in UTC. Every error is a problem
document (RFC 9457) with a stable \`type\`. A repeat under the same \`Idempotency-Key\` is carried out once.`;

/** The document of everything that the application answers. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Aika')
    .setDescription(DESCRIPTION.replaceAll('\n', ' '))
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const schemas = componentSchemas() as NonNullable<OpenAPIObject['components']>['schemas'];
  return { ...document, components: { ...document.components, schemas } };
}
