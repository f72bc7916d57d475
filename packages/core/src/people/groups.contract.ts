/** A group of neighbours: its organisers look after its page, ask others in, and let them go. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { done, email, id, lang, optionalText, when } from '../kit/shapes.ts';
import { peopleEndpoints as at } from './endpoints.ts';

const slug = z.object({ slug: z.string().max(80) });
const said = (max: number) => z.object({ en: optionalText(max), cy: optionalText(max) });

/** `friends.example` → `https://friends.example`; an empty field takes the address away. */
const website = z.preprocess(
  (typed) => {
    if (typeof typed !== 'string') return typed;
    const plain = typed.trim();
    return plain && !/^[a-z][a-z0-9+.-]*:/i.test(plain) ? `https://${plain}` : plain;
  },
  z.union([z.literal(''), z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(300)]),
);

export const GROUP_PARTS = ['organiser', 'member'] as const;

export const groupContracts = {
  readGroup: contract({
    endpoint: at.readGroup,
    access: 'person',
    summary: 'What I am in a group; for its organisers also who belongs to it, who was asked, and the way in',
    params: slug,
    answer: z.object({
      mine: z.enum(GROUP_PARTS).nullable(),
      desk: z
        .object({
          people: z
            .array(
              z.object({
                person: id,
                name: z.string().nullable(),
                part: z.enum(GROUP_PARTS),
                me: z.boolean(),
              }),
            )
            .max(500),
          invited: z.array(z.object({ id, email: z.string(), expiresAt: when })).max(50),
          /** path of the link that lets neighbours in */
          door: z.string(),
        })
        .nullable(),
    }),
    refusals: ['not_found'],
  }),
  saveGroup: contract({
    endpoint: at.saveGroup,
    access: 'person',
    summary: 'Change what a group’s page says: each part by itself, what is not named stays',
    params: slug,
    body: z.object({
      about: said(2000).optional(),
      meets: said(300).optional(),
      email: z.union([z.literal(''), email]).optional(),
      phone: z.string().trim().max(40).optional(),
      website: website.optional(),
    }),
    answer: done,
    refusals: ['not_found'],
  }),
  savePicture: contract({
    endpoint: at.savePicture,
    access: 'person',
    summary:
      'A picture or crest of a group, as a form with one file; a form without a script is led back to the page',
    params: slug,
    query: z.object({ lang: lang.default('en') }),
    answer: z.object({ picture: z.string() }),
    refusals: [
      'not_found',
      'no_file',
      'not_a_photo',
      'phone_format',
      'broken_photo',
      'too_large',
      'too_many_pixels',
      'too_many',
      'busy',
      'other_origin',
    ],
  }),
  removePicture: contract({
    endpoint: at.removePicture,
    access: 'person',
    summary: 'Take the picture of a group away',
    params: slug,
    answer: done,
    refusals: ['not_found'],
  }),
  readGroupDoor: contract({
    endpoint: at.readGroupDoor,
    access: 'public',
    summary: 'Whether a link lets one into a group, and whether one belongs to it already',
    params: slug,
    query: z.object({ key: z.string().max(80) }),
    answer: z.object({ open: z.boolean(), member: z.boolean(), signedIn: z.boolean() }),
    refusals: ['not_found'],
  }),
  joinGroup: contract({
    endpoint: at.joinGroup,
    access: 'person',
    summary: 'Join a group by the link that an organiser handed round',
    params: slug,
    body: z.object({ key: z.string().max(80) }),
    answer: done,
    refusals: ['not_found', 'too_late'],
  }),
  leaveGroup: contract({
    endpoint: at.leaveGroup,
    access: 'person',
    summary: 'Leave a group; its last organiser hands over first',
    params: slug,
    answer: done,
    refusals: ['not_found', 'last_organiser'],
  }),
  renewGroupDoor: contract({
    endpoint: at.renewGroupDoor,
    access: 'person',
    summary: 'Make a new link into a group; the old one works no more',
    params: slug,
    answer: z.object({ door: z.string() }),
    refusals: ['not_found'],
  }),
  inviteOrganiser: contract({
    endpoint: at.inviteOrganiser,
    access: 'person',
    summary: 'Ask somebody by e-mail to organise the group, too',
    params: slug,
    body: z.object({ email, lang: lang.default('en') }),
    answer: z.object({ invitation: id }),
    refusals: ['not_found', 'too_many', 'already_holds'],
  }),
  endOrganiserInvitation: contract({
    endpoint: at.endOrganiserInvitation,
    access: 'person',
    summary: 'Take such an invitation back',
    params: slug.extend({ invitation: id }),
    answer: done,
    refusals: ['not_found'],
  }),
  removeFromGroup: contract({
    endpoint: at.removeFromGroup,
    access: 'person',
    summary: 'Take somebody else out of the group, or their part as organiser',
    params: slug.extend({ person: id }),
    answer: done,
    refusals: ['not_found', 'own'],
  }),
} as const;
