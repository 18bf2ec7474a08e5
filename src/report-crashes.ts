import { createLog } from './log.ts';

/**
 * Imported for its effect, by every entry. Node would print an error nobody caught whole, and those of a
 * database driver quote what it was given. What the operating system says of a port or a file stays readable.
 */
process.on('uncaughtException', (error: unknown) => {
  const log = createLog({ level: 'error', destination: { write: (line) => process.stderr.write(line) } });
  log.error('The process ends because of an error nobody caught', { error });
  if (error instanceof Error && 'syscall' in error) process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
