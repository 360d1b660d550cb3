package io.understudy.server.transport.netty;

import io.understudy.server.ListenAddress;
import io.understudy.server.ServerException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a Unix socket: private to its user from the first moment, put in the place of a dead
 * server's file but never of a live one's, and removed only while it is still this server's.
 */
final class UnixSocketFile {
  private static final Logger LOG = LoggerFactory.getLogger(UnixSocketFile.class);

  private final Path path;
  private final Object key;

  private UnixSocketFile(Path path, Object key) {
    this.path = path;
    this.key = key;
  }

  /**
   * Binds a socket in a private folder beside its place, then moves it there.
   *
   * @param address the place
   * @param bind binds a socket to the path it is given
   * @throws ServerException when a live server or another file is there, or the path cannot be used
   */
  static UnixSocketFile publish(ListenAddress.Unix address, Consumer<Path> bind) {
    Path path = address.path().toAbsolutePath();
    checkPath(address, path);
    checkFree(address, path);
    Path folder =
        path.resolveSibling(
            ".u" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX));
    Path first = folder.resolve("s");
    try {
      Files.deleteIfExists(first);
      Files.deleteIfExists(folder);
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try {
        bind.accept(first);
        Files.setPosixFilePermissions(first, PosixFilePermissions.fromString("rw-------"));
        Object key = attributes(first).fileKey();
        Files.move(first, path, StandardCopyOption.ATOMIC_MOVE);
        return new UnixSocketFile(path, key);
      } finally {
        Files.deleteIfExists(first);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new ServerException(
          "address: " + address + " (expected: a place for a socket; " + e + ")", e);
    }
  }

  /** Removes the file unless another server has put its own there. */
  void remove() {
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && attributes(path).fileKey().equals(key)) {
        Files.delete(path);
      }
    } catch (IOException e) {
      LOG.warn("event=socket_not_removed path={} cause=\"{}\"", path, e.toString());
    }
  }

  private static void checkPath(ListenAddress address, Path path) {
    // The private folder's name is longer than some files' names; both paths must fit.
    int folderBytes = ".u".length() + "/s".length() + 13;
    int parentBytes = bytes(path.getParent().toString()) + 1;
    int most = ListenAddress.Unix.MAX_PATH_BYTES;
    if (bytes(path.toString()) > most || parentBytes + folderBytes > most) {
      throw new ServerException(
          "address: "
              + address
              + ": "
              + bytes(path.toString())
              + " bytes (expected: a path of at most "
              + most
              + ", its folder's at most "
              + (most - folderBytes - 1)
              + ")");
    }
    if (!Files.isDirectory(path.getParent())) {
      throw new ServerException(
          "address: "
              + address
              + " (expected: a folder that exists, not "
              + path.getParent()
              + ")");
    }
  }

  private static void checkFree(ListenAddress address, Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      if (!attributes(path).isOther()) {
        throw new ServerException(
            "address: " + address + ": a file that is no socket (expected: a free path)");
      }
      SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
    } catch (IOException e) {
      LOG.info("event=stale_socket_replaced path={}", path);
      return;
    }
    throw new ServerException("address: " + address + ": a live server's (expected: a free path)");
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
