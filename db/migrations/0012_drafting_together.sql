CREATE TABLE "petition_drafters" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"petition_id" bigint NOT NULL,
	"person_id" uuid,
	"visitor" text,
	"name" text NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "petition_drafters_somebody" CHECK ("petition_drafters"."person_id" is not null or "petition_drafters"."visitor" is not null)
);
--> statement-breakpoint
CREATE TABLE "petition_paragraph_versions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"petition_id" bigint NOT NULL,
	"paragraph_id" uuid NOT NULL,
	"field" text NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"drafter_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "petition_paragraph_versions_field" CHECK ("petition_paragraph_versions"."field" in ('title', 'why', 'details'))
);
--> statement-breakpoint
CREATE TABLE "petition_paragraphs" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"petition_id" bigint NOT NULL,
	"field" text NOT NULL,
	"sort" integer NOT NULL,
	"text" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"locked_by" uuid,
	"locked_until" timestamp with time zone,
	"changed_by" uuid,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "petition_paragraphs_field" CHECK ("petition_paragraphs"."field" in ('title', 'why', 'details'))
);
--> statement-breakpoint
ALTER TABLE "petition_drafters" ADD CONSTRAINT "petition_drafters_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_paragraph_versions" ADD CONSTRAINT "petition_paragraph_versions_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_paragraphs" ADD CONSTRAINT "petition_paragraphs_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "petition_drafters_person" ON "petition_drafters" USING btree ("petition_id","person_id") WHERE person_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "petition_drafters_visitor" ON "petition_drafters" USING btree ("petition_id","visitor") WHERE visitor is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "petition_paragraph_versions_once" ON "petition_paragraph_versions" USING btree ("paragraph_id","version");--> statement-breakpoint
CREATE INDEX "petition_paragraph_versions_petition" ON "petition_paragraph_versions" USING btree ("petition_id","at");--> statement-breakpoint
CREATE INDEX "petition_paragraphs_petition" ON "petition_paragraphs" USING btree ("petition_id","sort");