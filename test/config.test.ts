import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeProblems } from '../src/config/describe-problems.ts';
import { variables } from '../src/config/variables.ts';
import { type Config, type Environment, readConfig, readEnvironment } from '../src/config.ts';
import { usageLimits } from '../src/returns/usage-limits.ts';

const shopify = {
  SHOPIFY_STORE_DOMAIN: 'my-store',
  SHOPIFY_CLIENT_ID: 'id',
  SHOPIFY_CLIENT_SECRET: 'client-secret',
};
const twilio = {
  TWILIO_ACCOUNT_SID: 'AC0123456789abcdef0123456789abcdef',
  TWILIO_AUTH_TOKEN: 'auth-token',
  TWILIO_SMS_FROM: '+15551230000',
  PUBLIC_URL: 'https://returns.example.com',
};
const slack = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'signing-secret',
  SLACK_APPROVALS_CHANNEL: 'C0APPROVALS',
};
const everything = { ...shopify, ...twilio, ...slack };

function accept(environment: Environment): Config {
  const result = readConfig(environment);
  if (result.kind === 'invalid') throw new Error(describeProblems(result.problems));
  return result.config;
}

function problemsOf(environment: Environment): readonly string[] {
  const result = readConfig(environment);
  return result.kind === 'invalid' ? result.problems.map(({ variable }) => variable) : [];
}

function without<T extends object>(environment: T, ...names: (keyof T)[]): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !names.some((n) => n === name)));
}

describe('with no provider variable set', () => {
  it('the sandbox starts on loopback with every default', () => {
    expect(accept({ PATH: '/bin', SHOPIFY_CLI_NO_ANALYTICS: '1' })).toMatchObject({
      mode: 'sandbox',
      http: { port: 3000, host: '127.0.0.1', publicUrl: undefined },
      databaseUrl: undefined,
      shopify: undefined,
      openai: undefined,
      twilio: undefined,
      slack: undefined,
      returns: {
        approvalThreshold: '100.00',
        approvalTtlSeconds: 86_400,
        quoteTtlSeconds: 3_600,
        windowDays: 30,
        policyFile: undefined,
      },
      limits: { usage: usageLimits, smsCountries: [], trustedProxies: 0 },
      chatApiToken: undefined,
      adminToken: undefined,
      retentionDays: 90,
      dailyModelBudgetUsd: 20,
      logLevel: 'info',
      shutdownGraceMs: 10_000,
    });
  });

  it('a model key keeps the sandbox and brings the real model', () => {
    expect(accept({ OPENAI_API_KEY: 'sk-1' })).toMatchObject({
      mode: 'sandbox',
      openai: { apiKey: 'sk-1', baseUrl: undefined, model: 'gpt-6-luna', api: 'responses' },
    });
  });
});

describe('a live start', () => {
  it('takes everything that is set', () => {
    const config = accept({
      ...everything,
      PORT: '8080',
      DATABASE_URL: 'postgresql://u:p@db.example.com:5432/returns',
      TWILIO_MESSAGING_SERVICE_SID: 'MG0123456789abcdef0123456789abcdef',
      TWILIO_WHATSAPP_FROM: '+14155238886',
      TWILIO_WHATSAPP_TEMPLATE_SID: 'HX0123456789abcdef0123456789abcdef',
      SLACK_SUPPORT_CHANNEL: 'G0SUPPORT',
      SLACK_APPROVERS: 'U0ANNA, S0LEADS,',
      SLACK_STAFF: 'W0BEN',
      OPENAI_API_KEY: 'sk-1',
      OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1/',
      OPENAI_API: 'chat',
      ADMIN_TOKEN: 'admin',
      CHAT_API_TOKEN: 'chat',
      POLICY_FILE: 'policy.yaml',
      REFUND_APPROVAL_THRESHOLD: '250',
      DAILY_MODEL_BUDGET_USD: '2.50',
      LOG_LEVEL: 'DEBUG',
    });
    expect(config).toEqual({
      mode: 'live',
      http: { port: 8080, host: '0.0.0.0', publicUrl: 'https://returns.example.com' },
      databaseUrl: 'postgresql://u:p@db.example.com:5432/returns',
      shopify: {
        storeDomain: 'my-store.myshopify.com',
        auth: { kind: 'client-credentials', clientId: 'id', clientSecret: 'client-secret' },
        apiVersion: '2026-10',
        apiUrl: 'https://my-store.myshopify.com',
        webhookSecrets: ['client-secret'],
      },
      openai: { apiKey: 'sk-1', baseUrl: 'http://127.0.0.1:11434/v1', model: 'gpt-6-luna', api: 'chat' },
      twilio: {
        accountSid: 'AC0123456789abcdef0123456789abcdef',
        authTokens: ['auth-token'],
        smsFrom: '+15551230000',
        messagingServiceSid: 'MG0123456789abcdef0123456789abcdef',
        whatsappFrom: 'whatsapp:+14155238886',
        whatsappTemplateSid: 'HX0123456789abcdef0123456789abcdef',
        apiUrl: 'https://api.twilio.com',
      },
      slack: {
        botToken: 'xoxb-1',
        signingSecrets: ['signing-secret'],
        appToken: undefined,
        apiUrl: 'https://slack.com/api/',
        approvalsChannel: 'C0APPROVALS',
        supportChannel: 'G0SUPPORT',
        approvers: ['U0ANNA', 'S0LEADS'],
        staff: ['W0BEN'],
        supportReminderSeconds: 900,
        installing: undefined,
      },
      returns: {
        approvalThreshold: '250',
        approvalTtlSeconds: 86_400,
        quoteTtlSeconds: 3_600,
        windowDays: 30,
        policyFile: 'policy.yaml',
        quietHours: { fromMinute: 1260, toMinute: 480 },
      },
      limits: { usage: usageLimits, smsCountries: [], trustedProxies: 0 },
      chatApiToken: 'chat',
      adminToken: 'admin',
      retentionDays: 90,
      dailyModelBudgetUsd: 2.5,
      logLevel: 'debug',
      shutdownGraceMs: 10_000,
      warnings: [],
    });
  });

  it('needs Shopify, and names it when only other providers are set', () => {
    expect(problemsOf(twilio)).toEqual(['SHOPIFY_STORE_DOMAIN', 'SHOPIFY_CLIENT_ID']);
    expect(problemsOf(slack)).toEqual(['SHOPIFY_STORE_DOMAIN', 'SHOPIFY_CLIENT_ID']);
  });

  it('needs at least one channel: SMS, Slack or the chat API', () => {
    expect(problemsOf(shopify)).toEqual(['TWILIO_ACCOUNT_SID, SLACK_BOT_TOKEN or CHAT_API_TOKEN']);
    for (const channel of [twilio, slack, { CHAT_API_TOKEN: 'token' }]) {
      expect(accept({ ...shopify, ...channel }).mode).toBe('live');
    }
  });

  it('takes a static token instead of the client pair, and neither half of that pair alone', () => {
    const chat = { SHOPIFY_STORE_DOMAIN: 'my-store', CHAT_API_TOKEN: 'token' };
    expect(accept({ ...chat, SHOPIFY_ADMIN_TOKEN: 'shpat_1' }).shopify?.auth).toEqual({
      kind: 'static',
      token: 'shpat_1',
    });
    expect(problemsOf({ ...chat, SHOPIFY_CLIENT_ID: 'id' })).toEqual(['SHOPIFY_CLIENT_SECRET']);
    expect(problemsOf({ ...chat, SHOPIFY_CLIENT_SECRET: 's' })).toEqual(['SHOPIFY_CLIENT_ID']);
  });

  it('verifies webhooks with the client secret unless another one is set, or two while rotating', () => {
    const chat = { SHOPIFY_STORE_DOMAIN: 's', SHOPIFY_ADMIN_TOKEN: 'shpat_1', CHAT_API_TOKEN: 'token' };
    expect(accept(chat).shopify?.webhookSecrets).toEqual([]);
    expect(accept({ ...chat, SHOPIFY_CLIENT_SECRET: 'c' }).shopify?.webhookSecrets).toEqual(['c']);
    const rotating = { ...chat, SHOPIFY_CLIENT_SECRET: 'c', SHOPIFY_WEBHOOK_SECRET: 'new, old' };
    expect(accept(rotating).shopify?.webhookSecrets).toEqual(['new', 'old']);
  });

  it('with a part of Twilio missing names that part', () => {
    const live = { ...shopify, ...twilio };
    expect(problemsOf(without(live, 'TWILIO_ACCOUNT_SID'))).toEqual(['TWILIO_ACCOUNT_SID']);
    expect(problemsOf(without(live, 'TWILIO_AUTH_TOKEN'))).toEqual(['TWILIO_AUTH_TOKEN']);
    expect(problemsOf(without(live, 'TWILIO_SMS_FROM'))).toEqual(['TWILIO_SMS_FROM']);
    expect(problemsOf(without(live, 'PUBLIC_URL'))).toEqual(['PUBLIC_URL']);
    const service = { ...without(live, 'TWILIO_SMS_FROM'), TWILIO_MESSAGING_SERVICE_SID: 'MG01' };
    expect(accept(service).twilio).toMatchObject({ smsFrom: undefined, messagingServiceSid: 'MG01' });
  });

  it('with a part of Slack missing names that part', () => {
    const live = { ...shopify, ...slack };
    expect(problemsOf(without(live, 'SLACK_BOT_TOKEN'))).toEqual(['SLACK_BOT_TOKEN']);
    expect(problemsOf(without(live, 'SLACK_SIGNING_SECRET'))).toEqual(['SLACK_SIGNING_SECRET']);
    expect(problemsOf(without(live, 'SLACK_APPROVALS_CHANNEL'))).toEqual(['SLACK_APPROVALS_CHANNEL']);
    const socket = { ...without(live, 'SLACK_SIGNING_SECRET'), SLACK_APP_TOKEN: 'xapp-1' };
    expect(accept(socket).slack).toMatchObject({ appToken: 'xapp-1', signingSecrets: undefined });
  });

  it('ignores variables of the same prefix that are not ours, but asks whether they are misspelt', () => {
    const config = accept({ ...shopify, CHAT_API_TOKEN: 'token', TWILIO_AUTHTOKEN: 'hunter2' });
    expect(config.twilio).toBeUndefined();
    expect(config.warnings.join()).toContain('TWILIO_AUTHTOKEN is not a variable of this program');
    expect(config.warnings.join()).not.toContain('hunter2');
  });

  it('warns of what starts but probably not as meant', () => {
    const { warnings } = accept({ ...everything, PUBLIC_URL: 'http://returns.example.com' });
    for (const name of ['DATABASE_URL', 'OPENAI_API_KEY', 'SLACK_APPROVERS', 'PUBLIC_URL', 'ADMIN_TOKEN']) {
      expect(warnings.filter((warning) => warning.startsWith(`${name} `))).toHaveLength(1);
    }
    expect(accept({ ...shopify, ...twilio }).warnings.join()).toContain('SLACK_BOT_TOKEN is not set');
  });
});

describe('a value', () => {
  const read = (environment: Environment) => accept({ ...everything, ...environment });
  const refused = (name: string, ...values: readonly string[]): void => {
    for (const value of values)
      expect([value, problemsOf({ ...everything, [name]: value })]).toEqual([value, [name]]);
  };

  it('that is blank is unset', () => {
    expect(
      accept({ SHOPIFY_STORE_DOMAIN: ' ', TWILIO_ACCOUNT_SID: '', SLACK_STAFF: '""', PORT: '' }).mode,
    ).toBe('sandbox');
    expect(problemsOf({ ...everything, SHOPIFY_CLIENT_SECRET: '  ' })).toEqual(['SHOPIFY_CLIENT_SECRET']);
  });

  it('may have blanks and quotes around it', () => {
    expect(read({ RETURN_WINDOW_DAYS: '30 ' }).returns.windowDays).toBe(30);
    expect(read({ PORT: ' "8080"\r' }).http.port).toBe(8080);
    expect(read({ SLACK_APPROVERS: "'U0ANNA'" }).slack?.approvers).toEqual(['U0ANNA']);
  });

  it('that is a number is nothing but a number in its bounds', () => {
    refused('RETURN_WINDOW_DAYS', '30days', '-1', '3.5', '1e3', '0x10', '3651', 'thirty', '1_000', '٣٠');
    refused('PORT', '65536', '-1', '80 80');
    refused('APPROVAL_TTL_SECONDS', '0', '99999999999999999999');
    refused(
      'REFUND_APPROVAL_THRESHOLD',
      '-1',
      '1,000.00',
      '$100',
      '1e3',
      '.5',
      '5.',
      '1.2345',
      'NaN',
      'Infinity',
    );
    refused('DAILY_MODEL_BUDGET_USD', '-1', '20 USD', 'none');
    expect(read({ REFUND_APPROVAL_THRESHOLD: '0' }).returns.approvalThreshold).toBe('0');
    expect(read({ DAILY_MODEL_BUDGET_USD: '0' }).dailyModelBudgetUsd).toBe(0);
  });

  it('that is the store is taken in the ways people write it, but not as the shop front', () => {
    for (const domain of [
      'my-store',
      'My-Store.myshopify.com',
      'https://my-store.myshopify.com/',
      'http://MY-STORE',
    ]) {
      expect(read({ SHOPIFY_STORE_DOMAIN: domain }).shopify?.storeDomain).toBe('my-store.myshopify.com');
    }
    refused(
      'SHOPIFY_STORE_DOMAIN',
      'www.my-store.com',
      'my-store.myshopify.com.evil.example',
      'my store',
      'user@my-store.myshopify.com',
      'shpat_1',
    );
  });

  it('that is an address keeps its path and loses its slash, and is http or https without more', () => {
    expect(read({ PUBLIC_URL: 'https://Example.com/agent/' }).http.publicUrl).toBe(
      'https://Example.com/agent',
    );
    expect(read({ SLACK_API_URL: 'http://127.0.0.1:9/api' }).slack?.apiUrl).toBe('http://127.0.0.1:9/api/');
    expect(read({ SLACK_API_URL: 'http://127.0.0.1:9/api/' }).slack?.apiUrl).toBe('http://127.0.0.1:9/api/');
    expect(read({ TWILIO_API_URL: 'http://127.0.0.1:9/' }).twilio?.apiUrl).toBe('http://127.0.0.1:9');
    expect(read({ SHOPIFY_API_URL: 'http://127.0.0.1:9/' }).shopify?.apiUrl).toBe('http://127.0.0.1:9');
    refused(
      'PUBLIC_URL',
      'returns.example.com',
      'ftp://example.com',
      'https://',
      'https://example.com?x=1',
      'https://u:p@example.com',
      'javascript:alert(1)',
    );
    refused('DATABASE_URL', 'mysql://localhost/x', 'localhost:5432');
  });

  it('that is an SMS sender is E.164 or a short code', () => {
    expect(read({ TWILIO_SMS_FROM: '+1 (555) 123-0000' }).twilio?.smsFrom).toBe('+15551230000');
    expect(read({ TWILIO_SMS_FROM: '72345' }).twilio?.smsFrom).toBe('72345');
    refused(
      'TWILIO_SMS_FROM',
      '5551230000',
      '+0555123000',
      'ACME',
      'whatsapp:+15551230000',
      '+1555123000012345',
    );
  });

  it('that is an id starts as such ids do', () => {
    refused('TWILIO_ACCOUNT_SID', 'SK0123456789abcdef0123456789abcdef', '0123');
    refused('TWILIO_MESSAGING_SERVICE_SID', 'AC01');
    refused('SLACK_APPROVALS_CHANNEL', '#approvals', 'approvals', 'U0ANNA');
    refused('SLACK_APPROVERS', 'anna', 'U0ANNA, bob', '@anna', 'anna@example.com', ',');
    refused('SLACK_STAFF', 'C0CHANNEL');
  });

  it('that belongs to another variable is recognised', () => {
    refused('SLACK_BOT_TOKEN', 'xapp-1', 'xoxp-1', 'two words');
    refused('SLACK_APP_TOKEN', 'xoxb-1');
    refused('SLACK_SIGNING_SECRET', 'xoxb-1');
    refused('SHOPIFY_ADMIN_TOKEN', 'shpss_1');
    refused('SHOPIFY_CLIENT_SECRET', 'shpat_1');
    refused(
      'TWILIO_AUTH_TOKEN',
      'AC0123456789abcdef0123456789abcdef',
      'good,SK0123456789abcdef0123456789abcdef',
    );
  });

  it('that is one of several words is one of them', () => {
    refused('OPENAI_API', 'completions');
    refused('LOG_LEVEL', 'loud');
    refused('SHOPIFY_API_VERSION', '2026-11', 'latest');
  });

  it('may be two auth tokens while they are rotated', () => {
    expect(read({ TWILIO_AUTH_TOKEN: 'new, old' }).twilio?.authTokens).toEqual(['new', 'old']);
  });
});

describe('the quiet hours', () => {
  it.each([
    ['22:00-07:30', { fromMinute: 1320, toMinute: 450 }],
    ['9:00 - 9:01', { fromMinute: 540, toMinute: 541 }],
    ['OFF', undefined],
  ])('read %s', (given, expected) => {
    expect(accept({ QUIET_HOURS: given }).returns.quietHours).toEqual(expected);
  });

  it.each(['21:00', '25:00-08:00', '21-8', '08:00-08:00', 'never'])('refuse %s', (given) => {
    expect(readConfig({ QUIET_HOURS: given }).kind).toBe('invalid');
  });
});

describe('the message about problems', () => {
  const messageFor = (environment: Environment): string => {
    const result = readConfig(environment);
    return result.kind === 'invalid' ? describeProblems(result.problems) : '';
  };

  it('is one, with every problem: its variable, what was expected and where to get it', () => {
    const message = messageFor({ ...everything, PORT: 'x', SLACK_BOT_TOKEN: '', TWILIO_SMS_FROM: 'ACME' });
    expect(message).toContain('3 things to put right');
    for (const name of ['PORT', 'SLACK_BOT_TOKEN', 'TWILIO_SMS_FROM']) {
      const { expected, whereToGet } = variables.find((variable) => variable.name === name) ?? {};
      const block = message.split('\n\n').find((part) => part.trim().startsWith(name));
      expect(block).toContain(expected);
      expect(block).toContain(whereToGet);
    }
  });

  it('says which variable makes a missing one necessary', () => {
    expect(messageFor(without(everything, 'TWILIO_AUTH_TOKEN'))).toMatch(
      /TWILIO_AUTH_TOKEN is missing: TWILIO_ACCOUNT_SID is set/,
    );
  });

  it('never repeats a value, of whatever variable', () => {
    const canary = 'hunter2 canary';
    const everyVariable = Object.fromEntries(variables.map(({ name }) => [name, canary]));
    const message = messageFor({ ...everyVariable, TWILIO_AUTHTOKEN: canary, [`SLACK_${'X'}`]: canary });
    expect(message).toContain('SHOPIFY_CLIENT_SECRET');
    expect(message).not.toContain('hunter2');
    for (const { name } of variables) {
      const result = readConfig({ ...everything, [name]: 'hunter2' });
      const said = result.kind === 'ok' ? result.config.warnings.join() : describeProblems(result.problems);
      expect(said).not.toContain('hunter2');
    }
  });
});

describe('a .env file', () => {
  it('adds what the environment does not set', () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    const file = join(folder, '.env');
    writeFileSync(file, 'RETURNS_TEST_ONLY_HERE="yes"\nPATH=overwritten\n');
    try {
      const environment = readEnvironment(file);
      expect(environment.RETURNS_TEST_ONLY_HERE).toBe('yes');
      expect(environment.PATH).not.toBe('overwritten');
      expect(readEnvironment(join(folder, 'none')).PATH).toBe(environment.PATH);
    } finally {
      delete process.env.RETURNS_TEST_ONLY_HERE;
      rmSync(folder, { recursive: true });
    }
  });
});
