CREATE TABLE "approvals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"refund_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"state" text NOT NULL,
	"card" jsonb,
	"announced_at" timestamp with time zone,
	"cumulative_minor" bigint NOT NULL,
	"decided_by" jsonb,
	"decided_at" timestamp with time zone,
	"denial_reason" text,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"conversation_id" uuid,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text,
	"detail" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"sender_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"party" text DEFAULT 'customer' NOT NULL,
	"owner" text DEFAULT 'agent' NOT NULL,
	"owned_since" timestamp with time zone,
	"support_thread" jsonb,
	"turn_number" integer DEFAULT 0 NOT NULL,
	"turn_started_at" timestamp with time zone,
	"last_activity_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"shopify_customer_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"store" text NOT NULL,
	"provider" text NOT NULL,
	"provider_message_id" text NOT NULL,
	"conversation_id" uuid,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_store_provider_provider_message_id_pk" PRIMARY KEY("store","provider","provider_message_id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "messages_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"conversation_id" uuid NOT NULL,
	"author" text NOT NULL,
	"text" text NOT NULL,
	"answered_in_turn" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "outbox_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"conversation_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"body" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"first_tried_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"provider_id" text,
	"error_code" text,
	"settled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proof_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"sender_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proofs" (
	"store" text NOT NULL,
	"sender_id" uuid NOT NULL,
	"order_id" text NOT NULL,
	"order_name" text NOT NULL,
	"proven_at" timestamp with time zone NOT NULL,
	CONSTRAINT "proofs_sender_id_order_id_pk" PRIMARY KEY("sender_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "quotes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "quotes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"conversation_id" uuid NOT NULL,
	"order_id" text NOT NULL,
	"quote" jsonb NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"shown_in_seq" bigint,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"store" text NOT NULL,
	"provider_id" text NOT NULL,
	"status" text NOT NULL,
	"rank" integer NOT NULL,
	"error_code" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "receipts_store_provider_id_pk" PRIMARY KEY("store","provider_id")
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"quote_id" uuid NOT NULL,
	"order_id" text NOT NULL,
	"order_name" text NOT NULL,
	"shopify_customer_id" text,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"digest" text NOT NULL,
	"requested_by" jsonb NOT NULL,
	"state" text NOT NULL,
	"idempotency_key" uuid NOT NULL,
	"first_sent_at" timestamp with time zone,
	"shop_refund_id" text,
	"payment" text,
	"rejection" jsonb,
	"told_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refunds_quote" UNIQUE("quote_id")
);
--> statement-breakpoint
CREATE TABLE "senders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"phone" text,
	"customer_id" uuid,
	"opted_out_at" timestamp with time zone,
	"proofs_locked_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "senders_address" UNIQUE("store","channel","address")
);
--> statement-breakpoint
CREATE TABLE "staff_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "staff_notes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"conversation_id" uuid,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"first_tried_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "turns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"channel" text NOT NULL,
	"model" text,
	"asked" jsonb NOT NULL,
	"answered" text,
	"tools" jsonb NOT NULL,
	"outcome" text NOT NULL,
	"input_tokens" integer NOT NULL,
	"cached_input_tokens" integer NOT NULL,
	"output_tokens" integer NOT NULL,
	"cost_micro_usd" integer NOT NULL,
	"duration_ms" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "turns_number" UNIQUE("conversation_id","number")
);
--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_sender_id_senders_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."senders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proof_attempts" ADD CONSTRAINT "proof_attempts_sender_id_senders_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."senders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proofs" ADD CONSTRAINT "proofs_sender_id_senders_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."senders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quotes" ADD CONSTRAINT "quotes_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_quote_id_quotes_id_fk" FOREIGN KEY ("quote_id") REFERENCES "public"."quotes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "senders" ADD CONSTRAINT "senders_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "approvals_one_pending" ON "approvals" USING btree ("refund_id") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "approvals_state" ON "approvals" USING btree ("store","state","created_at");--> statement-breakpoint
CREATE INDEX "approvals_refund" ON "approvals" USING btree ("refund_id","created_at");--> statement-breakpoint
CREATE INDEX "audit_log_seq" ON "audit_log" USING btree ("store","seq");--> statement-breakpoint
CREATE INDEX "audit_log_conversation" ON "audit_log" USING btree ("conversation_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_sender" ON "conversations" USING btree ("sender_id");--> statement-breakpoint
CREATE INDEX "conversations_owner" ON "conversations" USING btree ("owner","last_activity_at");--> statement-breakpoint
CREATE UNIQUE INDEX "customers_shopify" ON "customers" USING btree ("store","shopify_customer_id");--> statement-breakpoint
CREATE INDEX "inbox_received" ON "inbox" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "messages_conversation" ON "messages" USING btree ("conversation_id","seq");--> statement-breakpoint
CREATE INDEX "messages_waiting" ON "messages" USING btree ("conversation_id","seq") WHERE author = 'customer' and answered_in_turn is null;--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("conversation_id","seq") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "outbox_provider" ON "outbox" USING btree ("store","provider_id");--> statement-breakpoint
CREATE INDEX "outbox_message" ON "outbox" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "proof_attempts_sender" ON "proof_attempts" USING btree ("sender_id","created_at");--> statement-breakpoint
CREATE INDEX "quotes_conversation" ON "quotes" USING btree ("conversation_id","seq");--> statement-breakpoint
CREATE INDEX "refunds_order" ON "refunds" USING btree ("store","order_id","created_at");--> statement-breakpoint
CREATE INDEX "refunds_customer" ON "refunds" USING btree ("store","shopify_customer_id","created_at");--> statement-breakpoint
CREATE INDEX "refunds_conversation" ON "refunds" USING btree ("conversation_id","created_at");--> statement-breakpoint
CREATE INDEX "refunds_untold" ON "refunds" USING btree ("conversation_id") WHERE told_at is null;--> statement-breakpoint
CREATE INDEX "senders_phone" ON "senders" USING btree ("store","phone");--> statement-breakpoint
CREATE INDEX "senders_customer" ON "senders" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "staff_notes_waiting" ON "staff_notes" USING btree ("store","seq") WHERE sent_at is null;--> statement-breakpoint
CREATE INDEX "staff_notes_created" ON "staff_notes" USING btree ("store","created_at");--> statement-breakpoint
CREATE INDEX "turns_created" ON "turns" USING btree ("store","created_at");