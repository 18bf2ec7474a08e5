/** Run once, so that what it compiles is kept for those who are killed before they could keep it. */
import '../../src/app.ts';
import '../../src/launch.ts';
