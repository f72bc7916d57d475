/** Organisations, their people and their roles. */
import { z } from 'zod';
import { actOn } from '../kit/acts.ts';
import { contract } from '../kit/contract.ts';
import { done, email, id, lang, listOf, optionalText, page, text, when, words } from '../kit/shapes.ts';
import { peopleEndpoints as at } from './endpoints.ts';
import { BASES } from './me.contract.ts';
import { ORGANISATION_KINDS } from './plain.ts';
import { ROLES } from './roles.ts';

const slug = z.object({ slug: z.string().max(80) });
const brief = z.object({ id, slug: z.string(), kind: z.enum(ORGANISATION_KINDS), name: words });
const written = (max: number) => z.object({ en: text(max), cy: optionalText(max) });
const perhapsWritten = (max: number) => z.object({ en: optionalText(max), cy: optionalText(max) });
const organisation = {
  name: written(120),
  about: perhapsWritten(2000).optional(),
  email: z.union([z.literal('').transform(() => undefined), email]).optional(),
  phone: optionalText(40),
};

/** What an audit row says happened. */
export const ROLE_CHANGES = [
  'role.given',
  'role.ended',
  'role.invited',
  'role.invitation_ended',
  'role.second_factor_reset',
  'organisation.made',
  'organisation.edited',
] as const;

export const adminContracts = {
  listOrganisations: contract({
    endpoint: at.listOrganisations,
    access: 'public',
    summary: 'The bodies and groups of this place',
    answer: z.object({ items: z.array(brief).max(100) }),
    refusals: [],
  }),
  readOrganisation: contract({
    endpoint: at.readOrganisation,
    access: 'public',
    summary: 'One of them: what it does, how to reach it, its councillors, and its officers by their work',
    params: slug,
    answer: brief.extend({
      about: words.nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      website: z.string().nullable(),
      /** when and where they meet */
      meets: words.nullable(),
      /** name of a file under `/files/` */
      picture: z.string().nullable(),
      /** what a moderator took down of a group's page, so that nobody wonders */
      takenDown: z.array(z.enum(['text', 'photo'])),
      /** the part by which its picture can be pointed at; null where there is none */
      pictureAs: z.string().nullable(),
      /** how many belong to a group; null for bodies, which have officers */
      members: z.number().nullable(),
      hue: z.number().nullable(),
      chroma: z.number().nullable(),
      /** elected: named in public, with their ward */
      councillors: z.array(z.object({ name: z.string(), ward: words.nullable() })).max(200),
      /** officers speak for the organisation: by their work, never by name */
      teams: z.array(z.object({ title: words, people: z.number() })).max(100),
      mayAdminister: z.boolean(),
    }),
    refusals: ['not_found'],
  }),
  readAdmin: contract({
    endpoint: at.readAdmin,
    access: 'staff',
    summary: 'What I may administer',
    answer: z.object({
      organisations: z.array(brief.extend({ people: z.number(), invited: z.number() })).max(100),
      wholePlace: z.boolean(),
    }),
    refusals: ['not_allowed'],
  }),
  listMembers: contract({
    endpoint: at.listMembers,
    access: 'staff',
    summary: 'Who holds which role in an organisation, and who was invited',
    params: slug,
    answer: brief.extend({
      about: words.nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      grants: z
        .array(
          z.object({
            id,
            person: id,
            name: z.string().nullable(),
            email: z.string().nullable(),
            role: z.enum(ROLES),
            area: words.nullable(),
            since: when,
            secondFactor: z.boolean(),
          }),
        )
        .max(500),
      invitations: z
        .array(
          z.object({
            id,
            email: z.string(),
            role: z.enum(ROLES),
            area: words.nullable(),
            sentAt: when,
            expiresAt: when,
          }),
        )
        .max(200),
      areas: z.array(z.object({ id, name: words })).max(300),
      /** the code must be given again before a role is changed */
      codeFirst: z.boolean(),
    }),
    refusals: ['not_found'],
    looks: 'people.seeMembers',
  }),
  createOrganisation: contract({
    endpoint: at.createOrganisation,
    access: 'staff',
    summary: 'Bring a body or a group into the place',
    body: z.object({
      slug: z
        .string()
        .trim()
        .toLowerCase()
        .min(2)
        .max(60)
        .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
      kind: z.enum(ORGANISATION_KINDS),
      ...organisation,
    }),
    answer: z.object({ slug: z.string() }),
    refusals: ['not_allowed', 'slug_taken'],
  }),
  editOrganisation: contract({
    endpoint: at.editOrganisation,
    access: 'staff',
    summary: 'Change how an organisation is named and reached',
    params: slug,
    body: z.object(organisation),
    answer: done,
    refusals: ['not_found'],
  }),
  inviteMember: contract({
    endpoint: at.inviteMember,
    access: 'staff',
    summary: 'Invite somebody to a role by e-mail',
    params: slug,
    body: z.object({
      email,
      role: z.enum(ROLES),
      area: z.union([z.literal('').transform(() => undefined), id]).optional(),
      lang: lang.default('en'),
    }),
    answer: z.object({ invitation: id }),
    refusals: ['not_found', 'second_factor_again', 'too_many', 'already_holds'],
  }),
  endInvitation: actOn('invitation', {
    endpoint: at.endInvitation,
    access: 'staff',
    summary: 'Take an invitation back',
    refusals: ['not_found'],
  }),
  endGrant: actOn('grant', {
    endpoint: at.endGrant,
    access: 'staff',
    summary: 'End a role; the person is signed out everywhere',
    refusals: ['not_found', 'second_factor_again', 'last_admin'],
  }),
  resetSecondFactor: actOn('person', {
    endpoint: at.resetSecondFactor,
    access: 'staff',
    summary: 'The phone and the codes are lost: the person sets the app up anew at the next sign-in',
    refusals: ['not_found', 'second_factor_again', 'own'],
  }),
  listRoleHolders: contract({
    endpoint: at.listRoleHolders,
    access: 'staff',
    summary: 'Everybody with a role in what I administer',
    query: z.object({ q: z.string().trim().max(80).default(''), page }),
    answer: listOf(
      z.object({
        person: id,
        name: z.string().nullable(),
        roles: z.array(z.object({ role: z.enum(ROLES), organisation: words, slug: z.string() })),
        secondFactor: z.boolean(),
        lastSeen: when.nullable(),
      }),
    ),
    refusals: ['not_allowed'],
    looks: 'people.seeRoleHolders',
  }),
  listRoleChanges: contract({
    endpoint: at.listRoleChanges,
    access: 'staff',
    summary: 'Who gave and ended which role, newest first',
    query: z.object({ page, organisation: z.string().max(80).optional() }),
    answer: listOf(
      z.object({
        at: when,
        what: z.enum(ROLE_CHANGES),
        by: z.string().nullable(),
        to: z.string().nullable(),
        role: z.enum(ROLES).nullable(),
        organisation: words.nullable(),
      }),
    ),
    refusals: ['not_allowed'],
    looks: 'people.seeRoleHolders',
  }),
  readPrivacy: contract({
    endpoint: at.readPrivacy,
    access: 'staff',
    summary:
      'Every column of personal data: why, on what basis, until when; the draft of an impact assessment',
    answer: z.object({
      domains: z.array(
        z.object({
          domain: z.string(),
          holds: z.array(
            z.object({
              column: z.string(),
              why: z.object({ en: z.string(), cy: z.string() }),
              basis: z.enum(BASES),
              kept: z.union([
                z.object({ days: z.number(), after: z.string() }),
                z.enum(['with_account', 'permanent']),
              ]),
              export: z.boolean(),
              erase: z.enum(['goes', 'emptied', 'stays']),
              special: z.boolean(),
            }),
          ),
        }),
      ),
      people: z.number(),
    }),
    refusals: ['not_allowed'],
  }),
} as const;
