import { EventLog } from '../page/event-log.js';

const log = new EventLog(document.querySelector('#log'), document.querySelector('#log-count'));

document.querySelector('#chat').addEventListener('ai-event', ({ name, data }) => log.add(name, data));
document.querySelector('#log-clear').addEventListener('click', () => log.clear());
