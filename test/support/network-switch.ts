/** Takes the network away as the browser tells of it, until `restore()`. */
export class NetworkSwitch {
  #isOnline = true;

  constructor() {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => this.#isOnline });
  }

  set online(online: boolean) {
    this.#isOnline = online;
    window.dispatchEvent(new Event(online ? 'online' : 'offline'));
  }

  restore(): void {
    Reflect.deleteProperty(navigator, 'onLine');
  }
}
