import { createApp, createSSRApp } from 'vue';
import App from './App.vue';

const place = document.querySelector('#app');
const create = place.hasChildNodes() ? createSSRApp : createApp;
create(App, { given: globalThis.given }).mount(place);
