CREATE TABLE "email_rules" (
	"domain" text PRIMARY KEY NOT NULL,
	"alias_of" text,
	"strips_dots" boolean DEFAULT false NOT NULL,
	"strips_tag" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "petition_counts" (
	"petition_id" bigint PRIMARY KEY NOT NULL,
	"supporters" integer DEFAULT 0 NOT NULL,
	"online" integer DEFAULT 0 NOT NULL,
	"paper" integer DEFAULT 0 NOT NULL,
	"invalidated" integer DEFAULT 0 NOT NULL,
	"last_signed_at" timestamp with time zone,
	CONSTRAINT "petition_counts_positive" CHECK ("petition_counts"."supporters" >= 0 and "petition_counts"."online" >= 0 and "petition_counts"."paper" >= 0 and "petition_counts"."invalidated" >= 0)
);
--> statement-breakpoint
CREATE TABLE "petition_days" (
	"petition_id" bigint NOT NULL,
	"day" date NOT NULL,
	"confirmed" integer DEFAULT 0 NOT NULL,
	"invalidated" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "petition_days_petition_id_day_pk" PRIMARY KEY("petition_id","day")
);
--> statement-breakpoint
CREATE TABLE "petition_decisions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"petition_id" bigint NOT NULL,
	"command" text NOT NULL,
	"code" text,
	"reason" text NOT NULL,
	"lang" text NOT NULL,
	"passages" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"private_note" text,
	"decided_by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"appealed_at" timestamp with time zone,
	"appeal" text,
	"appeal_decided_by" uuid,
	"appeal_decided_at" timestamp with time zone,
	"appeal_upheld" boolean,
	"appeal_reason" text,
	CONSTRAINT "petition_decisions_command" CHECK ("petition_decisions"."command" in ('publish', 'return', 'reject', 'hide', 'show')),
	CONSTRAINT "petition_decisions_lang" CHECK ("petition_decisions"."lang" in ('en', 'cy')),
	CONSTRAINT "petition_decisions_other_moderator" CHECK ("petition_decisions"."appeal_decided_by" is distinct from "petition_decisions"."decided_by")
);
--> statement-breakpoint
CREATE TABLE "petition_invalidations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"petition_id" bigint,
	"query" jsonb NOT NULL,
	"reason_code" text NOT NULL,
	"made_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"found" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "petition_mailings" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"petition_id" bigint NOT NULL,
	"milestone" text NOT NULL,
	"step_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"superseded_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"sent" integer DEFAULT 0 NOT NULL,
	"last_signature" uuid,
	CONSTRAINT "petition_mailings_milestone" UNIQUE("petition_id","milestone")
);
--> statement-breakpoint
CREATE TABLE "petition_openings" (
	"petition_id" bigint NOT NULL,
	"person_id" uuid NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "petition_openings_petition_id_person_id_pk" PRIMARY KEY("petition_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "petition_ratings" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"petition_id" bigint NOT NULL,
	"signature_id" uuid NOT NULL,
	"answers" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "petition_rejection_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"name" jsonb NOT NULL,
	"about" jsonb NOT NULL,
	"hides_text" boolean NOT NULL,
	"sort" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "petition_schemes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"data" jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "petition_schemes_version" UNIQUE("organisation_id","version")
);
--> statement-breakpoint
CREATE TABLE "petition_sheets" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"petition_id" bigint NOT NULL,
	"scan" text,
	"entered_by" uuid NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"counted" integer DEFAULT 0 NOT NULL,
	"doubles" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "petition_steps" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"petition_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"summary" text NOT NULL,
	"details" text,
	"lang" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"happens_on" date,
	"by_person" uuid NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "petition_steps_kind" CHECK ("petition_steps"."kind" in ('response', 'evidence', 'debate_scheduled', 'debated', 'not_debated', 'update', 'scrutiny'))
);
--> statement-breakpoint
CREATE TABLE "petition_trees" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "petition_trees_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"hour" timestamp with time zone NOT NULL,
	"leaves" text[] NOT NULL,
	"root" text NOT NULL,
	"chain" text NOT NULL,
	CONSTRAINT "petition_trees_hour_unique" UNIQUE("hour")
);
--> statement-breakpoint
CREATE TABLE "petition_versions" (
	"petition_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"why" text NOT NULL,
	"details" text,
	"changed_by" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "petition_versions_petition_id_version_pk" PRIMARY KEY("petition_id","version")
);
--> statement-breakpoint
CREATE TABLE "petition_wards" (
	"petition_id" bigint NOT NULL,
	"ward_id" uuid NOT NULL,
	"count" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "petition_wards_petition_id_ward_id_pk" PRIMARY KEY("petition_id","ward_id")
);
--> statement-breakpoint
CREATE TABLE "petitions" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "petitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" uuid,
	"entered_by" uuid,
	"channel" text DEFAULT 'web' NOT NULL,
	"idempotency_key" text,
	"contact_id" uuid,
	"organisation_id" uuid NOT NULL,
	"scheme_id" uuid NOT NULL,
	"title" text NOT NULL,
	"why" text NOT NULL,
	"details" text,
	"lang" text NOT NULL,
	"topics" text[] DEFAULT '{}' NOT NULL,
	"ward_ids" uuid[] DEFAULT '{}' NOT NULL,
	"lon" double precision,
	"lat" double precision,
	"creator_name" text NOT NULL,
	"state" text NOT NULL,
	"state_at" timestamp with time zone DEFAULT now() NOT NULL,
	"response" text DEFAULT 'none' NOT NULL,
	"debate" text DEFAULT 'none' NOT NULL,
	"returned" integer DEFAULT 0 NOT NULL,
	"rejection_code" text,
	"rejection_reason" text,
	"merged_into" bigint,
	"ended_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"submitted_at" timestamp with time zone,
	"moderation_reached_at" timestamp with time zone,
	"opened_at" timestamp with time zone,
	"closes_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"response_reached_at" timestamp with time zone,
	"evidence_reached_at" timestamp with time zone,
	"debate_reached_at" timestamp with time zone,
	"moderate_by" date,
	"hidden_at" timestamp with time zone,
	"hidden_reason" text,
	"hidden_parts" text[] DEFAULT '{}' NOT NULL,
	"removed_at" timestamp with time zone,
	"removed_reason" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', title || ' ' || why || ' ' || coalesce(details, ''))) STORED,
	CONSTRAINT "petitions_state" CHECK ("petitions"."state" in ('draft', 'gathering_supporters', 'in_moderation', 'returned', 'open', 'rejected', 'closed', 'withdrawn', 'stopped')),
	CONSTRAINT "petitions_response" CHECK ("petitions"."response" in ('none', 'awaiting', 'responded')),
	CONSTRAINT "petitions_debate" CHECK ("petitions"."debate" in ('none', 'awaiting', 'scheduled', 'debated', 'not_debated')),
	CONSTRAINT "petitions_lang" CHECK ("petitions"."lang" in ('en', 'cy')),
	CONSTRAINT "petitions_channel" CHECK ("petitions"."channel" in ('web', 'phone', 'counter', 'paper', 'sms', 'email')),
	CONSTRAINT "petitions_open" CHECK ("petitions"."state" <> 'open' or ("petitions"."opened_at" is not null and "petitions"."closes_at" is not null)),
	CONSTRAINT "petitions_rejected" CHECK (("petitions"."state" = 'rejected') = ("petitions"."rejection_code" is not null)),
	CONSTRAINT "petitions_not_own_twin" CHECK ("petitions"."merged_into" is distinct from "petitions"."id")
);
--> statement-breakpoint
CREATE TABLE "signatures" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid,
	"entered_by" uuid,
	"channel" text DEFAULT 'web' NOT NULL,
	"idempotency_key" text,
	"petition_id" bigint NOT NULL,
	"supporter" boolean DEFAULT false NOT NULL,
	"state" text NOT NULL,
	"name" text,
	"email" text,
	"canonical" text,
	"postcode" text,
	"basis" text NOT NULL,
	"ward_id" uuid,
	"lang" text NOT NULL,
	"follows" boolean DEFAULT false NOT NULL,
	"network" text,
	"mails_sent" integer DEFAULT 0 NOT NULL,
	"mail_due_at" timestamp with time zone,
	"mailed_at" timestamp with time zone,
	"signed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp with time zone,
	"receipt" text,
	"leaf" text,
	"invalidation_id" uuid,
	"sheet_id" uuid,
	CONSTRAINT "signatures_state" CHECK ("signatures"."state" in ('pending', 'confirmed', 'suspect', 'invalidated')),
	CONSTRAINT "signatures_basis" CHECK ("signatures"."basis" in ('live', 'work', 'study')),
	CONSTRAINT "signatures_channel" CHECK ("signatures"."channel" in ('web', 'phone', 'counter', 'paper', 'sms', 'email')),
	CONSTRAINT "signatures_lang" CHECK ("signatures"."lang" in ('en', 'cy'))
);
--> statement-breakpoint
ALTER TABLE "tokens" DROP CONSTRAINT "tokens_kind";--> statement-breakpoint
ALTER TABLE "petition_counts" ADD CONSTRAINT "petition_counts_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_days" ADD CONSTRAINT "petition_days_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_decisions" ADD CONSTRAINT "petition_decisions_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_decisions" ADD CONSTRAINT "petition_decisions_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_invalidations" ADD CONSTRAINT "petition_invalidations_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_mailings" ADD CONSTRAINT "petition_mailings_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_openings" ADD CONSTRAINT "petition_openings_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_ratings" ADD CONSTRAINT "petition_ratings_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_ratings" ADD CONSTRAINT "petition_ratings_signature_id_signatures_id_fk" FOREIGN KEY ("signature_id") REFERENCES "public"."signatures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_schemes" ADD CONSTRAINT "petition_schemes_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_sheets" ADD CONSTRAINT "petition_sheets_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_steps" ADD CONSTRAINT "petition_steps_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_versions" ADD CONSTRAINT "petition_versions_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_wards" ADD CONSTRAINT "petition_wards_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petitions" ADD CONSTRAINT "petitions_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petitions" ADD CONSTRAINT "petitions_scheme_id_petition_schemes_id_fk" FOREIGN KEY ("scheme_id") REFERENCES "public"."petition_schemes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petitions" ADD CONSTRAINT "petitions_merged_into_petitions_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signatures" ADD CONSTRAINT "signatures_petition_id_petitions_id_fk" FOREIGN KEY ("petition_id") REFERENCES "public"."petitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "petition_decisions_petition" ON "petition_decisions" USING btree ("petition_id","at");--> statement-breakpoint
CREATE INDEX "petition_invalidations_petition" ON "petition_invalidations" USING btree ("petition_id");--> statement-breakpoint
CREATE UNIQUE INDEX "petition_ratings_once" ON "petition_ratings" USING btree ("petition_id","signature_id");--> statement-breakpoint
CREATE INDEX "petition_sheets_petition" ON "petition_sheets" USING btree ("petition_id");--> statement-breakpoint
CREATE INDEX "petition_steps_petition" ON "petition_steps" USING btree ("petition_id","at");--> statement-breakpoint
CREATE INDEX "petition_trees_leaves" ON "petition_trees" USING gin ("leaves");--> statement-breakpoint
CREATE UNIQUE INDEX "petitions_once_person" ON "petitions" USING btree ("person_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE INDEX "petitions_search" ON "petitions" USING gin ("search");--> statement-breakpoint
CREATE INDEX "petitions_alike" ON "petitions" USING gin (lower("title") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "petitions_state_updated" ON "petitions" USING btree ("state","updated_at");--> statement-breakpoint
CREATE INDEX "petitions_opened" ON "petitions" USING btree ("opened_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "petitions_closing" ON "petitions" USING btree ("closes_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "petitions_moderation" ON "petitions" USING btree ("organisation_id","moderate_by") WHERE state = 'in_moderation';--> statement-breakpoint
CREATE INDEX "petitions_person" ON "petitions" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "signatures_address" ON "signatures" USING btree ("petition_id","canonical") WHERE canonical is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "signatures_person" ON "signatures" USING btree ("petition_id","person_id") WHERE person_id is not null;--> statement-breakpoint
CREATE INDEX "signatures_mail_due" ON "signatures" USING btree ("mail_due_at") WHERE mail_due_at is not null;--> statement-breakpoint
CREATE INDEX "signatures_mailed" ON "signatures" USING btree ("petition_id","network","mailed_at") WHERE mailed_at is not null;--> statement-breakpoint
CREATE INDEX "signatures_confirmed" ON "signatures" USING btree ("petition_id","confirmed_at") WHERE state = 'confirmed';--> statement-breakpoint
CREATE INDEX "signatures_of" ON "signatures" USING btree ("person_id") WHERE person_id is not null;--> statement-breakpoint
CREATE INDEX "signatures_invalidated" ON "signatures" USING btree ("invalidation_id") WHERE invalidation_id is not null;--> statement-breakpoint
CREATE INDEX "signatures_leaves" ON "signatures" USING btree ("confirmed_at") WHERE state = 'confirmed' and leaf is not null;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_kind" CHECK ("tokens"."kind" in ('sign_in', 'verify_email', 'confirm_report', 'confirm_update', 'confirm_alert', 'confirm_signature', 'invitation', 'verdict', 'unsubscribe'));--> statement-breakpoint
insert into "petition_rejection_codes" ("code", "name", "about", "hides_text", "sort") values
('duplicate', '{"en": "The same petition exists", "cy": "Mae’r un ddeiseb yn bod"}', '{"en": "Another petition asks for the same; it can be signed.", "cy": "Mae deiseb arall yn gofyn am yr un peth; gellir ei llofnodi."}', false, 1),
('not_our_responsibility', '{"en": "Not ours to decide", "cy": "Nid ni sy’n penderfynu"}', '{"en": "Somebody else is responsible; the reason says who.", "cy": "Rhywun arall sy’n gyfrifol; mae’r rheswm yn dweud pwy."}', false, 2),
('unclear', '{"en": "Not clear", "cy": "Ddim yn glir"}', '{"en": "It does not become clear what should happen.", "cy": "Nid yw’n glir beth ddylai ddigwydd."}', false, 3),
('no_action_asked', '{"en": "Asks for nothing", "cy": "Ddim yn gofyn am ddim"}', '{"en": "A petition asks the council to do something.", "cy": "Mae deiseb yn gofyn i’r cyngor wneud rhywbeth."}', false, 4),
('already_happening', '{"en": "Happens already", "cy": "Yn digwydd eisoes"}', '{"en": "What it asks for is being done.", "cy": "Mae’r hyn y gofynnir amdano’n cael ei wneud."}', false, 5),
('individual_case', '{"en": "About one person’s case", "cy": "Am achos un person"}', '{"en": "One person’s case has a way of its own.", "cy": "Mae ffordd arall ar gyfer achos un person."}', false, 6),
('other_process', '{"en": "There is another way for this", "cy": "Mae ffordd arall ar gyfer hyn"}', '{"en": "Planning, licensing, complaints and requests for information have their own way.", "cy": "Mae gan gynllunio, trwyddedu, cwynion a cheisiadau am wybodaeth eu ffordd eu hunain."}', false, 7),
('party_political', '{"en": "Party politics", "cy": "Gwleidyddiaeth plaid"}', '{"en": "It speaks for or against a party.", "cy": "Mae’n siarad o blaid neu yn erbyn plaid."}', false, 8),
('fake_name', '{"en": "Not a real name", "cy": "Nid enw go iawn"}', '{"en": "The organiser did not give a real name.", "cy": "Ni roddodd y trefnydd enw go iawn."}', false, 9),
('joke', '{"en": "A joke", "cy": "Jôc"}', '{"en": "It is not meant seriously.", "cy": "Nid yw o ddifrif."}', false, 10),
('libellous', '{"en": "May harm somebody’s name", "cy": "Gall niweidio enw rhywun"}', '{"en": "It says things of somebody that may be false.", "cy": "Mae’n dweud pethau am rywun a all fod yn anwir."}', true, 11),
('confidential', '{"en": "Confidential", "cy": "Cyfrinachol"}', '{"en": "It tells what must not be told, or is before a court.", "cy": "Mae’n dweud yr hyn na ddylid ei ddweud, neu mae gerbron llys."}', true, 12),
('offensive', '{"en": "Offensive", "cy": "Sarhaus"}', '{"en": "It insults people.", "cy": "Mae’n sarhau pobl."}', true, 13),
('advert', '{"en": "An advert", "cy": "Hysbyseb"}', '{"en": "It sells something.", "cy": "Mae’n gwerthu rhywbeth."}', true, 14),
('withdrawn_before_publishing', '{"en": "Taken back before publishing", "cy": "Wedi’i thynnu’n ôl cyn cyhoeddi"}', '{"en": "The organiser asked for it.", "cy": "Gofynnodd y trefnydd am hynny."}', true, 15);--> statement-breakpoint
insert into "email_rules" ("domain", "alias_of", "strips_dots", "strips_tag") values
('gmail.com', null, true, true),
('googlemail.com', 'gmail.com', true, true);
