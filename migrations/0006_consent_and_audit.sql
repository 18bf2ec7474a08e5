CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "consents_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"sender_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"kind" text NOT NULL,
	"word" text,
	"language" text,
	"source" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "chain_number" bigint;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "previous_hash" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "hash" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "unprompted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "opted_in_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "introduced_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "consents_sender" ON "consents" USING btree ("sender_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_log_chain" ON "audit_log" USING btree ("store","chain_number");--> statement-breakpoint
CREATE INDEX "audit_log_unsealed" ON "audit_log" USING btree ("store","seq") WHERE chain_number is null;--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Rows of % are only added.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE FUNCTION "seal_once"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  seal text[] := ARRAY['chain_number', 'previous_hash', 'hash'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.chain_number IS NULL AND NEW.previous_hash IS NULL AND NEW.hash IS NULL THEN RETURN NEW; END IF;
  ELSIF OLD.chain_number IS NULL AND NEW.chain_number IS NOT NULL AND NEW.hash IS NOT NULL
    AND to_jsonb(NEW) - seal = to_jsonb(OLD) - seal THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Rows of audit_log are only added, and sealed once.' USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER "audit_log_sealed_once" BEFORE INSERT OR UPDATE ON "audit_log" FOR EACH ROW EXECUTE FUNCTION "seal_once"();--> statement-breakpoint
CREATE TRIGGER "audit_log_kept" BEFORE DELETE OR TRUNCATE ON "audit_log" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "consents_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "consents" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
