-- concurrently: petitions go on being written while it is made
DROP INDEX CONCURRENTLY IF EXISTS "petitions_listed";--> statement-breakpoint
CREATE INDEX CONCURRENTLY "petitions_listed" ON "petitions" USING btree ("state","response","debate","organisation_id") WHERE removed_at is null and (hidden_at is null or cardinality(hidden_parts) > 0) and (opened_at is not null or state = 'rejected');
