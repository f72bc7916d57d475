ALTER TABLE "tokens" DROP CONSTRAINT "tokens_kind";--> statement-breakpoint
ALTER TABLE "petitions" ADD COLUMN "visitor" text;--> statement-breakpoint
ALTER TABLE "petitions" ADD COLUMN "draft" jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "petitions_once_visitor" ON "petitions" USING btree ("visitor","idempotency_key") WHERE visitor is not null and idempotency_key is not null;--> statement-breakpoint
CREATE INDEX "petitions_visitor" ON "petitions" USING btree ("visitor") WHERE visitor is not null;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_kind" CHECK ("tokens"."kind" in ('sign_in', 'verify_email', 'confirm_report', 'confirm_update', 'confirm_alert', 'confirm_signature', 'confirm_petition', 'invitation', 'verdict', 'unsubscribe'));