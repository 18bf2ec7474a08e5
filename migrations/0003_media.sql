CREATE TABLE "media" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"source" text,
	"kind" text,
	"content_type" text,
	"bytes" integer,
	"width" integer,
	"height" integer,
	"sha256" text,
	"data" "bytea",
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "media_position" UNIQUE("message_id","position")
);
--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "media_conversation" ON "media" USING btree ("conversation_id","created_at");--> statement-breakpoint
CREATE INDEX "media_kept" ON "media" USING btree ("store","created_at") WHERE state <> 'erased';