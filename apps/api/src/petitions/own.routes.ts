/** My own signature: for who is signed in, and for who pressed the button of a mailed link. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { ladder } from '@folkmoot/core/petitions/scheme';
import { petitionRatings, signatures } from '@folkmoot/db/schema/signatures';
import { and, eq } from 'drizzle-orm';
import { notFound } from '../kit/errors.ts';
import { personOf, serve } from '../kit/serve.ts';
import { tokenOf } from '../people/index.ts';
import { countsOf, findPetition, isBefore, reachedAt, schemeOf, subjectOf, supporterPath } from './facts.ts';
import { newestSeq, readBriefs } from './store.ts';

export function ownSignatures(app: FastifyInstance): void {
  const { house } = app;

  serve(app, contracts.readMySignature, async ({ params, actor, reply }) => {
    void reply.header('cache-control', 'no-store');
    const petition = await findPetition(house.db, params.petition);
    if (!petition || petition.state === 'draft') throw notFound();
    const [row] = await house.db
      .select({ signature: signatures, answers: petitionRatings.answers })
      .from(signatures)
      .leftJoin(petitionRatings, eq(petitionRatings.signatureId, signatures.id))
      .where(and(eq(signatures.petitionId, petition.id), eq(signatures.personId, personOf(actor))));
    if (!row) return null;
    const { state, signedAt, receipt, follows } = row.signature;
    const rating = row.answers === null ? null : row.answers ? 'yes' : 'no';
    return { state, at: signedAt.toISOString(), receipt, follows, rating } as const;
  });

  serve(app, contracts.readSignatureOfLink, async ({ params, request, reply }) => {
    void reply.header('cache-control', 'no-store');
    const token = await tokenOf(house, request, params.token);
    const { petition: of, signature, number } = token.data as Record<string, unknown>;
    if (token.kind !== 'confirm_signature' || of !== params.petition) throw notFound();
    const [row] = await house.db
      .select()
      .from(signatures)
      .where(eq(signatures.id, String(signature)));
    const petition = await findPetition(house.db, params.petition);
    if (!row || !petition || petition.removedAt) throw notFound();
    const [brief] = await readBriefs(house.db, [petition.id]);
    const scheme = await schemeOf(house.db, petition);
    const counts = await countsOf(house.db, petition.id);
    const gathering = isBefore(petition.state);
    return {
      title: brief!.title,
      lang: petition.lang,
      state: row.state,
      petitionState: petition.state,
      path: subjectOf(petition).published ? `/petitions/${petition.id}` : supporterPath(house, petition.id),
      number: typeof number === 'number' ? number : null,
      total: counts.online + counts.paper,
      at: row.signedAt.toISOString(),
      receipt: row.receipt,
      follows: row.follows,
      supporters: gathering ? { have: counts.supporters, need: scheme.supporters } : null,
      thresholds: ladder(scheme).map(({ threshold, at }) => ({
        threshold,
        at,
        reachedAt: reachedAt(petition, threshold)?.toISOString() ?? null,
      })),
      seq: await newestSeq(house.db, petition.id),
    };
  });
}
