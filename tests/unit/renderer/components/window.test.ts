// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { Job, LogEntry, WorkSummary } from '../../../../src/contract/index.ts';
import ProblemRow from '../../../../src/renderer/components/jobs/ProblemRow.vue';
import WorkStatus from '../../../../src/renderer/components/jobs/WorkStatus.vue';
import AddDialog from '../../../../src/renderer/components/library/AddDialog.vue';
import LogDialog from '../../../../src/renderer/components/status/LogDialog.vue';
import { mountInApp } from './mountInApp.ts';

enableAutoUnmount(afterEach);

describe('adding', () => {
  const bad = { code: 'file-not-found', message: 'There is nothing at this path.' } as const;
  const check = (path: string) => ({ path, error: path.includes('gone') ? bad : null });

  async function type(text: string) {
    const added: string[][] = [];
    const mounted = mountInApp(AddDialog, {
      answers: {
        checkPaths: ({ paths }) => paths.map(check) as never,
        addToLibrary: ({ paths }) => {
          added.push(paths);
          return { jobId: 'j1' };
        },
      },
    });
    await mounted.settle();
    const field = mounted.find('add-path') as HTMLTextAreaElement;
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await mounted.settle();
    return { ...mounted, added };
  }

  it('tells a wrong path in the dialog and adds nothing, until the others alone are asked for', async () => {
    const { click, find, added } = await type('/films\n/gone');
    await click('add-confirm');
    expect(find('bad-paths')?.textContent).toContain('There is nothing at this path.');
    expect(added).toEqual([]);
    await click('add-others');
    expect(added).toEqual([['/films']]);
  });

  it('forgets what was wrong as soon as the paths are changed', async () => {
    const { click, find, settle } = await type('/gone');
    await click('add-confirm');
    expect(find('add-others')).toBeNull();
    const field = find('add-path') as HTMLTextAreaElement;
    field.value = '/films';
    field.dispatchEvent(new Event('input'));
    await settle();
    expect(find('bad-paths')).toBeNull();
  });
});

describe('all files at once', () => {
  const work = {
    filesLeft: 3,
    filesDone: 1,
    progress: 0.25,
    isPaused: false,
    secondsLeft: 90,
  } as unknown as WorkSummary;

  it('are cancelled only after a second press, and kept by the other button', async () => {
    const changes: unknown[] = [];
    const mounted = mountInApp(WorkStatus, {
      answers: {
        changeJobs: (input) => {
          changes.push(input);
          return { changed: 3 };
        },
      },
    });
    mounted.fake.emit({ type: 'work', work });
    await mounted.settle();
    await mounted.click('cancel-all');
    expect(changes).toEqual([]);
    await mounted.click('cancel-all-confirm');
    expect(changes).toEqual([{ change: 'cancel', kinds: ['scan', 'probe', 'index'] }]);
  });
});

describe('a problem', () => {
  it('of several places names each, and is dismissed as one', async () => {
    const job = { id: 'j1', kind: 'scan', state: 'done', title: '/films', paths: [] as string[], error: null } as Job;
    const errors = ['/films/a.mp4', '/films/b.mp4'].map((file) => ({
      ...{ code: 'file-damaged', message: 'It is damaged.', hint: 'Copy it again.', file },
    }));
    const dismissed: unknown[] = [];
    const { wrapper, findAll, click } = mountInApp(ProblemRow, {
      props: { problem: { job, errors, jobIds: ['j1', 'j2'] } },
      answers: {
        changeJobs: (input) => {
          dismissed.push(input);
          return { changed: 2 };
        },
      },
    });
    expect(wrapper.text()).toContain('2 places could not be read');
    expect(findAll('rejected-file').map((file) => file.textContent)).toEqual(['/films/a.mp4', '/films/b.mp4']);
    await click('problem-dismiss');
    expect(dismissed).toEqual([{ change: 'dismiss', jobIds: ['j1', 'j2'] }]);
  });
});

describe('the log', () => {
  const entry = (message: string, level: LogEntry['level']): LogEntry => ({
    ...{ at: '2026-01-02T03:04:05.678Z', level, process: 'main', message, details: {} },
  });
  const all = [entry('a job began', 'info'), entry('a picture was not removed', 'warn')];

  it('shows the latest first, and only what is as grave as was asked for', async () => {
    const mounted = mountInApp(LogDialog, {
      answers: {
        readLog: ({ level }) => ({
          folder: '/library/logs',
          entries: all.filter((e) => level !== 'warn' || e.level === level),
        }),
      },
    });
    await mounted.settle();
    const lines = () => (mounted.find('log-lines') as HTMLTextAreaElement).value.split('\n');
    expect(lines()).toEqual([
      '2026-01-02 03:04:05  warn   main  a picture was not removed',
      '2026-01-02 03:04:05  info   main  a job began',
    ]);
    const level = mounted.find('log-level') as HTMLSelectElement;
    level.value = 'warn';
    level.dispatchEvent(new Event('change'));
    await mounted.settle();
    expect(lines()).toHaveLength(1);
  });
});
