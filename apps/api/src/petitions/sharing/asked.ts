/** What the addresses of pictures and frames say. */
import type { FastifyRequest } from 'fastify';
import type { Lang } from '@folkmoot/core/kit/plain';
import { z } from 'zod';
import { notFound } from '../../kit/errors.ts';

export type Asked = { Params: { petition: string; lang?: string }; Querystring: { theme?: string } };
const number = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** @throws not found, where it is no number of a petition */
export function numberOf({ params }: FastifyRequest<Asked>): number {
  const read = number.safeParse(params.petition);
  if (!read.success) throw notFound();
  return read.data;
}
export const langOf = ({ params }: FastifyRequest<Asked>): Lang => (params.lang === 'cy' ? 'cy' : 'en');
