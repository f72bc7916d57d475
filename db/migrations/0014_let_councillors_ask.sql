CREATE TABLE "report_questions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"report_id" bigint NOT NULL,
	"by_person" uuid NOT NULL,
	"text" text NOT NULL,
	"lang" text NOT NULL,
	"open" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"answer" text,
	"answer_lang" text,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	"update_id" bigint,
	CONSTRAINT "report_questions_lang" CHECK ("report_questions"."lang" in ('en', 'cy'))
);
--> statement-breakpoint
ALTER TABLE "report_questions" ADD CONSTRAINT "report_questions_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_questions" ADD CONSTRAINT "report_questions_update_id_report_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."report_updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_questions_report" ON "report_questions" USING btree ("report_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "report_questions_waiting" ON "report_questions" USING btree ("report_id","by_person") WHERE answered_at is null;