import type { PageLoad } from './$types';

/** What only its organiser and its signers are shown is fetched for them alone. */
export const load: PageLoad = async ({ data }) => {
  const [mine, rate] = await Promise.all([
    data.mine?.organiser ? import('./Mine.svelte') : null,
    data.rating && data.mine?.signed ? import('./RateForm.svelte') : null,
  ]);
  return { ...data, Mine: mine?.default ?? null, RateForm: rate?.default ?? null };
};
