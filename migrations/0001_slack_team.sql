CREATE TABLE "approval_votes" (
	"store" text NOT NULL,
	"approval_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approval_votes_approval_id_user_id_pk" PRIMARY KEY("approval_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "installations" (
	"store" text NOT NULL,
	"installed_in" text NOT NULL,
	"bot_user_id" text,
	"encrypted" text NOT NULL,
	"installed_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "installations_store_installed_in_pk" PRIMARY KEY("store","installed_in")
);
--> statement-breakpoint
CREATE TABLE "refund_pauses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"reason" text NOT NULL,
	"paused_by" jsonb NOT NULL,
	"resumed_by" jsonb,
	"resumed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "support_threads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"reason" text NOT NULL,
	"taken_by" text,
	"taken_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "support_threads_place" UNIQUE("store","channel","ts")
);
--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "required" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "author_id" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "card" jsonb;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "lowered" jsonb;--> statement-breakpoint
ALTER TABLE "approval_votes" ADD CONSTRAINT "approval_votes_approval_id_approvals_id_fk" FOREIGN KEY ("approval_id") REFERENCES "public"."approvals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "support_threads" ADD CONSTRAINT "support_threads_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "refund_pauses_one" ON "refund_pauses" USING btree ("store") WHERE resumed_at is null;--> statement-breakpoint
CREATE INDEX "support_threads_conversation" ON "support_threads" USING btree ("conversation_id","created_at");--> statement-breakpoint
CREATE INDEX "support_threads_open" ON "support_threads" USING btree ("store","created_at") WHERE closed_at is null;