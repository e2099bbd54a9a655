/** What `import … from 'electron'` gives where `register.ts` stands in for it. */
import { createElectron, type StandIn } from './standIn.ts';

declare global {
  var playheadElectron: StandIn | undefined;
}

const { PLAYHEAD_STAND_IN: userData = '', PLAYHEAD_APP: appPath = '' } = process.env;
// A test has made its own; a second start, which shows no window, has none.
const electron = globalThis.playheadElectron ?? createElectron({ userData, appPath });

export const {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeImage,
  Notification,
  powerMonitor,
} = electron;
export const { protocol, safeStorage, screen, session, shell, Tray, utilityProcess } = electron;
