import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { id, lang, listOf, page, when, words } from '../kit/shapes.ts';
import { ROLES } from '../people/roles.ts';
import { demoEndpoints as at } from './endpoints.ts';

const mail = z.object({
  id,
  to: z.string(),
  subject: z.string(),
  lang,
  kind: z.string(),
  at: when,
  state: z.string(),
});

export const demoContracts = {
  listDemoPeople: contract({
    endpoint: at.listDemoPeople,
    access: 'demo',
    summary: 'Whom one may be in the demo town',
    answer: z
      .array(
        z.object({
          person: id,
          name: z.string(),
          role: z.enum(ROLES).nullable(),
          organisation: words.nullable(),
          /** what they do there, such as "Highways inspector" */
          title: words.nullable(),
          ward: words.nullable(),
          lang,
        }),
      )
      .max(20),
    refusals: [],
  }),
  beSomeone: contract({
    endpoint: at.beSomeone,
    access: 'demo',
    summary: 'Sign in as somebody of the demo town',
    body: z.object({ person: id }),
    answer: z.object({ name: z.string(), to: z.string() }),
    refusals: ['not_found'],
  }),
  listDemoMails: contract({
    endpoint: at.listDemoMails,
    access: 'demo',
    summary: 'Every mail that was sent, newest first',
    query: z.object({ page, to: z.string().max(254).optional() }),
    answer: listOf(mail),
    refusals: [],
  }),
  readDemoMail: contract({
    endpoint: at.readDemoMail,
    access: 'demo',
    summary: 'One mail as it was sent',
    params: z.object({ mail: id }),
    answer: mail.extend({ html: z.string(), text: z.string() }),
    refusals: ['not_found'],
  }),
} as const;
