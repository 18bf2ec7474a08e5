import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Faults } from './faults.ts';
import type { ProgramAnswer } from './program.ts';

export type SocketEnvelope = {
  readonly type: 'events_api' | 'interactive' | 'slash_commands';
  readonly payload: unknown;
};

/** Socket Mode: the connections of one app. https://docs.slack.dev/apis/events-api/using-socket-mode */
export type Sockets = {
  /** A ticket for one connection, to be shown within the address. */
  issueTicket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** One connection gets it; an event that is not acknowledged is sent again. Status 0: never acknowledged. */
  deliver(envelope: SocketEnvelope): Promise<ProgramAnswer>;
  connections(): number;
  /** How often a program connected, so far. */
  opened(): number;
  /** Resolves when the program has received all that was sent. */
  received(): Promise<void>;
  /** Tells the program to connect anew, as Slack does every few hours. */
  disconnect(reason: 'link_disabled' | 'refresh_requested' | 'warning'): void;
  /** Cuts every connection without a word. */
  drop(): void;
  /** `ack` is the operation that an acknowledgement is. */
  readonly faults: Faults;
};
