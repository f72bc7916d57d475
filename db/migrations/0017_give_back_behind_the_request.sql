ALTER TABLE "petition_invalidations" ADD COLUMN "undo_ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "petition_invalidations" ADD COLUMN "given_back" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "petition_invalidations" SET "undo_ended_at" = "undone_at", "given_back" = "done" WHERE "undone_at" IS NOT NULL;
