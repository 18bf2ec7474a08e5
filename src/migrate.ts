import './report-crashes.ts';
import { configOrExit, provideDatabase } from './launch.ts';
import { migrateDatabase } from './storage/migrate.ts';

const { url } = await provideDatabase(configOrExit());
await migrateDatabase(url);
console.log('The database is up to date.');
process.exit(0);
