/** One whole answer of a bundle on the CPU: seconds per stage, a second question, memory and disk. */
import { readBundleManifest } from '../src/main/models/bundleManifest.ts';
import type { AnswerOutput, Clip } from '../src/main/ports/modelHostApi.ts';
import { untilFirstToken, withHost } from './benchAsk.ts';
import type { Row } from './report.ts';

export async function benchAnswer(bundleFolder: string, clip: Clip, newTokens: number): Promise<Row[]> {
  const { files } = await readBundleManifest(bundleFolder);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return withHost({ bundleFolder, providers: ['cpu'] }, async (api, { loadSeconds }) => {
    const ask = (question: string) =>
      api.answer({ clip, question, modality: 'auto', generation: { maxNewTokens: newTokens } });
    const first = await ask('What is happening?');
    const second = await ask('Which colours are there?');
    const { peakResidentBytes } = await api.memory();
    return [
      { what: 'bundle on disk', value: bytes / 1e9, unit: 'GB' },
      { what: 'opening it, every byte hashed', value: loadSeconds, unit: 's' },
      ...stageRows(first),
      { what: 'first question: time to first token', value: untilFirstToken(first), unit: 's' },
      {
        what: 'second question: time to first token / first',
        value: untilFirstToken(second) / untilFirstToken(first),
        unit: '',
        target: '≤ 0.05',
      },
      { what: "peak memory of the model's process", value: peakResidentBytes / 1e9, unit: 'GB' },
    ];
  });
}

function stageRows({ provenance }: AnswerOutput): Row[] {
  const { timings, frames, audioSeconds, promptTokens, newTokens } = provenance;
  const rows: Row[] = timings.map(({ stage, seconds }) => ({ what: `answer: ${stage}`, value: seconds, unit: 's' }));
  return [
    { what: 'answer: frames', value: frames, unit: '' },
    { what: 'answer: sound', value: audioSeconds, unit: 's' },
    { what: 'answer: positions of the prompt', value: promptTokens, unit: '' },
    { what: 'answer: new tokens', value: newTokens, unit: '' },
    ...rows,
  ];
}
