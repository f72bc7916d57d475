/** Who holds which role in an organisation, as its administrators see it. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { reveal } from '../kit/reveal.ts';
import { serve } from '../kit/serve.ts';
import { administered } from './administering.ts';
import type { Doors } from './doors.ts';
import type { Post } from './mails.ts';
import { brief, listGrants, listInvitations } from './organisations.ts';

export function mountMembers(app: FastifyInstance, { places }: Post, doors: Doors): void {
  const { house } = app;
  serve(app, contracts.listMembers, async ({ actor, params, request }) => {
    const it = await administered(house, actor, 'seeMembers', params.slug);
    const [held, invited, fresh] = await Promise.all([
      listGrants(house.db, it.id),
      listInvitations(house.db, it.id, house.clock()),
      doors.isFresh(request),
    ]);
    const others = [...new Set(held.map((one) => one.person))].filter((person) => person !== actor.person);
    const topic = `organisation:${it.id}`;
    await reveal(
      request,
      others.map((person) => ({ what: 'roles', why: 'giving_roles', person, topic })),
    );
    const areas = places.atlas().wards();
    return {
      ...brief(it),
      about: it.about,
      email: it.email,
      phone: it.phone,
      grants: held,
      invitations: invited,
      areas: areas.map(({ id, name }) => ({ id, name })),
      codeFirst: !fresh,
    };
  });
}
