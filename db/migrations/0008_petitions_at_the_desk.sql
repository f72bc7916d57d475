ALTER TABLE "petition_steps" DROP CONSTRAINT "petition_steps_kind";--> statement-breakpoint
ALTER TABLE "petition_decisions" ADD COLUMN "other_reason" text;--> statement-breakpoint
ALTER TABLE "petition_decisions" ADD COLUMN "undone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "petition_openings" ADD COLUMN "taken_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "petition_steps" ADD CONSTRAINT "petition_steps_kind" CHECK ("petition_steps"."kind" in ('response', 'evidence', 'debate_scheduled', 'debated', 'not_debated', 'update', 'scrutiny', 'scrutiny_outcome'));