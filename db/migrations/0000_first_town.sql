CREATE TABLE "areas" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"parent_id" uuid,
	"name" jsonb NOT NULL,
	"slug" text NOT NULL,
	"population" integer,
	"shape" jsonb NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	CONSTRAINT "areas_code" UNIQUE("kind","code","valid_from"),
	CONSTRAINT "areas_kind" CHECK ("areas"."kind" in ('place', 'ward', 'parish', 'division')),
	CONSTRAINT "areas_validity" CHECK ("areas"."valid_to" is null or "areas"."valid_to" > "areas"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "bank_holidays" (
	"day" date PRIMARY KEY NOT NULL,
	"name" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "named_places" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"lon" double precision NOT NULL,
	"lat" double precision NOT NULL,
	"ward_id" uuid,
	CONSTRAINT "named_places_kind" CHECK ("named_places"."kind" in ('park', 'school', 'library', 'hall', 'station', 'shop', 'church', 'health', 'sport', 'other'))
);
--> statement-breakpoint
CREATE TABLE "pauses" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"what" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"reason" jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "pauses_what" CHECK ("pauses"."what" in ('publishing', 'collecting', 'responding', 'promoting'))
);
--> statement-breakpoint
CREATE TABLE "postcodes" (
	"code" text PRIMARY KEY NOT NULL,
	"lon" double precision NOT NULL,
	"lat" double precision NOT NULL,
	"street_id" uuid,
	"ward_id" uuid
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"organisation_id" uuid,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	CONSTRAINT "settings_key" UNIQUE NULLS NOT DISTINCT("key","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "streets" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"locality" text,
	"class" text DEFAULT 'street' NOT NULL,
	"lines" jsonb NOT NULL,
	"lon" double precision NOT NULL,
	"lat" double precision NOT NULL,
	"ward_id" uuid
);
--> statement-breakpoint
CREATE TABLE "access_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"who" uuid NOT NULL,
	"what" text NOT NULL,
	"why" text NOT NULL,
	"person_id" uuid,
	"topic" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid,
	"entered_by" uuid,
	"channel" text DEFAULT 'web' NOT NULL,
	"idempotency_key" text,
	"what" text NOT NULL,
	"wording" text NOT NULL,
	"given_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "consents_channel" CHECK ("consents"."channel" in ('web', 'phone', 'counter', 'paper', 'sms', 'email'))
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"canonical" text NOT NULL,
	"verified_at" timestamp with time zone,
	"stopped_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contacts_kind" CHECK ("contacts"."kind" in ('email', 'phone', 'post', 'none'))
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"role" text NOT NULL,
	"area_id" uuid,
	"category_id" uuid,
	"granted_by" uuid,
	"granted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "grants_role" CHECK ("grants"."role" in ('officer', 'councillor', 'moderator', 'organiser', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"area_id" uuid,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "invitations_role" CHECK ("invitations"."role" in ('officer', 'councillor', 'moderator', 'organiser', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "limits" (
	"key" text PRIMARY KEY NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"title" jsonb,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	"left_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "organisation_areas" (
	"organisation_id" uuid NOT NULL,
	"area_id" uuid NOT NULL,
	CONSTRAINT "organisation_areas_organisation_id_area_id_pk" PRIMARY KEY("organisation_id","area_id")
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"slug" text NOT NULL,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"about" jsonb,
	"email" text,
	"phone" text,
	"hue" integer,
	"chroma" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "organisations_slug_unique" UNIQUE("slug"),
	CONSTRAINT "organisations_kind" CHECK ("organisations"."kind" in ('council', 'county', 'housing', 'police', 'agency', 'group'))
);
--> statement-breakpoint
CREATE TABLE "passwords" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text,
	"public_name" boolean DEFAULT false NOT NULL,
	"lang" text DEFAULT 'en' NOT NULL,
	"postcode" text,
	"ward_id" uuid,
	"under_18" boolean DEFAULT false NOT NULL,
	"digest" text DEFAULT 'now' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone,
	"erased_at" timestamp with time zone,
	CONSTRAINT "people_lang" CHECK ("people"."lang" in ('en', 'cy')),
	CONSTRAINT "people_digest" CHECK ("people"."digest" in ('now', 'daily', 'none'))
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_codes_hash" UNIQUE("person_id","hash")
);
--> statement-breakpoint
CREATE TABLE "second_factors" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" integer
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"public_id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"device" text DEFAULT '' NOT NULL,
	"staff" boolean DEFAULT false NOT NULL,
	"strong_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"person_id" uuid,
	"contact_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "tokens_kind" CHECK ("tokens"."kind" in ('sign_in', 'verify_email', 'confirm_report', 'confirm_update', 'confirm_alert', 'invitation', 'verdict', 'unsubscribe'))
);
--> statement-breakpoint
CREATE TABLE "cursors" (
	"name" text PRIMARY KEY NOT NULL,
	"tx" "xid8" DEFAULT '0' NOT NULL,
	"id" bigint DEFAULT 0 NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"topic" text NOT NULL,
	"type" text NOT NULL,
	"audience" text NOT NULL,
	"person_id" uuid,
	"organisation_id" uuid,
	"data" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_audience" CHECK ("events"."audience" in ('public', 'person', 'staff', 'none'))
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"area_id" uuid,
	"lon" double precision,
	"lat" double precision,
	"radius_m" integer,
	"category_group" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "alerts_kind" CHECK ("alerts"."kind" in ('ward', 'radius'))
);
--> statement-breakpoint
CREATE TABLE "follows" (
	"person_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"by_mail" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "follows_person_id_topic_pk" PRIMARY KEY("person_id","topic")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"event_id" bigint,
	"person_id" uuid,
	"contact_id" uuid,
	"to" text NOT NULL,
	"kind" text NOT NULL,
	"lang" text NOT NULL,
	"priority" smallint NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"text" text NOT NULL,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"message_id" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"error" text,
	CONSTRAINT "mails_state" CHECK ("mails"."state" in ('queued', 'sending', 'sent', 'failed', 'doubt', 'stopped')),
	CONSTRAINT "mails_lang" CHECK ("mails"."lang" in ('en', 'cy'))
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid NOT NULL,
	"event_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"topic" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp with time zone,
	"digested_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"topic" text NOT NULL,
	"part" text NOT NULL,
	"organisation_id" uuid,
	"decision" text NOT NULL,
	"rule" integer,
	"reason" text NOT NULL,
	"lang" text NOT NULL,
	"public" boolean DEFAULT true NOT NULL,
	"decided_by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone,
	"before" jsonb,
	"private_note" text,
	"appealed_at" timestamp with time zone,
	"appeal" text,
	"appeal_decided_by" uuid,
	"appeal_decided_at" timestamp with time zone,
	"appeal_upheld" boolean,
	"appeal_reason" text,
	CONSTRAINT "decisions_decision" CHECK ("decisions"."decision" in ('hide', 'let_stand', 'show_again')),
	CONSTRAINT "decisions_lang" CHECK ("decisions"."lang" in ('en', 'cy')),
	CONSTRAINT "decisions_other_moderator" CHECK ("decisions"."appeal_decided_by" is distinct from "decisions"."decided_by")
);
--> statement-breakpoint
CREATE TABLE "flags" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid,
	"entered_by" uuid,
	"channel" text DEFAULT 'web' NOT NULL,
	"idempotency_key" text,
	"topic" text NOT NULL,
	"part" text NOT NULL,
	"organisation_id" uuid,
	"area_id" uuid,
	"reason" text NOT NULL,
	"detail" text,
	"visitor" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision_id" uuid,
	CONSTRAINT "flags_reason" CHECK ("flags"."reason" in ('private_details', 'rude', 'false', 'advert', 'other')),
	CONSTRAINT "flags_channel" CHECK ("flags"."channel" in ('web', 'phone', 'counter', 'paper', 'sms', 'email'))
);
--> statement-breakpoint
CREATE TABLE "files" (
	"hash" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"width" integer,
	"height" integer,
	"bytes" integer NOT NULL,
	"sizes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"ok" boolean,
	"said" text
);
--> statement-breakpoint
CREATE TABLE "page_versions" (
	"slug" text NOT NULL,
	"version" integer NOT NULL,
	"title" jsonb NOT NULL,
	"body" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" uuid,
	CONSTRAINT "page_versions_slug_version_pk" PRIMARY KEY("slug","version")
);
--> statement-breakpoint
CREATE TABLE "pages" (
	"slug" text PRIMARY KEY NOT NULL,
	"title" jsonb NOT NULL,
	"body" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "report_categories" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"code" text NOT NULL,
	"organisation_id" uuid NOT NULL,
	"group" text NOT NULL,
	"name" jsonb NOT NULL,
	"hint" jsonb,
	"questions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"private" boolean DEFAULT false NOT NULL,
	"stopper" jsonb,
	"similar_metres" integer DEFAULT 250 NOT NULL,
	"expected_days" integer,
	"sort" integer DEFAULT 0 NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "report_counts" (
	"report_id" bigint PRIMARY KEY NOT NULL,
	"supports" integer DEFAULT 0 NOT NULL,
	"said_fixed" integer DEFAULT 0 NOT NULL,
	"said_not_fixed" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "report_counts_positive" CHECK ("report_counts"."supports" >= 0 and "report_counts"."said_fixed" >= 0 and "report_counts"."said_not_fixed" >= 0)
);
--> statement-breakpoint
CREATE TABLE "report_drafts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"visitor" text NOT NULL,
	"person_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"photos" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "report_drafts_visitor_unique" UNIQUE("visitor")
);
--> statement-breakpoint
CREATE TABLE "report_notes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"report_id" bigint NOT NULL,
	"by_person" uuid NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_photos" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"report_id" bigint NOT NULL,
	"update_id" bigint,
	"hash" text NOT NULL,
	"alt" jsonb,
	"sort" smallint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"hidden_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "report_supports" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid,
	"entered_by" uuid,
	"channel" text DEFAULT 'web' NOT NULL,
	"idempotency_key" text,
	"report_id" bigint NOT NULL,
	"visitor" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "report_supports_someone" CHECK ("report_supports"."person_id" is not null or "report_supports"."visitor" is not null),
	CONSTRAINT "report_supports_channel" CHECK ("report_supports"."channel" in ('web', 'phone', 'counter', 'paper', 'sms', 'email'))
);
--> statement-breakpoint
CREATE TABLE "report_templates" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"group" text,
	"command" text NOT NULL,
	"name" jsonb NOT NULL,
	"text" jsonb NOT NULL,
	"sort" integer DEFAULT 0 NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "report_updates" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "report_updates_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" uuid,
	"entered_by" uuid,
	"channel" text DEFAULT 'web' NOT NULL,
	"idempotency_key" text,
	"report_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"organisation_id" uuid,
	"state_from" text,
	"state_to" text,
	"text" text,
	"lang" text NOT NULL,
	"show_name" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"hidden_at" timestamp with time zone,
	CONSTRAINT "report_updates_kind" CHECK ("report_updates"."kind" in ('state', 'answer', 'comment', 'verdict', 'question')),
	CONSTRAINT "report_updates_channel" CHECK ("report_updates"."channel" in ('web', 'phone', 'counter', 'paper', 'sms', 'email'))
);
--> statement-breakpoint
CREATE TABLE "report_verdicts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"person_id" uuid,
	"entered_by" uuid,
	"channel" text DEFAULT 'web' NOT NULL,
	"idempotency_key" text,
	"report_id" bigint NOT NULL,
	"fixed" boolean NOT NULL,
	"served" boolean,
	"text" text,
	"lang" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "report_verdicts_channel" CHECK ("report_verdicts"."channel" in ('web', 'phone', 'counter', 'paper', 'sms', 'email'))
);
--> statement-breakpoint
CREATE TABLE "report_versions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"report_id" bigint NOT NULL,
	"title" text NOT NULL,
	"detail" text NOT NULL,
	"category_id" uuid NOT NULL,
	"changed_by" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" uuid,
	"entered_by" uuid,
	"channel" text DEFAULT 'web' NOT NULL,
	"idempotency_key" text,
	"contact_id" uuid,
	"category_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"ward_id" uuid,
	"title" text NOT NULL,
	"detail" text NOT NULL,
	"lang" text NOT NULL,
	"answers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"lon" double precision NOT NULL,
	"lat" double precision NOT NULL,
	"place" text NOT NULL,
	"state" text NOT NULL,
	"state_at" timestamp with time zone DEFAULT now() NOT NULL,
	"private" boolean DEFAULT false NOT NULL,
	"hidden_at" timestamp with time zone,
	"show_name" boolean DEFAULT false NOT NULL,
	"duplicate_of" bigint,
	"expected_on" date,
	"assigned_to" uuid,
	"assigned_team" text,
	"priority" smallint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"fixed_at" timestamp with time zone,
	"asked_at" timestamp with time zone,
	"search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', title || ' ' || place || ' ' || detail)) STORED,
	CONSTRAINT "reports_state" CHECK ("reports"."state" in ('unconfirmed', 'new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress', 'fixed_by_council', 'fixed_by_resident', 'duplicate', 'not_responsible', 'unable_to_fix', 'internal_referral', 'no_further_action', 'cancelled_by_reporter')),
	CONSTRAINT "reports_lang" CHECK ("reports"."lang" in ('en', 'cy')),
	CONSTRAINT "reports_channel" CHECK ("reports"."channel" in ('web', 'phone', 'counter', 'paper', 'sms', 'email')),
	CONSTRAINT "reports_duplicate" CHECK (("reports"."state" = 'duplicate') = ("reports"."duplicate_of" is not null)),
	CONSTRAINT "reports_not_own_duplicate" CHECK ("reports"."duplicate_of" is distinct from "reports"."id"),
	CONSTRAINT "reports_confirmed" CHECK ("reports"."state" in ('unconfirmed', 'cancelled_by_reporter') or "reports"."confirmed_at" is not null)
);
--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_people_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation_areas" ADD CONSTRAINT "organisation_areas_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passwords" ADD CONSTRAINT "passwords_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_people_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "page_versions" ADD CONSTRAINT "page_versions_slug_pages_slug_fk" FOREIGN KEY ("slug") REFERENCES "public"."pages"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_categories" ADD CONSTRAINT "report_categories_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_counts" ADD CONSTRAINT "report_counts_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_notes" ADD CONSTRAINT "report_notes_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_photos" ADD CONSTRAINT "report_photos_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_photos" ADD CONSTRAINT "report_photos_update_id_report_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."report_updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_supports" ADD CONSTRAINT "report_supports_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_templates" ADD CONSTRAINT "report_templates_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_updates" ADD CONSTRAINT "report_updates_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_updates" ADD CONSTRAINT "report_updates_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_verdicts" ADD CONSTRAINT "report_verdicts_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_versions" ADD CONSTRAINT "report_versions_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_category_id_report_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."report_categories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_ward_id_areas_id_fk" FOREIGN KEY ("ward_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_duplicate_of_reports_id_fk" FOREIGN KEY ("duplicate_of") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_assigned_to_people_id_fk" FOREIGN KEY ("assigned_to") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "areas_slug" ON "areas" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "named_places_words" ON "named_places" USING gin (lower(("name"->>'en') || ' ' || coalesce("name"->>'cy', '')) gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "pauses_once" ON "pauses" USING btree ("organisation_id","what","starts_on");--> statement-breakpoint
CREATE INDEX "streets_words" ON "streets" USING gin (lower("name") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "streets_lat" ON "streets" USING btree ("lat");--> statement-breakpoint
CREATE INDEX "access_log_person" ON "access_log" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "access_log_at" ON "access_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "consents_person" ON "consents" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_verified" ON "contacts" USING btree ("kind","canonical") WHERE verified_at is not null;--> statement-breakpoint
CREATE INDEX "contacts_canonical" ON "contacts" USING btree ("canonical");--> statement-breakpoint
CREATE INDEX "contacts_person" ON "contacts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "grants_person" ON "grants" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "grants_organisation" ON "grants" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "invitations_organisation" ON "invitations" USING btree ("organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_once" ON "memberships" USING btree ("person_id","organisation_id") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "memberships_organisation" ON "memberships" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_public" ON "sessions" USING btree ("public_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "tokens_expiry" ON "tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "tokens_contact" ON "tokens" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "events_order" ON "events" USING btree ("tx","id");--> statement-breakpoint
CREATE INDEX "events_topic" ON "events" USING btree ("topic","id");--> statement-breakpoint
CREATE INDEX "alerts_person" ON "alerts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "alerts_area" ON "alerts" USING btree ("area_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "follows_topic" ON "follows" USING btree ("topic");--> statement-breakpoint
CREATE UNIQUE INDEX "mails_once" ON "mails" USING btree ("event_id","person_id","kind") WHERE event_id is not null;--> statement-breakpoint
CREATE INDEX "mails_waiting" ON "mails" USING btree ("priority","next_at") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "mails_sending" ON "mails" USING btree ("next_at") WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX "mails_created" ON "mails" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_once" ON "notifications" USING btree ("event_id","person_id","kind");--> statement-breakpoint
CREATE INDEX "notifications_person" ON "notifications" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "notifications_undigested" ON "notifications" USING btree ("person_id") WHERE digested_at is null;--> statement-breakpoint
CREATE INDEX "decisions_topic" ON "decisions" USING btree ("topic");--> statement-breakpoint
CREATE INDEX "decisions_at" ON "decisions" USING btree ("at");--> statement-breakpoint
CREATE INDEX "flags_open" ON "flags" USING btree ("topic","part") WHERE decision_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "flags_once" ON "flags" USING btree ("topic","part","person_id") WHERE person_id is not null and decision_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "flags_visitor_once" ON "flags" USING btree ("topic","part","visitor") WHERE visitor is not null and decision_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "report_categories_code" ON "report_categories" USING btree ("organisation_id","code");--> statement-breakpoint
CREATE INDEX "report_categories_group" ON "report_categories" USING btree ("group");--> statement-breakpoint
CREATE INDEX "report_drafts_updated" ON "report_drafts" USING btree ("updated_at");--> statement-breakpoint
CREATE INDEX "report_notes_report" ON "report_notes" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "report_photos_report" ON "report_photos" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "report_photos_hash" ON "report_photos" USING btree ("hash");--> statement-breakpoint
CREATE UNIQUE INDEX "report_supports_person" ON "report_supports" USING btree ("report_id","person_id") WHERE person_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "report_supports_visitor" ON "report_supports" USING btree ("report_id","visitor") WHERE visitor is not null;--> statement-breakpoint
CREATE INDEX "report_supports_of" ON "report_supports" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "report_templates_organisation" ON "report_templates" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "report_updates_report" ON "report_updates" USING btree ("report_id","at");--> statement-breakpoint
CREATE INDEX "report_updates_person" ON "report_updates" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "report_updates_once" ON "report_updates" USING btree ("person_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "report_verdicts_once" ON "report_verdicts" USING btree ("report_id","person_id");--> statement-breakpoint
CREATE INDEX "report_versions_report" ON "report_versions" USING btree ("report_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_once_person" ON "reports" USING btree ("person_id","idempotency_key") WHERE idempotency_key is not null and person_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "reports_once_contact" ON "reports" USING btree ("contact_id","idempotency_key") WHERE idempotency_key is not null and contact_id is not null;--> statement-breakpoint
CREATE INDEX "reports_search" ON "reports" USING gin ("search");--> statement-breakpoint
CREATE INDEX "reports_person" ON "reports" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "reports_queue" ON "reports" USING btree ("organisation_id","updated_at") WHERE state in ('new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress');--> statement-breakpoint
CREATE INDEX "reports_assigned" ON "reports" USING btree ("assigned_to") WHERE assigned_to is not null;--> statement-breakpoint
CREATE INDEX "reports_unconfirmed" ON "reports" USING btree ("created_at") WHERE state = 'unconfirmed';--> statement-breakpoint
CREATE INDEX "reports_ward" ON "reports" USING btree ("ward_id","updated_at");--> statement-breakpoint
CREATE INDEX "reports_expected" ON "reports" USING btree ("expected_on") WHERE state in ('new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress');