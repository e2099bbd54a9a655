/**
 * The bridge between Electron and the window. It hands the page one message port, on which the typed contract is
 * spoken, the path of a file the person dropped, and a few named messages of the desktop shell, each checked by the main
 * process. Nothing of `ipcRenderer` reaches the page.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';

// A page loaded from a file has the opaque origin "null", which postMessage takes as '*' only.
const origin = location.origin === 'null' ? '*' : location.origin;

ipcRenderer.on('playhead:port', (event) => {
  window.postMessage('playhead:port', origin, event.ports);
});

contextBridge.exposeInMainWorld('playhead', {
  isDesktop: true,
  // Dropped `File` objects no longer carry a path, and only the preload may ask for it: needed to add them by drag and drop.
  pathOf: (file: File) => webUtils.getPathForFile(file),
  setCommands: (commands: unknown) => ipcRenderer.send('playhead:commands', commands),
  onCommand: (perform: (id: string) => void) =>
    void ipcRenderer.on('playhead:command', (_event, id: unknown) => perform(String(id))),
  state: () => ipcRenderer.invoke('playhead:desktop-state'),
  changeSettings: (changes: unknown) => ipcRenderer.invoke('playhead:desktop-settings', changes),
  integrate: (action: unknown) => ipcRenderer.invoke('playhead:integrate', action),
});
