import type { CommandFlags } from '../commandFlags.ts';
import { type IndexReport, indexFolders } from '../indexFolders.ts';
import { engineOptions } from '../options.ts';
import { note, print, printError, printJson, progressBar } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';

export const indexCommand: TerminalCommand = {
  signature: 'index <folder...>',
  description: 'index folders and files of video, sound and pictures',
  options: engineOptions,
  run: index,
};

/** Exit code 1 when any file failed; the others are indexed all the same. */
async function index(paths: string[], flags: CommandFlags): Promise<number> {
  let report: IndexReport | null = null;
  const onStop = () => (report === null ? stopped : null);
  return withEngine(flags, { onStop }, async (engine) => {
    const bar = progressBar(flags.json ?? false);
    report = await indexFolders(engine, paths, bar.update).finally(bar.stop);
    const counts = countTexts(report.indexed.flatMap(({ notices }) => notices));
    const countOf = (notice: string) => counts.get(notice) ?? 0;
    if (flags.json) printJson(report);
    else {
      for (const file of report.indexed) {
        print(`${file.file}: ${file.segments} ${file.segments === 1 ? 'segment' : 'segments'}`);
        for (const notice of file.notices) if (countOf(notice) === 1) note(`  ${notice}`);
      }
      for (const [notice, count] of counts) if (count > 1) note(`${count} files: ${notice}`);
      for (const notice of report.notices) note(notice);
      if (report.unchanged > 0) print(`${report.unchanged} already indexed and unchanged`);
      print(`${report.indexed.length} indexed, ${report.failed.length} failed`);
    }
    for (const error of report.failed) printError(error);
    return report.failed.length > 0 ? 1 : 0;
  });
}

const stopped =
  'Stopped. What is indexed so far is kept, up to the last whole segment; the same command goes on from there.';

/** What is said of several files is told once. */
function countTexts(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
