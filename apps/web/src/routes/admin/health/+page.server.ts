import { mine } from '#lib/people/server/mine.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ health: await mine(event, 'readHealth', {}) });
