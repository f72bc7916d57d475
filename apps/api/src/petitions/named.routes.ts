/** The names that signers let their organiser read, as a file. Addresses are in none of it. */
import { m } from '@folkmoot/words';
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import { areas } from '@folkmoot/db/schema/places';
import { signatures } from '@folkmoot/db/schema/signatures';
import { asc, eq } from 'drizzle-orm';
import { notFound } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { checkAccess, personOf } from '../kit/serve.ts';
import { named } from './drafts.ts';
import { findPetition, subjectOf } from './facts.ts';
import { csvOf } from './opendata.ts';

const MOST = 50_000;

async function rowsOf({ db }: House, petition: number, lang: Lang): Promise<string[][]> {
  const found = await db
    .select({ name: signatures.name, ward: areas.name, at: signatures.confirmedAt })
    .from(signatures)
    .leftJoin(areas, eq(areas.id, signatures.wardId))
    .where(named(petition))
    .orderBy(asc(signatures.confirmedAt), asc(signatures.id))
    .limit(MOST);
  return found.map(({ name, ward, at }) => [
    name ?? '',
    ward ? inLang(ward, lang).text : '',
    at?.toISOString().slice(0, 10) ?? '',
  ]);
}

export function mountNamed(app: FastifyInstance): void {
  const { house } = app;
  const contract = contracts.exportMySigners;
  app.route({
    method: 'GET',
    url: `/api/v1${contract.endpoint.path}`,
    config: { contract },
    handler: async (request, reply) => {
      const actor = await request.actor();
      checkAccess(contract.access, actor, house.settings.demo);
      personOf(actor);
      const params = contract.params.safeParse(request.params);
      const query = contract.query.safeParse(request.query);
      const petition = params.success ? await findPetition(house.db, params.data.petition) : null;
      if (!petition || !petitionPolicy.changePetition(actor, subjectOf(petition))) throw notFound();
      const lang = query.success ? query.data.lang : 'en';
      const head = [
        m.asking_named_file_name({}, { locale: lang }),
        m.asking_named_file_ward({}, { locale: lang }),
        m.asking_named_file_day({}, { locale: lang }),
      ];
      void reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="petition-${petition.id}.csv"`)
        .header('cache-control', 'private, no-store')
        .header('x-content-type-options', 'nosniff');
      return reply.send(csvOf([head, ...(await rowsOf(house, petition.id, lang))]));
    },
  });
}
