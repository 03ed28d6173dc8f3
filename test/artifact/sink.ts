/** The server that nothing in a preview may reach. */
export interface Sink {
  readonly origin: string;
  readonly tcpPort: number;
  readonly udpPort: number;
  url(id: string): string;
  hits(): Promise<Record<string, number>>;
}

export async function findSink(): Promise<Sink> {
  const ports = (await (await fetch('/artifact-sink.json')).json()) as { http: number; tcp: number; udp: number };
  const origin = `http://127.0.0.1:${ports.http}`;
  return {
    origin,
    tcpPort: ports.tcp,
    udpPort: ports.udp,
    url: (id) => `${origin}/hit/${id}`,
    hits: async () => (await (await fetch(`${origin}/hits`)).json()) as Record<string, number>,
  };
}

/** An attempt with the sink's address in it: as text where the markup has it, as a variable where a script does. */
export function aimed(input: string, address: string, sink: Sink): string {
  const textual = input
    .replace(/((?:["']|url[(=]|report-uri )\s*)SINK(?=["'\s>#)\]])(?!['"]?\s*\+)/g, `$1${address}`)
    .replaceAll('127.0.0.2', '127.0.0.1')
    .replaceAll('UDPPORT', String(sink.udpPort))
    .replaceAll('TCPPORT', String(sink.tcpPort));
  const lead = `<script>var SINK=${JSON.stringify(address)},LABCFG='',LABID='';function RPT(text){console.log('RPT '+text)}RPT('up')</script>`;
  return lead + textual;
}
