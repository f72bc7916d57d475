-- concurrently: people go on signing while the indexes are made
DROP INDEX CONCURRENTLY IF EXISTS "petition_counts_signed";--> statement-breakpoint
CREATE INDEX CONCURRENTLY "petition_counts_signed" ON "petition_counts" USING btree ((online + paper),"petition_id");--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "petitions_listed";--> statement-breakpoint
CREATE INDEX CONCURRENTLY "petitions_listed" ON "petitions" USING btree ("state","response","debate","opened_at","organisation_id","ward_ids") WHERE removed_at is null and (hidden_at is null or cardinality(hidden_parts) > 0) and (opened_at is not null or state = 'rejected');--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "signatures_petition";--> statement-breakpoint
CREATE INDEX CONCURRENTLY "signatures_petition" ON "signatures" USING btree ("petition_id","state","postcode");--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "petitions_spelt";--> statement-breakpoint
CREATE INDEX CONCURRENTLY "petitions_spelt" ON "petitions" USING gin (lower("title") gin_trgm_ops,length("title"));--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "petitions_alike";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "signatures_suspects";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "signatures_taken";
