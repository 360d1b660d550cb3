package io.understudy.characterizer.liberty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A group of a Liberty file as a reader of its own finds it, by the syntax alone.
 *
 * @param attributes simple ones ({@code name : value;}) and complex ones ({@code name (values);})
 */
record LibertyGroup(
    String name, String argument, Map<String, String> attributes, List<LibertyGroup> groups) {
  private static final Pattern TOKEN =
      Pattern.compile("\"[^\"]*\"|[A-Za-z_0-9.+-]+|[(){}:;,]|\\s+|\\\\\\n|/\\*(?s:.*?)\\*/");

  /** Reads a file that is one group; refuses whatever else. */
  static LibertyGroup read(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new AssertionError(
            "no token at: " + text.substring(at, Math.min(at + 40, text.length())));
      }
      String token = matcher.group();
      at = matcher.end();
      if (!token.isBlank() && !token.startsWith("/*") && !token.startsWith("\\")) {
        tokens.add(token);
      }
    }
    Parser parser = new Parser(tokens);
    LibertyGroup group = parser.group();
    if (parser.at != tokens.size()) {
      throw new AssertionError("after the library: " + tokens.get(parser.at));
    }
    return group;
  }

  List<LibertyGroup> all(String of) {
    return groups.stream().filter(group -> group.name.equals(of)).toList();
  }

  LibertyGroup one(String of) {
    List<LibertyGroup> found = all(of);
    if (found.size() != 1) {
      throw new AssertionError(of + " in " + name + ": " + found.size() + " (expected: 1)");
    }
    return found.get(0);
  }

  LibertyGroup named(String argumentOf) {
    return groups.stream()
        .filter(group -> group.argument.equals(argumentOf))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + argumentOf + " in " + name));
  }

  double number(String attribute) {
    return Double.parseDouble(attributes.get(attribute));
  }

  /** The numbers of the strings of a complex attribute: a list for each string. */
  List<List<Double>> numbers(String attribute) {
    Matcher strings = Pattern.compile("\"([^\"]*)\"").matcher(attributes.get(attribute));
    List<List<Double>> rows = new ArrayList<>();
    while (strings.find()) {
      rows.add(Arrays.stream(strings.group(1).split(",")).map(Double::parseDouble).toList());
    }
    return rows;
  }

  private static final class Parser {
    private final List<String> tokens;
    private int at;

    Parser(List<String> tokens) {
      this.tokens = tokens;
    }

    LibertyGroup group() {
      String name = take();
      String argument = arguments();
      expect("{");
      return body(name, argument);
    }

    private LibertyGroup body(String name, String argument) {
      Map<String, String> attributes = new TreeMap<>();
      List<LibertyGroup> groups = new ArrayList<>();
      while (!tokens.get(at).equals("}")) {
        String key = take();
        if (tokens.get(at).equals(":")) {
          expect(":");
          attributes.put(key, take().replace("\"", ""));
          expect(";");
        } else {
          String list = arguments();
          if (tokens.get(at).equals("{")) {
            expect("{");
            groups.add(body(key, list));
          } else {
            expect(";");
            attributes.merge(key, list, (a, b) -> a + " | " + b);
          }
        }
      }
      expect("}");
      return new LibertyGroup(name, argument, attributes, groups);
    }

    private String arguments() {
      expect("(");
      StringBuilder list = new StringBuilder();
      while (!tokens.get(at).equals(")")) {
        list.append(take());
      }
      expect(")");
      return list.toString();
    }

    private void expect(String token) {
      if (!take().equals(token)) {
        throw new AssertionError(
            tokens.subList(Math.max(0, at - 6), at) + " (expected: " + token + " at its end)");
      }
    }

    private String take() {
      if (at == tokens.size()) {
        throw new AssertionError("the file ends within a group");
      }
      return tokens.get(at++);
    }
  }
}
