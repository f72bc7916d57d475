/** What the parts of the page are handed: the petition without what is said beside it, and what moves. */
import type { PetitionMoving } from '@folkmoot/core/petitions/live';
import type { PageData } from './$types';

export type Shown = PageData['petition'];
export type Moving = PetitionMoving & { online: number; paper: number };
