CREATE INDEX "report_supports_at" ON "report_supports" USING brin ("at");--> statement-breakpoint
CREATE INDEX "report_updates_at" ON "report_updates" USING brin ("at");--> statement-breakpoint
CREATE INDEX "report_verdicts_at" ON "report_verdicts" USING brin ("at");--> statement-breakpoint
CREATE INDEX "reports_confirmed_at" ON "reports" USING brin ("confirmed_at");--> statement-breakpoint
CREATE INDEX "reports_fixed_at" ON "reports" USING btree ("fixed_at") WHERE fixed_at is not null;