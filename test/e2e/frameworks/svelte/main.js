import { hydrate, mount } from 'svelte';
import App from './App.svelte';

const target = document.querySelector('#app');
const start = target.hasChildNodes() ? hydrate : mount;
start(App, { target, props: { given: globalThis.given } });
