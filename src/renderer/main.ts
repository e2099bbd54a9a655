import './styles/tokens.css';
import './styles/base.css';
import './styles/buttons.css';
import './styles/controls.css';
import './styles/overlays.css';
import { createApp } from 'vue';
import { createClient } from './client/createClient.ts';
import AppWindow from './components/shell/AppWindow.vue';
import { appKey, createAppState } from './composables/useApp.ts';

createApp(AppWindow).provide(appKey, createAppState(createClient())).mount('#app');
