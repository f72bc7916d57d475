/** What the contract may find wrong in the fields of a report, in words. */
import { m } from '@folkmoot/words';

const FIELDS: Record<string, () => string> = {
  'title:required': m.reports_new_words_name_missing,
  'title:too_long': m.reports_new_words_name_long,
  'detail:required': m.reports_new_words_detail_missing,
  'detail:too_long': m.reports_new_words_detail_long,
  'name:required': m.reports_new_you_name_missing,
  'name:too_short': m.reports_new_you_name_missing,
  'name:not_understood': m.reports_new_you_name_wrong,
  'name:not_a_name': m.reports_new_you_name_wrong,
  'email:required': m.reports_new_you_email_missing,
  'email:not_an_email': m.reports_new_you_email_wrong,
};
const ANSWERS: Record<string, () => string> = {
  required: m.reports_new_questions_answer,
  not_a_number: m.reports_new_questions_number,
  not_a_date: m.reports_new_questions_date,
  not_an_option: m.reports_new_questions_choose,
};

/** A sentence for what the contract found in a field of a report; the general one where there is none of its own. */
export const fieldWords = (field: string, found: string): string | undefined => {
  if (field === 'email' && found === 'required') return FIELDS['email:required']?.();
  return (field.startsWith('answers.') ? ANSWERS[found] : FIELDS[`${field}:${found}`])?.();
};
