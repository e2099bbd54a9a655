import { indexFolders } from '../indexFolders.ts';
import { note, print, printError, printJson, progressBar } from '../output.ts';
import type { CommandFlags } from '../program.ts';
import { withEngine } from '../withEngine.ts';

/** `playhead index <folder…>`: exit code 1 when any file failed; the others are indexed all the same. */
export async function indexCommand(paths: string[], flags: CommandFlags): Promise<number> {
  return withEngine(flags, {}, async (engine) => {
    const bar = progressBar(flags.json ?? false);
    const report = await indexFolders(engine, paths, bar.update).finally(bar.stop);
    if (flags.json) printJson(report);
    else {
      for (const file of report.indexed) {
        print(`${file.file}: ${file.segments} ${file.segments === 1 ? 'segment' : 'segments'}`);
        for (const notice of file.notices) note(`  ${notice}`);
      }
      for (const notice of report.notices) note(notice);
      if (report.unchanged > 0) print(`${report.unchanged} already indexed and unchanged`);
      print(`${report.indexed.length} indexed, ${report.failed.length} failed`);
    }
    for (const error of report.failed) printError(error);
    return report.failed.length > 0 ? 1 : 0;
  });
}
