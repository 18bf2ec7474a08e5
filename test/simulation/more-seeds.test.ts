import { playSeeds } from './play-seeds.ts';

playSeeds(41, 80);
