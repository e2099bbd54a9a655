/** Multiple choice. */
import type { Layout } from './layOut.ts';

const options = (list: string[]) => Object.fromEntries(list.map((option, index) => [`option ${index}`, option]));

const mvTasks =
  'action_sequence action_prediction action_antonym fine_grained_action unexpected_action object_existence object_interaction object_shuffle moving_direction action_localization scene_transition action_count moving_count moving_attribute state_change fine_grained_pose character_order egocentric_navigation episodic_reasoning counterfactual_inference'.split(
    ' ',
  );
const colours = { question: 'Which colour?', candidates: ['red', 'green', 'blue', 'grey'], answer: 'green' };

function perception(id: number, list: string[], answer_id: number, area: string, reasoning: string) {
  return { id, question: 'What is it?', options: list, answer_id, area, reasoning, tag: ['x'] };
}

export const choiceLayouts: Record<string, Layout> = {
  mvbench: {
    json: {
      ...Object.fromEntries(mvTasks.map((task) => [`json/${task}.json`, []])),
      'json/action_sequence.json': [{ video: 'AB12C.mp4', ...colours, start: 0.5, end: 1.5 }],
      'json/moving_count.json': [
        { video: 'video_10000.mp4', question: 'How many?', candidates: ['1', '2', '3'], answer: '3' },
      ],
      'json/episodic_reasoning.json': [
        { video: 'house_s01e01_seg01_clip_01', ...colours, answer: 'red', start: 0.3, end: 2 },
      ],
    },
    films: ['video/star/Charades_v1_480/AB12C.mp4', 'video/clevrer/video_validation/video_10000.mp4'],
    frames: ['video/tvqa/frames_fps3_hq/house_s01e01_seg01_clip_01'],
  },
  egoschema: {
    json: {
      'questions.json': ['one', 'two', 'three'].map((q_uid) => ({
        ...{ q_uid, google_drive_id: 'x', question: `What does C do in ${q_uid}?` },
        ...options(['cooks', 'paints', 'walks', 'reads', 'sleeps']),
      })),
      'subset_answers.json': { one: 1, two: 2 },
    },
    films: ['good_clips_git/one.mp4', 'good_clips_git/two.mp4', 'good_clips_git/three.mp4'],
  },
  'perception-test': {
    json: {
      'mc_question_valid.json': {
        video_1: {
          metadata: { split: 'valid', video_id: 'video_1', frame_rate: 30 },
          mc_question: [
            perception(0, ['two', 'three', 'four'], 2, 'Memory', 'Descriptive'),
            perception(1, ['a cup', 'a pen', 'a bag'], 0, 'Physics', 'Explanatory'),
          ],
        },
        video_2: {
          metadata: { split: 'valid', video_id: 'video_2', frame_rate: 30 },
          mc_question: [perception(0, ['yes', 'no', 'both'], 1, 'Memory', 'Counterfactual')],
        },
      },
    },
    films: ['videos/video_1.mp4', 'videos/video_2.mp4'],
  },
  'video-mme': {
    fixtures: { 'test-00000-of-00001.parquet': 'video-mme.parquet' },
    films: ['videos/aaaaaaaaaa1.mp4', 'videos/bbbbbbbbbb2.mp4'],
    texts: {
      'subtitles/aaaaaaaaaa1.srt':
        '1\n00:00:00,000 --> 00:00:01,000\nHello\nthere.\n\n2\n00:00:01,000 --> 00:00:02,000\nGoodbye.\n',
    },
  },
};
