import { runApp } from './shells/electron/runApp.ts';

void runApp();
