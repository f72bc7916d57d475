/** The public description of the API, OpenAPI 3.1, made from the same contracts that guard its doors. */
import { contracts } from '@folkmoot/core/contracts';
import type { Contract } from '@folkmoot/core/kit/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

type Schema = Record<string, unknown>;

function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' });
  return schema as Schema;
}

/** `params` and `query` of a contract as OpenAPI parameters. */
function parametersOf(shape: z.ZodObject | undefined, where: 'path' | 'query'): Schema[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = schemaOf(shape, 'input') as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema,
  }));
}

const refusal = (codes: readonly string[]): Schema => ({
  type: 'object',
  properties: { code: codes.length ? { enum: [...codes] } : { type: 'string' } },
  required: ['code'],
});
const said = (description: string, schema: Schema): Schema => ({
  description,
  content: { 'application/json': { schema } },
});

function answersOf(contract: Contract): Record<string, Schema> {
  const signedIn = contract.access === 'person' || contract.access === 'staff';
  return {
    '200': said('The answer', schemaOf(contract.answer, 'output')),
    ...((contract.query || contract.body) && {
      '422': said('Some fields are not right', { $ref: '#/components/schemas/Invalid' }),
    }),
    ...(signedIn && { '401': said('Sign in first', refusal(['sign_in'])) }),
    ...(contract.access === 'staff' && {
      '403': said(
        'Not with this role, or not without the second factor',
        refusal(['not_allowed', 'second_factor']),
      ),
    }),
    ...(contract.refusals.length && {
      '4XX': said(
        'A rule says no: 404 where it may not be known, 429 for too many, otherwise 409',
        refusal(contract.refusals),
      ),
    }),
    '503': said('Busy; Retry-After says when to come back', refusal(['busy'])),
  };
}

function operationOf(name: string, contract: Contract): Schema {
  return {
    operationId: name,
    summary: contract.summary,
    tags: [contract.endpoint.path.split('/')[1] ?? ''],
    parameters: [...parametersOf(contract.params, 'path'), ...parametersOf(contract.query, 'query')],
    ...(contract.body && {
      requestBody: { content: { 'application/json': { schema: schemaOf(contract.body, 'input') } } },
    }),
    responses: answersOf(contract),
    ...(contract.access !== 'public' && { security: [{ session: [] }] }),
  };
}

/** @param address where the API is, such as `https://moot.example.org` */
export function openApiOf(address: string, secure: boolean, demo: boolean): Schema {
  const paths: Record<string, Schema> = {};
  for (const [name, contract] of Object.entries(contracts) as Array<[string, Contract]>) {
    if (contract.access === 'demo' && !demo) continue;
    const path = contract.endpoint.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[contract.endpoint.method.toLowerCase()] = operationOf(name, contract);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Folkmoot',
      version: '1',
      description: 'What a town reports, asks and decides. Reading what is public needs no key.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: `${address}/api/v1` }],
    paths,
    components: {
      schemas: {
        Invalid: {
          type: 'object',
          properties: {
            code: { const: 'invalid' },
            fields: { type: 'object', additionalProperties: { type: 'string' } },
          },
          required: ['code', 'fields'],
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: secure ? '__Host-folkmoot' : 'folkmoot' },
      },
    },
  };
}

export function serveOpenApi(app: FastifyInstance): void {
  let text: string | null = null;
  app.get('/api/openapi.json', async (_request, reply) => {
    const address = app.house.publicUrl();
    text ??= JSON.stringify(openApiOf(address, address.startsWith('https:'), app.house.settings.demo));
    return reply
      .type('application/json; charset=utf-8')
      .header('access-control-allow-origin', '*')
      .header('cache-control', 'public, max-age=300')
      .send(text);
  });
}
