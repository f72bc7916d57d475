/** Signing for somebody on the phone or at the counter, with the words that were read to them. */
import { formObject } from '@folkmoot/ui/form-data';
import { m } from '@folkmoot/words';

export const consentWords = (title: string, lang: string): string =>
  m.petitionrules_phone_words({ title }, { locale: lang === 'cy' ? 'cy' : 'en' });

/** What is kept is what was read out, in the caller's language. */
export function phoneBody(form: FormData, title: string) {
  const { agreed: _, title: __, email, phone, age, ...it } = formObject(form) as Record<string, string>;
  return {
    ...it,
    ...(email && { email }),
    ...(phone && { phone }),
    ...(age && { age }),
    wording: consentWords(title, it['lang'] ?? 'en'),
  };
}
