/** Sends the form that signs. Fetched when somebody begins to fill it in: who only reads need not wait for it. */
import { endpoints } from '@folkmoot/core/endpoints';
import { post, type Trouble } from '@folkmoot/ui/post';
import { type AskedWords, askedWords } from './asked.ts';
import { signedHref } from './signed.ts';
import { invalid, refused } from './trouble.ts';

type Answer = { counted: true; number: number | null } | { counted: false; email: string; minutes: number };
export type SignSaid = { to: string } | { asked: AskedWords } | { trouble: Trouble };

export async function sendSignature(
  form: HTMLFormElement,
  petition: number,
  key: string | null,
): Promise<SignSaid> {
  const said = await post<Answer>(
    { endpoint: endpoints.signPetition, params: { petition }, refused, invalid },
    new FormData(form),
  );
  if (!said.ok) return { trouble: said };
  if (!said.answer.counted) return { asked: askedWords(said.answer) };
  return { to: signedHref(petition, { number: said.answer.number, key }) };
}
