DROP INDEX "signatures_leaves";--> statement-breakpoint
CREATE INDEX "signatures_leaves" ON "signatures" USING btree ("confirmed_at") WHERE leaf is not null;