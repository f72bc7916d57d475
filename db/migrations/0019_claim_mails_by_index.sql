-- concurrently: the outbox may be full, and mails go on being written and sent meanwhile
DROP INDEX CONCURRENTLY IF EXISTS "mails_next";--> statement-breakpoint
CREATE INDEX CONCURRENTLY "mails_next" ON "mails" USING btree ("priority","next_at","id") WHERE state = 'queued';--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "mails_waiting";
