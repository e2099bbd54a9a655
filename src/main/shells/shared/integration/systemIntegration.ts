/** The integration with the system that this program runs on. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { IntegrationReport } from '../../../../contract/index.ts';
import { install, remove, stateOf } from './integrate.ts';
import { planLinux } from './linux.ts';
import { planMacos } from './macos.ts';
import type { IntegrationPlan, Launcher } from './plan.ts';
import { type Registry, systemRegistry } from './registry.ts';
import { planWindows } from './windows.ts';

export type IntegrationAction = 'install' | 'remove' | 'status';

/** Where things are: the system's, or a test's. */
export interface Surroundings {
  platform: NodeJS.Platform;
  home: string;
  env: NodeJS.ProcessEnv;
  registry: Registry;
}

const here: Surroundings = { platform: process.platform, home: homedir(), env: process.env, registry: systemRegistry };

export function planFor(launcher: Launcher, { platform, home, env }: Surroundings): IntegrationPlan {
  if (platform === 'win32') return planWindows(launcher);
  if (platform === 'darwin') return planMacos(launcher, home);
  const { XDG_DATA_HOME: data = '' } = env;
  // By the specification, one that is no whole path counts for nothing.
  return planLinux(launcher, isAbsolute(data) ? data : join(home, '.local', 'share'));
}

export async function integrate(
  action: IntegrationAction,
  launcher: Launcher,
  surroundings: Surroundings = here,
): Promise<IntegrationReport> {
  const plan = planFor(launcher, surroundings);
  if (action === 'install') await install(plan, surroundings.registry);
  else if (action === 'remove') await remove(plan, surroundings.registry);
  return {
    state: await stateOf(plan, surroundings.registry),
    offers: plan.offers,
    places: [...plan.files.map(({ path }) => path), ...plan.keys.map(({ key }) => `HKCU\\Software\\Classes\\${key}`)],
  };
}

/** @param resources the folder of what ships with Playhead; it holds the icon */
export function readIcon(resources: string): string {
  const file = join(resources, 'icon.svg');
  return existsSync(file)
    ? readFileSync(file, 'utf8')
    : '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>';
}
