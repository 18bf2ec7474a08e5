import './report-crashes.ts';
import { createApp } from './app.ts';
import { productionOrExit, stopOnSignal } from './launch.ts';

const { config, databaseUrl } = await productionOrExit('web');
const app = createApp({ config, databaseUrl, web: true, worker: false });
const { port } = await app.start();
stopOnSignal(app.stop, config.shutdownGraceMs);
console.log(`The web process listens on port ${port}.`);
