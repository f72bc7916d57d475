/** Why a report, or a photo of it, was not taken, in words. */
import { m } from '@folkmoot/words';

const REFUSED: Record<string, () => string> = {
  not_finished: m.reports_new_not_finished,
  too_many: m.reports_new_too_many,
  no_draft: m.reports_new_no_draft,
};
export const refusedWords =
  (town: string) =>
  (code: string): string | undefined =>
    code === 'outside' ? m.reports_new_place_outside({ town }) : REFUSED[code]?.();

const PHOTOS: Record<string, () => string> = {
  no_file: m.reports_new_problem_no_file,
  not_a_photo: m.reports_new_problem_not_a_photo,
  phone_format: m.reports_new_problem_phone_format,
  broken_photo: m.reports_new_problem_broken_photo,
  too_large: m.reports_new_problem_too_large,
  too_many_pixels: m.reports_new_problem_too_many_pixels,
  too_many_photos: m.reports_new_problem_too_many_photos,
  busy: m.reports_new_problem_busy,
  too_many: m.reports_new_problem_too_many,
};
/** What was wrong with a photo, in words. */
export const photoWords = (code: string): string => (PHOTOS[code] ?? m.reports_new_problem_other)();
