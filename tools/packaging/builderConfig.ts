/** How electron-builder makes packages of the packed app: NSIS, DMG, AppImage and deb. */
import { join } from 'node:path';
import { FILE_TYPES } from '../../src/main/media/fileTypes.ts';
import { linkScheme } from '../../src/main/shells/shared/askLink.ts';
import { builderFuses } from './fuses.ts';

/** Fetched by name when packages are made: with what it brings, it is 93 MB, and nothing else needs it. */
export const electronBuilder = 'electron-builder@26.17.0';

export interface BuilderFolders {
  repository: string;
  /** Where the packages go. */
  output: string;
  /** An unpacked Electron to use in place of one that is downloaded. */
  electron?: string;
}

const media = FILE_TYPES.filter(({ kind }) => kind === 'video' || kind === 'audio');

/** @param env keys and addresses: CSC_LINK signs, APPLE_ID notarises, PLAYHEAD_UPDATES_URL is where new versions are */
export function builderConfig(
  { repository, output, electron }: BuilderFolders,
  electronVersion: string,
  env: NodeJS.ProcessEnv,
) {
  const signs = Boolean(env.CSC_LINK);
  return {
    appId: 'org.playhead.app',
    productName: 'Playhead',
    electronVersion,
    ...(electron ? { electronDist: electron } : {}),
    directories: { output, buildResources: join(repository, 'resources') },
    // What is in `resources` is read as it is: models, sample clips, icons.
    extraResources: [{ from: join(repository, 'resources'), to: 'resources' }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in.
    artifactName: '${productName}-${version}-${arch}.${ext}',
    // Native modules are made for every Node and Electron alike: nothing is built anew.
    npmRebuild: false,
    electronFuses: builderFuses(),
    protocols: [{ name: 'Playhead', schemes: [linkScheme] }],
    // Without an address no package can look for new versions, whatever is switched.
    publish: env.PLAYHEAD_UPDATES_URL ? [{ provider: 'generic', url: env.PLAYHEAD_UPDATES_URL }] : null,
    linux: {
      target: ['AppImage', 'deb'],
      executableName: 'playhead',
      category: 'AudioVideo',
      maintainer: 'Playhead maintainers',
      synopsis: 'Find the moment you mean in your videos, and ask about it',
      mimeTypes: [...new Set(media.map(({ mime }) => mime)), `x-scheme-handler/${linkScheme}`],
    },
    win: {
      target: ['nsis'],
      // The types of files are set by the app itself, on request: an installer would make it their default.
      signExecutable: signs,
    },
    // Whatever is removed or renewed: the library, with its index and models, stays.
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
    },
    mac: {
      target: ['dmg', 'zip'],
      category: 'public.app-category.video',
      identity: signs ? undefined : null,
      hardenedRuntime: signs,
      entitlements: join(repository, 'tools', 'packaging', 'entitlements.plist'),
      entitlementsInherit: join(repository, 'tools', 'packaging', 'entitlements.plist'),
      notarize: signs && Boolean(env.APPLE_ID),
      fileAssociations: media.map(({ mime, endings }) => ({
        name: mime,
        mimeType: mime,
        ext: endings.map((ending) => ending.slice(1)),
        role: 'Viewer',
        // Offered, never the default.
        rank: 'Alternate',
      })),
    },
  };
}
