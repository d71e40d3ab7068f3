package logyard.core.template;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Records and field templates that meet often: few names, all kinds of values, and now and then a broken byte. */
final class RandomJson {
    private static final String[] NAMES = {"a", "b", "name", "Name", "Text", "text", "é", "node_id", "x1"};
    private static final String[] KEY_FORMS = {
        "a", "\\u0061", "b", "name", "Name", "n\\u0061me", "text", "é", "\\u00e9", "x1", "other", ""
    };
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "7",
        "-12",
        "1000000",
        "12345678901234567890",
        "1.5",
        "-0.0",
        "1e6",
        "1E-7",
        "123456.789e3",
        "1e400",
        "0.1",
        "2.5e-300",
        "5e-324",
        "100000000000000000000000.0",
        "01",
        "1.",
        "-",
        ".5",
        "1e",
        "+1"
    };
    private static final String[] STRINGS = {
        "",
        "plain",
        "two words, a bit longer than eight",
        "é世界😀",
        "\\\"quoted\\\"",
        "\\n\\r\\t\\b\\f\\/\\\\",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\ude00\\ud83d!",
        "\\u0000\\u001f",
        "\\u00E9\\uFFFD",
        "\\x",
        "\\u12g4",
        "\n",
        "</script>"
    };
    private static final int MOST_LEVELS = 4;

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    TemplateOption[] options() {
        return random.nextBoolean() ? TemplateOption.values() : new TemplateOption[0];
    }

    String fieldTemplate() {
        StringBuilder template = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            template.append(pick("", " ", "<13>", "text\n", "é")).append(pick("{{", "{{ ", "{{- "));
            for (int j = random.nextInt(3); j >= 0; j--) {
                template.append('.').append(pick(NAMES));
            }
            template.append(pick("}}", " }}", " -}}"));
        }
        return template.toString();
    }

    /** Mostly an object, mostly valid. */
    byte[] record() {
        String json = pick("", " ", "\t\n") + (random.nextInt(30) == 0 ? value(0) : object(0)) + pick("", " ", "\r\n");
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return random.nextInt(5) == 0 ? spoil(bytes) : bytes;
    }

    private byte[] spoil(byte[] bytes) {
        ByteArrayOutputStream spoilt = new ByteArrayOutputStream();
        int at = random.nextInt(bytes.length + 1);
        spoilt.write(bytes, 0, at);
        if (random.nextBoolean()) {
            spoilt.write(
                    pick("\"", "\\", "{", "}", ",", ":", "]", "\u0001", "x").charAt(0));
        } else {
            spoilt.write(random.nextInt(256));
        }
        int skipped = Math.min(random.nextInt(2), bytes.length - at);
        spoilt.write(bytes, at + skipped, bytes.length - at - skipped);
        return spoilt.toByteArray();
    }

    private String value(int level) {
        return switch (random.nextInt(level < MOST_LEVELS ? 9 : 6)) {
            case 0 -> pick("true", "false", "null");
            case 1 -> random.nextInt(40) == 0 ? pick(NUMBERS) : NUMBERS[random.nextInt(11)];
            case 2 -> String.valueOf(random.nextInt(100));
            case 3, 4, 5 -> '"' + string() + '"';
            case 6 -> array(level + 1);
            default -> object(level + 1);
        };
    }

    private String string() {
        return random.nextInt(40) == 0 ? pick(STRINGS) : STRINGS[random.nextInt(11)] + STRINGS[random.nextInt(11)];
    }

    private String object(int level) {
        StringBuilder json = new StringBuilder("{");
        for (int i = random.nextInt(7); i > 0; i--) {
            json.append(pick("", " "))
                    .append('"')
                    .append(pick(KEY_FORMS))
                    .append('"')
                    .append(pick(":", " : "));
            json.append(value(level)).append(i > 1 ? pick(",", " ,") : "");
        }
        return json.append('}').toString();
    }

    private String array(int level) {
        StringBuilder json = new StringBuilder("[");
        for (int i = random.nextInt(4); i > 0; i--) {
            json.append(value(level)).append(i > 1 ? "," : "");
        }
        return json.append(pick("]", " ]")).toString();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
