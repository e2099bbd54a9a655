import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const session = join(import.meta.dirname, '..', '..', '..', 'src', 'main', 'answering', 'model', 'session.ts');
const graph = join(import.meta.dirname, '..', '..', '..', 'resources', 'models', 'sample-av', 'audio_projector.onnx');

it('opens a graph without starting the runtime’s telemetry', () => {
  // Where nothing can be written, telemetry that starts complains about its device id.
  const { CI: _ci, ORT_DISABLE_TELEMETRY: _off, ...environment } = process.env;
  const env = { ...environment, HOME: '/dev/null', XDG_CACHE_HOME: '/dev/null', XDG_DATA_HOME: '/dev/null' };
  const program = `
    const { openSession } = await import(${JSON.stringify(`file://${session}`)});
    const { provider } = await openSession(${JSON.stringify(graph)}, { providers: ['cpu'] });
    console.log('opened on ' + provider + ', telemetry off: ' + process.env.ORT_DISABLE_TELEMETRY);
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    env,
    encoding: 'utf8',
  });
  expect(stdout, stderr).toContain('opened on cpu, telemetry off: 1');
  expect(stderr).not.toMatch(/telemetry/i);
});
