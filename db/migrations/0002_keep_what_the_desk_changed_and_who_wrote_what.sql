CREATE TABLE "desk_looks" (
	"person_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"looked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "desk_looks_person_id_organisation_id_pk" PRIMARY KEY("person_id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "report_changes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"report_id" bigint NOT NULL,
	"by_person" uuid NOT NULL,
	"what" text NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"update_id" bigint,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone,
	CONSTRAINT "report_changes_what" CHECK ("report_changes"."what" in ('state', 'assigned', 'moved', 'priority'))
);
--> statement-breakpoint
CREATE TABLE "report_openings" (
	"report_id" bigint NOT NULL,
	"person_id" uuid NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "report_openings_report_id_person_id_pk" PRIMARY KEY("report_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "author" uuid;--> statement-breakpoint
ALTER TABLE "report_notes" ADD COLUMN "minutes" integer;--> statement-breakpoint
ALTER TABLE "desk_looks" ADD CONSTRAINT "desk_looks_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_looks" ADD CONSTRAINT "desk_looks_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_changes" ADD CONSTRAINT "report_changes_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_changes" ADD CONSTRAINT "report_changes_update_id_report_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."report_updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_openings" ADD CONSTRAINT "report_openings_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_openings" ADD CONSTRAINT "report_openings_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_changes_report" ON "report_changes" USING btree ("report_id","at");--> statement-breakpoint
CREATE INDEX "report_changes_person" ON "report_changes" USING btree ("by_person","at");--> statement-breakpoint
CREATE INDEX "report_openings_seen" ON "report_openings" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "report_openings_person" ON "report_openings" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "decisions_appealed" ON "decisions" USING btree ("appealed_at") WHERE appealed_at is not null and appeal_decided_at is null;--> statement-breakpoint
CREATE INDEX "reports_desk" ON "reports" USING btree ("organisation_id","expected_on","id") WHERE state in ('new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress');