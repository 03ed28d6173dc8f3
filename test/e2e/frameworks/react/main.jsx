import { StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { App } from './App.jsx';

const place = document.querySelector('#app');
const app = (
  <StrictMode>
    <App given={globalThis.given} />
  </StrictMode>
);
if (place.hasChildNodes()) hydrateRoot(place, app, { onRecoverableError: (error) => console.error(error.message) });
else createRoot(place).render(app);
