CREATE TABLE "petition_bursts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"petition_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"source" text,
	"day" date NOT NULL,
	"most" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone,
	"seen_by" uuid,
	CONSTRAINT "petition_bursts_once" UNIQUE("petition_id","kind","source","day"),
	CONSTRAINT "petition_bursts_kind" CHECK ("petition_bursts"."kind" in ('network', 'domain'))
);
--> statement-breakpoint
CREATE TABLE "petition_removals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "petition_removals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"petition_id" bigint NOT NULL,
	"leaf" text NOT NULL,
	"kind" text NOT NULL,
	"reason_code" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "petition_removals_kind" CHECK ("petition_removals"."kind" in ('removed', 'restored'))
);
--> statement-breakpoint
ALTER TABLE "petition_rejection_codes" ADD COLUMN "retired_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "petitions" ADD COLUMN "debate_needs" integer;--> statement-breakpoint
ALTER TABLE "petition_trees" ADD COLUMN "notes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "signatures" ADD COLUMN "suspect_because" text;--> statement-breakpoint
ALTER TABLE "signatures" ADD COLUMN "checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "petition_bursts" ADD CONSTRAINT "petition_bursts_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_removals" ADD CONSTRAINT "petition_removals_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "petition_bursts_unseen" ON "petition_bursts" USING btree ("petition_id") WHERE seen_at is null;--> statement-breakpoint
CREATE INDEX "petition_removals_at" ON "petition_removals" USING btree ("at");--> statement-breakpoint
CREATE INDEX "petition_removals_leaf" ON "petition_removals" USING btree ("leaf");--> statement-breakpoint
CREATE INDEX "signatures_suspects" ON "signatures" USING btree ("petition_id") WHERE state = 'suspect';--> statement-breakpoint
ALTER TABLE "signatures" ADD CONSTRAINT "signatures_suspect" CHECK ("signatures"."state" <> 'suspect' or ("signatures"."suspect_because" is not null and "signatures"."checked_at" is null));