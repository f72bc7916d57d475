/** The words of petitions that browser code may import. Imports nothing. */

/** Three machines, not one: what the petition is, what became of the answer, what became of the debate. */
export const PETITION_STATES = [
  'draft',
  'gathering_supporters',
  'in_moderation',
  'returned',
  'open',
  'rejected',
  'closed',
  'withdrawn',
  'stopped',
] as const;
export type PetitionState = (typeof PETITION_STATES)[number];

export const RESPONSE_STATES = ['none', 'awaiting', 'responded'] as const;
export type ResponseState = (typeof RESPONSE_STATES)[number];

export const DEBATE_STATES = ['none', 'awaiting', 'scheduled', 'debated', 'not_debated'] as const;
export type DebateState = (typeof DEBATE_STATES)[number];

export const SIGNATURE_STATES = ['pending', 'confirmed', 'suspect', 'invalidated'] as const;
export type SignatureState = (typeof SIGNATURE_STATES)[number];

/** Why somebody may sign: they live, work or study here. */
export const BASES = ['live', 'work', 'study'] as const;
export type Basis = (typeof BASES)[number];

/** What a number of signatures brings about, in rising order. */
export const THRESHOLDS = ['response', 'evidence', 'debate'] as const;
export type Threshold = (typeof THRESHOLDS)[number];

/** The steps that a council may take on a petition. */
export const COUNCIL_STEPS = [
  'do_it',
  'debate',
  'inquiry',
  'public_meeting',
  'research',
  'written_response',
  'refer_to_scrutiny',
  'committee',
] as const;
export type CouncilStep = (typeof COUNCIL_STEPS)[number];

/** With these codes the reason is public and the text stays to be read. */
export const PUBLISHED_REJECTIONS = [
  'duplicate',
  'not_our_responsibility',
  'unclear',
  'no_action_asked',
  'already_happening',
  'individual_case',
  'other_process',
  'party_political',
  'fake_name',
  'joke',
] as const;
/** With these the text is hidden; the reason is public all the same. */
export const HIDDEN_REJECTIONS = [
  'libellous',
  'confidential',
  'offensive',
  'advert',
  'withdrawn_before_publishing',
] as const;
export const REJECTION_CODES = [...PUBLISHED_REJECTIONS, ...HIDDEN_REJECTIONS] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

/** What moderators may decide; an appeal that is upheld publishes or shows again. */
export const PETITION_DECISIONS = ['publish', 'return', 'reject', 'hide', 'show'] as const;
export type PetitionDecision = (typeof PETITION_DECISIONS)[number];
export const PETITION_PARTS = ['title', 'why', 'details', 'name'] as const;
export type PetitionPart = (typeof PETITION_PARTS)[number];

/** What happened after: answers, debates, and words to the signers. */
export const STEP_KINDS = [
  'response',
  'evidence',
  'debate_scheduled',
  'debated',
  'not_debated',
  'update',
  'scrutiny',
  'scrutiny_outcome',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** Why signatures were taken away: said in public, by day. */
export const INVALID_REASONS = ['automated', 'false_details', 'same_person', 'not_eligible'] as const;
export type InvalidReason = (typeof INVALID_REASONS)[number];

/** Which rule found a signature doubtful: it waits, uncounted, until a moderator has looked. */
export const SUSPICIONS = ['rate', 'blocked', 'burst'] as const;
export type Suspicion = (typeof SUSPICIONS)[number];
export const BURST_KINDS = ['network', 'domain'] as const;
export type BurstKind = (typeof BURST_KINDS)[number];
/** What the hourly tree notes of leaves that no longer count, or count again. */
export const REMOVAL_KINDS = ['removed', 'restored'] as const;

export const PETITION_FACETS = [
  'open',
  'recent',
  'popular',
  'trending',
  'nearly',
  'awaiting_response',
  'responded',
  'awaiting_debate',
  'debated',
  'rejected',
  'closed',
] as const;
export type PetitionFacet = (typeof PETITION_FACETS)[number];

/** What a petition may be about, as its maker ticks it; the pages have a word for each. */
export const PETITION_TOPICS = [
  'transport',
  'roads',
  'safety',
  'environment',
  'parks',
  'children',
  'young people',
  'health',
  'access',
  'culture',
  'language',
  'sport',
  'economy',
  'council',
] as const;
export type PetitionTopic = (typeof PETITION_TOPICS)[number];

/** The questions of making one, in their order; “similar” is asked only where there are some. */
export const PETITION_PAGES = ['title', 'similar', 'why', 'details', 'place', 'you', 'check'] as const;
export type PetitionPage = (typeof PETITION_PAGES)[number];

/** What a petition is about: the whole place, some wards, or one spot. */
export const PETITION_WHERE = ['whole', 'wards', 'pin'] as const;
export type PetitionWhere = (typeof PETITION_WHERE)[number];

/** Of what the paragraphs of a draft that several people write are parts. */
export const PARAGRAPH_FIELDS = ['title', 'why', 'details'] as const;
export type ParagraphField = (typeof PARAGRAPH_FIELDS)[number];

export const TITLE_LETTERS = 80;
export const WHY_LETTERS = 300;
export const DETAILS_LETTERS = 800;

/** The path of a petition: its number is its address, as on a poster. */
export const petitionPath = (id: number): string => `/petitions/${id}`;
