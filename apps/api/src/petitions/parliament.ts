/** One petition in the words of petition.parliament.uk, field for field. Names and addresses of signers are in none of it. */
import type { PetitionFull } from '@folkmoot/core/petitions/contract';

/** A petition with the moments that only the open data tell. */
export type Whole = PetitionFull & {
  moderationReachedAt: string | null;
  /** when it was decided not to publish it */
  rejectedAt: string | null;
  /** when anything of it moved last, a count that fell too */
  changedAt: string;
};

const lastOf = (full: PetitionFull, kind: PetitionFull['steps'][number]['kind']) =>
  full.steps.filter((step) => step.kind === kind).at(-1);
const reached = (full: PetitionFull, which: string): string | null =>
  full.thresholds.find((one) => one.threshold === which)?.reachedAt ?? null;

/** How the debate ended: it was held, or the council said why there is none. */
const outcomeOf = (full: PetitionFull) =>
  lastOf(full, 'debated') ?? (full.debate === 'not_debated' ? lastOf(full, 'not_debated') : undefined);

function debateOf(full: PetitionFull) {
  const step = outcomeOf(full);
  if (!step) return null;
  const { transcript = null, video = null, agenda = null } = step.data;
  return {
    debated_on: step.happensOn,
    transcript_url: transcript,
    video_url: video,
    debate_pack_url: agenda,
    overview: step.summary,
  };
}

function attributesOf(full: Whole) {
  const response = lastOf(full, 'response');
  const scheduled = lastOf(full, 'debate_scheduled');
  const { rejection } = full;
  return {
    action: full.title,
    background: full.why,
    additional_details: full.details ?? '',
    state: full.state,
    signature_count: full.signatures,
    closing_date: full.closesAt,
    created_at: full.createdAt,
    updated_at: full.updatedAt,
    rejected_at: full.rejectedAt,
    opened_at: full.openedAt,
    closed_at: full.closedAt,
    moderation_threshold_reached_at: full.moderationReachedAt,
    response_threshold_reached_at: reached(full, 'response'),
    government_response_at: response?.at ?? null,
    debate_threshold_reached_at: reached(full, 'debate'),
    debate_scheduled_on: scheduled?.at.slice(0, 10) ?? null,
    scheduled_debate_date: scheduled?.happensOn ?? null,
    debate_outcome_at: outcomeOf(full)?.at ?? null,
    creator_name: full.by,
    rejection: rejection && { code: rejection.code, details: rejection.reason },
    government_response: response
      ? {
          responded_on: response.at.slice(0, 10),
          summary: response.summary,
          details: response.details ?? '',
          created_at: response.at,
          updated_at: response.at,
        }
      : null,
    debate: debateOf(full),
    topics: full.topics,
  };
}

export const dataOf = (full: Whole, base: string) => ({
  type: 'petition' as const,
  id: full.id,
  links: { self: `${base}/petitions/${full.id}.json` },
  attributes: attributesOf(full),
});
