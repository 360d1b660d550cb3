package io.understudy.proto;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import io.understudy.proto.v1.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The C header of the crossing protocol's constants, generated from the enums of {@code
 * wire.proto}, so that Java and C cannot drift apart.
 *
 * <p>As a program: {@code WireHeader [--check] FILE} writes the header, or with {@code --check}
 * exits with status 1 unless the file is current.
 */
public final class WireHeader {
  private static final String BANNER =
      "/* Generated from proto/src/main/protobuf/understudy/v1/wire.proto; do not edit. */";
  private static final String GUARD = "UNDERSTUDY_US_WIRE_H";

  private WireHeader() {}

  /** Writes or checks the header that the last argument names. */
  public static void main(String[] args) throws IOException {
    boolean check = args.length == 2 && args[0].equals("--check");
    if (args.length != 1 && !check) {
      System.err.println(
          "arguments: " + String.join(" ", args) + " (expected: [--check] HEADER_FILE)");
      System.exit(2);
    }
    Path file = Path.of(args[args.length - 1]);
    if (!check) {
      Files.writeString(file, text());
    } else if (!isCurrent(file)) {
      System.err.println(file + ": stale (expected: what wire.proto gives; run without --check)");
      System.exit(1);
    }
  }

  /** Whether a file holds exactly {@link #text}. */
  public static boolean isCurrent(Path file) throws IOException {
    return Files.isRegularFile(file) && Files.readString(file).equals(text());
  }

  /** The header: for each enum, in the order of the file, its values as {@code US_NAME number}. */
  public static String text() {
    StringBuilder header = new StringBuilder();
    header.append(BANNER).append('\n');
    header.append("#ifndef ").append(GUARD).append('\n');
    header.append("#define ").append(GUARD).append('\n');
    for (EnumDescriptor type : Wire.getDescriptor().getEnumTypes()) {
      header.append('\n');
      for (EnumValueDescriptor value : type.getValues()) {
        header.append("#define US_").append(value.getName()).append(' ');
        header.append(value.getNumber()).append('\n');
      }
    }
    return header.append("\n#endif\n").toString();
  }
}
