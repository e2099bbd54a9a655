/** Open questions and captions, judged. */
import { type Layout, talk } from './layOut.ts';

export const openLayouts: Record<string, Layout> = {
  'activitynet-qa': {
    json: {
      'test_q.json': ['1QIUV7WYKXg', '1QIUV7WYKXg', '2XyB0dWcQ5Y'].map((video_name, index) => ({
        ...{ video_name, question: `What is the person doing, ${index}`, question_id: `v_${video_name}_${index}` },
      })),
      'test_a.json': ['running', 'no', 'two'].map((answer, index) => ({
        answer,
        type: index,
        question_id: `x_${index}`,
      })),
    },
    films: ['all_test/v_1QIUV7WYKXg.mp4', 'all_test/v_2XyB0dWcQ5Y.mkv'],
  },
  'msvd-qa': {
    json: {
      'test_q.json': ['vid1', 'vid1', 'vid2'].map((video_name, id) => ({
        video_name,
        question: 'what is a man doing?',
        question_id: id,
      })),
      'test_a.json': ['sing', 'cook', 'ride'].map((answer, id) => ({ answer, question_id: id })),
    },
    films: ['videos/vid1.avi', 'videos/vid2.avi'],
  },
  'video-chatgpt': {
    json: {
      'generic_qa.json': [{ Q: 'What happens?', A: 'A man cooks.', video_name: 'v_one' }],
      'temporal_qa.json': [{ Q: 'What comes last?', A: 'He eats.', video_name: 'v_one' }],
      'consistency_qa.json': [{ Q1: 'What does he cook?', Q2: 'What is in the pan?', A: 'Eggs.', video_name: 'v_two' }],
    },
    films: ['Test_Videos/v_one.mp4', 'Test_Videos/v_two.mp4'],
  },
  msvc: {
    json: {
      'msvc.json': ['msvd/a.avi', 'msrvtt/b.mp4', 'vatex/c.mp4'].map((video_path) => ({
        ...{ video_path, question: 'Describe the video.', captions: ['A man sings.', 'Someone sings a song.'] },
      })),
    },
    films: ['videos/msvd/a.avi', 'videos/msrvtt/b.mp4', 'videos/vatex/c.mp4'],
  },
  'clotho-captions': {
    json: {
      'clotho_eval.json': ['rain', 'bell', 'car'].map((id) => ({
        ...{
          id,
          audio: `/data/clotho/${id}.wav`,
          captions: ['one', 'two', 'three', 'four', 'five'].map((n) => `${id} ${n}`),
        },
      })),
    },
    sounds: ['audio_files/rain.wav', 'audio_files/bell.wav', 'audio_files/car.wav'],
  },
  avsd: {
    json: {
      'instruction_val.json': ['7UPGT', '7UPGT', '0A8CF'].map((name) => ({
        ...{
          id: 0,
          video: `Charades/${name}.mp4`,
          conversations: talk('<video>\nDoes she talk?', 'no, she is silent'),
        },
      })),
    },
    films: ['videos/Charades/7UPGT.mp4', 'videos/Charades/0A8CF.mp4'],
  },
  avssd: {
    json: {
      'avssd_test.json': ['a_1', 'b_2', 'c_3'].map((name) => ({
        video: `vggsound/${name}.mp4`,
        conversations: talk('<video>\nWhat is it?', 'dog barking'),
      })),
    },
    films: ['videos/vggsound/a_1.mp4', 'videos/vggsound/b_2.mp4', 'videos/vggsound/c_3.mp4'],
  },
};
