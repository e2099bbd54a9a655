/** Menus, tray, notifications and the session: what a shell asks of the system around its windows. */
import type * as Electron from 'electron';
import { Emitter, type Emitting } from './emitter.ts';

/** @param tell hears what is shown */
export function createSystemParts(tell: (text: string) => void) {
  const permissions: Partial<Record<'request' | 'check' | 'device' | 'display', (...args: never[]) => unknown>> = {};
  /** What the system's settings say, by host. */
  const proxies = new Map<string, string>();
  const secrets: { backend: ReturnType<Electron.SafeStorage['getSelectedStorageBackend']> } = {
    backend: 'gnome_libsecret',
  };
  let menu: Electron.MenuItemConstructorOptions[] = [];
  const Menu = {
    buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
    setApplicationMenu: (next: unknown) => {
      menu = next as typeof menu;
    },
  };
  const trays = new Set<Tray>();
  class Tray extends Emitter {
    tip = '';
    template: Electron.MenuItemConstructorOptions[] = [];
    constructor(_image: unknown) {
      super();
      trays.add(this);
      tell('tray');
    }
    setToolTip = (tip: string) => {
      this.tip = tip;
    };
    setContextMenu = (template: unknown) => {
      this.template = template as typeof this.template;
    };
    destroy = () => {
      trays.delete(this);
      tell('no tray');
    };
  }
  class Notification extends Emitter {
    static isSupported = () => true;
    readonly options: Electron.NotificationConstructorOptions;
    constructor(options: Electron.NotificationConstructorOptions) {
      super();
      this.options = options;
    }
    show = () => tell(`notification: ${this.options.title}: ${this.options.body}`);
  }

  const defaultSession = Object.assign(new Emitter(), {
    setPermissionRequestHandler: (handler: never) => {
      permissions.request = handler;
    },
    setPermissionCheckHandler: (handler: never) => {
      permissions.check = handler;
    },
    setDevicePermissionHandler: (handler: never) => {
      permissions.device = handler;
    },
    setDisplayMediaRequestHandler: (handler: never) => {
      permissions.display = handler;
    },
    resolveProxy: async (url: string) => proxies.get(new URL(url).hostname) ?? 'DIRECT',
  }) satisfies Emitting<
    Electron.Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
    | 'resolveProxy'
  >;

  /** Turned round, in place of encrypted. */
  const safeStorage = {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => secrets.backend,
    encryptString: (text: string) => Buffer.from([...text].reverse().join('')),
    decryptString: (sealed: Buffer) => [...sealed.toString()].reverse().join(''),
  } satisfies Pick<
    Electron.SafeStorage,
    'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
  >;

  return {
    Menu,
    menu: () => menu,
    Notification,
    Tray,
    trays,
    defaultSession,
    permissions,
    proxies,
    safeStorage,
    secrets,
  };
}
