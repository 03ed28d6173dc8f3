// @ts-check
import process from 'node:process';
import { startDemoServer } from './demo-server.js';

const server = await startDemoServer({ port: Number(process.env.PORT) || 8080, tryNextPorts: true });
console.log(`ai-stream-elements demo: ${server.url}`);
for (const provider of server.providers) console.log(`  ${provider.name}: passed on to ${provider.upstream}`);

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void server.close());
