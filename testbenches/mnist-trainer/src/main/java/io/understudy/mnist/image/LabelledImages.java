package io.understudy.mnist.image;

import io.understudy.mnist.MnistException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Grey-scale digits and what they show.
 *
 * @param pixels of each image, 28 x 28, row by row, 0 (paper) to 255 (ink) as unsigned bytes
 * @param labels of each image, 0 to 9
 */
public record LabelledImages(byte[][] pixels, byte[] labels) {
  /** Pixels along an edge. */
  public static final int EDGE = 28;

  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;

  public LabelledImages {
    if (pixels.length != labels.length) {
      throw new MnistException(
          "images: " + pixels.length + " (expected: as many as labels, " + labels.length + ")");
    }
  }

  /**
   * Reads the files of the MNIST database, in its own (IDX) format.
   *
   * @throws MnistException naming the file that is cut or of another format
   */
  public static LabelledImages read(Path imageFile, Path labelFile) {
    ByteBuffer images = open(imageFile, IMAGES_MAGIC);
    int count = images.getInt();
    expect(imageFile, "rows", images.getInt(), EDGE);
    expect(imageFile, "columns", images.getInt(), EDGE);
    expect(imageFile, "bytes of pixels", images.remaining(), count * EDGE * EDGE);
    byte[][] pixels = new byte[count][EDGE * EDGE];
    for (byte[] image : pixels) {
      images.get(image);
    }
    ByteBuffer labels = open(labelFile, LABELS_MAGIC);
    expect(labelFile, "labels", labels.getInt(), count);
    byte[] digits = new byte[count];
    expect(labelFile, "bytes of labels", labels.remaining(), count);
    labels.get(digits);
    return new LabelledImages(pixels, digits);
  }

  private static ByteBuffer open(Path file, int magic) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      if (bytes.remaining() < 16 || bytes.getInt() != magic) {
        throw new MnistException(
            file + ": not an IDX file (expected: one that begins with " + magic + ")");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  private static void expect(Path file, String what, int value, int expected) {
    if (value != expected) {
      throw new MnistException(file + ": " + what + ": " + value + " (expected: " + expected + ")");
    }
  }

  /** How many there are. */
  public int count() {
    return labels.length;
  }

  /** The first ones. */
  public LabelledImages first(int count) {
    return new LabelledImages(Arrays.copyOf(pixels, count), Arrays.copyOf(labels, count));
  }
}
