import { render as renderPage } from 'svelte/server';
import App from './App.svelte';

export const render = async (given) => (await renderPage(App, { props: { given } })).body;
