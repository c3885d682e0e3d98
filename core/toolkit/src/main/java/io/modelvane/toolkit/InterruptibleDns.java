package io.modelvane.toolkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * Asks for addresses on a thread of its own: nothing ends a question that no name server answers,
 * but the caller need not wait for it.
 *
 * @param limit how long it waits
 */
record InterruptibleDns(Dns names, ExecutorService threads, Duration limit) implements Dns {
  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    try {
      Future<List<InetAddress>> addresses = threads.submit(() -> names.lookup(host));
      try {
        return addresses.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      } finally {
        addresses.cancel(true); // done, or nobody waits for it
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unknown(host, stopped);
    } catch (ExecutionException | RejectedExecutionException | TimeoutException failed) {
      throw unknown(host, failed);
    }
  }

  private static UnknownHostException unknown(String host, Exception why) {
    UnknownHostException unknown = new UnknownHostException(host);
    unknown.initCause(why);
    return unknown;
  }
}
