DROP INDEX "report_supports_at";--> statement-breakpoint
DROP INDEX "report_updates_at";--> statement-breakpoint
DROP INDEX "report_verdicts_at";--> statement-breakpoint
DROP INDEX "reports_confirmed_at";--> statement-breakpoint
CREATE INDEX "report_supports_at" ON "report_supports" USING btree ("at");--> statement-breakpoint
CREATE INDEX "report_updates_at" ON "report_updates" USING btree ("at");--> statement-breakpoint
CREATE INDEX "report_verdicts_at" ON "report_verdicts" USING btree ("at");--> statement-breakpoint
CREATE INDEX "reports_confirmed_at" ON "reports" USING btree ("confirmed_at");