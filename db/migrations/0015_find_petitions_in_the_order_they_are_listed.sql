CREATE INDEX "petition_steps_said" ON "petition_steps" USING btree ("at") WHERE kind in ('response', 'debated');--> statement-breakpoint
CREATE INDEX "petitions_recent" ON "petitions" USING btree ("opened_at","id") WHERE state in ('open', 'closed');--> statement-breakpoint
CREATE INDEX "petitions_over" ON "petitions" USING btree ("state_at","id") WHERE state in ('closed', 'stopped', 'withdrawn');--> statement-breakpoint
CREATE INDEX "petitions_refused" ON "petitions" USING btree ("state_at","id") WHERE state = 'rejected';--> statement-breakpoint
CREATE INDEX "petitions_answer_owed" ON "petitions" USING btree ("response_reached_at","id") WHERE response = 'awaiting';--> statement-breakpoint
CREATE INDEX "petitions_answered" ON "petitions" USING btree ("state_at","id") WHERE response = 'responded';--> statement-breakpoint
CREATE INDEX "petitions_debate_owed" ON "petitions" USING btree ("debate_reached_at","id") WHERE debate in ('awaiting', 'scheduled');--> statement-breakpoint
CREATE INDEX "petitions_debated" ON "petitions" USING btree ("state_at","id") WHERE debate = 'debated';--> statement-breakpoint
CREATE INDEX "petition_wards_ward" ON "petition_wards" USING btree ("ward_id","count");