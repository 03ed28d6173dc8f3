/** Milliseconds; 0 waits for ever. */
export interface Timeouts {
  /** Until the response's headers. Default 30 s. */
  connect?: number;
  /** Between two network reads; comments count as a sign of life. Default 60 s. */
  idle?: number;
  /** From an answer's own end until the connection is closed, where no further answer begins. Default 3 s. */
  end?: number;
  /** Until the first attempt to make a lost connection anew; twice that until the next. Default 0.5 s; 0: none is made. */
  reconnect?: number;
}
