import './report-crashes.ts';
import { createApp } from './app.ts';
import { productionOrExit, stopOnSignal } from './launch.ts';

const { config, databaseUrl } = await productionOrExit('worker');
const app = createApp({ config, databaseUrl, web: false, worker: true });
await app.start();
stopOnSignal(app.stop, config.shutdownGraceMs);
console.log('The worker process takes jobs.');
