/** What the form that signs asks and says, put into words on the server: the page fetches none of them as script. */
import type { PetitionPage } from '@folkmoot/core/petitions/contract';
import { m } from '@folkmoot/words';

export type SignField = {
  name: 'name' | 'email' | 'postcode' | 'age';
  label: string;
  hint: string;
  type?: string;
  autocomplete?: 'name' | 'email' | 'postal-code';
  inputmode?: 'numeric';
  short?: boolean;
};

/** @param me the name of who is signed in; null for everybody else */
export function signForm(
  { state, bases, keepDays, minimumAge }: PetitionPage,
  me: { name: string | null } | null,
  phone: string,
) {
  const supports = state !== 'open';
  const fields: SignField[] = [
    {
      name: 'name',
      label: m.petition_sign_name(),
      hint: m.petition_sign_name_hint(),
      autocomplete: 'name',
    },
    {
      name: 'email',
      label: m.petition_sign_email(),
      hint: m.petition_sign_email_hint(),
      type: 'email',
      autocomplete: 'email',
    },
    {
      name: 'postcode',
      label: m.petition_sign_postcode(),
      hint: m.petition_sign_postcode_hint(),
      autocomplete: 'postal-code',
      short: true,
    },
    ...(minimumAge === null
      ? []
      : [
          {
            name: 'age' as const,
            label: m.petition_sign_age(),
            hint: m.petition_sign_age_hint({ age: minimumAge }),
            inputmode: 'numeric' as const,
            short: true,
          },
        ]),
  ];
  return {
    title: supports ? m.petition_support() : m.petition_sign(),
    fields,
    basis: m.petition_sign_basis(),
    bases: bases.map((value) => ({ value, label: m.petition_basis({ basis: value }) })),
    follow: m.petition_sign_follow(),
    showName: m.asking_sign_show_name(),
    button: me?.name
      ? m.petition_sign_as({ name: me.name })
      : supports
        ? m.petition_support_button()
        : m.petition_sign_button(),
    kept: [me ? m.petition_sign_one_click() : '', m.petition_sign_kept({ count: keepDays })]
      .filter(Boolean)
      .join(' '),
    keep: m.petition_sign_keep(),
    paper: me || supports ? null : m.petition_sign_paper({ phone }),
  };
}
export type SignForm = ReturnType<typeof signForm>;
