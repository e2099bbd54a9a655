/** Sound, sound with picture, and one contradicting the other. */
import { type Layout, talk } from './layOut.ts';

function cmmLine(
  sub_category: string,
  modality: string,
  [video_path, audio_path]: [string | null, string | null],
  [question, answer]: [string, string],
) {
  const category = sub_category.endsWith('dominance')
    ? 'over-reliance_unimodal_priors'
    : 'inter-modality_spurious_correlation';
  return { category, sub_category, modality, granularity: 'object-level', video_path, audio_path, question, answer };
}

export const soundLayouts: Record<string, Layout> = {
  'clotho-aqa': {
    json: {
      'clothoAQA_eval.json': [
        { id: 'a1', audio: '/data/clotho/audio_files/river.wav', conversations: talk('Is there water?', 'yes') },
        { id: 'a2', audio: '/data/clotho/audio_files/river.wav', conversations: talk('What flows?', 'water') },
        { id: 'a3', audio: '/data/clotho/audio_files/bell.wav', conversations: talk('Is it raining?', 'no') },
      ],
    },
    sounds: ['audio_files/river.wav', 'audio_files/bell.wav'],
  },
  tut2017: {
    lines: {
      'tut2017.jsonl': ['beach', 'cafe or restaurant', 'tram'].map((gt, index) => ({
        audio: `audio/${index}.wav`,
        gt,
      })),
    },
    sounds: ['audio/0.wav', 'audio/1.wav', 'audio/2.wav'],
  },
  vocalsound: {
    lines: {
      'vocalsound.jsonl': ['Laughter', 'Throat clearing', 'Sniff'].map((gt, index) => ({
        audio: `/data/audio_16k/m${index}.wav`,
        gt,
      })),
    },
    sounds: ['audio_16k/m0.wav', 'audio_16k/m1.wav', 'audio_16k/m2.wav'],
  },
  'music-avqa': {
    json: {
      'AVQA_music_test.json': [
        { video: '/data/MUSIC-AVQA/videos/00000093.mp4', conversations: talk('<video>\nIs the violin louder?', 'yes') },
        { video: '/data/MUSIC-AVQA/videos/00000093.mp4', conversations: talk('How many sound?\n<video>', 'two') },
        { video: '/data/MUSIC-AVQA/videos/00000094.mp4', conversations: talk('<video>\nWhich is left?', 'cello') },
      ],
    },
    films: ['videos/00000093.mp4', 'videos/00000094.mp4'],
  },
  cmm: {
    lines: {
      'all_data_final_reorg.jsonl': [
        cmmLine('visual_dominance', 'audio-visual', ['reorg/a.mp4', null], ['Did you hear a dog in the audio?', 'yes']),
        cmmLine('visual_dominance', 'audio-visual', ['reorg/a.mp4', null], ['Did you hear rain in the audio?', 'no']),
        cmmLine('audio_language', 'audio', [null, 'reorg/b.wav'], ['Did you hear a bell in the audio?', 'yes']),
        cmmLine('visual_language', 'visual', ['reorg/a.mp4', null], ['Did you see a cat in the video?', 'no']),
      ],
    },
    films: ['reorg/a.mp4'],
    sounds: ['reorg/b.wav'],
  },
  avhbench: {
    json: {
      'AVHBench_v0.json': [
        {
          video_id: '00001',
          task: 'Audio-driven Video Hallucination',
          text: 'Is the dog visible in the video?',
          label: 'Yes',
        },
        {
          video_id: '00001',
          task: 'Video-driven Audio Hallucination',
          text: 'Is the dog making sound in the audio?',
          label: 'No',
        },
        {
          video_id: '00002_swap',
          task: 'AV Matching',
          text: 'Are the contexts of audio and visual content matching?',
          label: 'No',
        },
        { video_id: '00001', task: 'AV Captioning', text: 'Describe what you see and hear.', label: 'A dog barks.' },
      ],
    },
    films: ['videos/00001.mp4', 'videos/00002_swap.mp4'],
  },
};
