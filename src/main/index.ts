import { runApp } from './electron/runApp.ts';

void runApp();
