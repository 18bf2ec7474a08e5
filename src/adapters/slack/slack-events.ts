/**
 * Every event this program listens for, and the bot scopes it needs (https://docs.slack.dev/reference/events).
 * The manifest subscribes to exactly these.
 */
export const slackEvents = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  tokens_revoked: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** `/returns`; needs the scope `commands`, as shortcuts do. */
export const returnsCommand = '/returns';
/** A message shortcut: "Send to customer". */
export const sendToCustomerCallbackId = 'send_to_customer';
