package logyard.core.template.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    private static final ObjectMapper JACKSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"a\"",
        "\"a\":",
        "\\",
        "\\n",
        "\\u00e9",
        "\\u12",
        "\\x",
        "tr",
        "true",
        "false",
        "null",
        "nul",
        " ",
        "\n",
        "\u0001",
        "1",
        "-",
        "0",
        "01",
        "1.5",
        ".",
        "e",
        "1e-5",
        "E-",
        "-0",
        "{}",
        "[]",
        "\"long enough for eight\"",
        "é"
    };

    /** Jackson is the witness where it agrees with Go: not on broken UTF-8, nor on numbers too large for a float64. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void acceptsWhatJacksonAcceptsAndNothingElse(long seed) {
        Random random = new Random(seed);
        int valid = 0;
        for (int i = 0; i < 20_000; i++) {
            String json = randomJson(random);
            boolean accepted = accepts(json);

            assertThat(accepted).as(json).isEqualTo(jacksonAccepts(json));
            valid += accepted ? 1 : 0;
        }
        assertThat(valid).isGreaterThan(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            quoteCharacter = '`',
            value = {
                "not json ^ invalid character 'o' in literal null (expecting 'u')",
                "{`^ unexpected end of JSON input",
                "{\"a\" 1} ^ invalid character '1' after object key",
                "{\"a\":1 \"b\"} ^ invalid character '\"' after object key:value pair",
                "{1:2} ^ invalid character '1' looking for beginning of object key string",
                "[1 2] ^ invalid character '2' after array element",
                "{\"a\":} ^ invalid character '}' looking for beginning of value",
                "{\"a\":1} x ^ invalid character 'x' after top-level value",
                "\"a\\x\" ^ invalid character 'x' in string escape code",
                "\"a\\u12G4\" ^ invalid character 'G' in \\u hexadecimal character escape",
                "\"a\tb\" ^ invalid character '\\t' in string literal",
                "-x ^ invalid character 'x' in numeric literal",
                "1.x ^ invalid character 'x' after decimal point in numeric literal",
                "1ex ^ invalid character 'x' in exponent of numeric literal",
                "1e999 ^ number 1e999 is out of range",
            })
    void saysWhatIsWrongInTheWordsOfGo(String json, String message) {
        assertThatThrownBy(() -> scan(json.replace("`", "")))
                .isInstanceOf(JsonException.class)
                .hasMessage(message);
    }

    private static String randomJson(Random random) {
        StringBuilder json = new StringBuilder();
        for (int i = random.nextInt(7); i >= 0; i--) {
            json.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return random.nextInt(3) == 0 ? "{\"a\":" + json + "}" : json.toString();
    }

    private static boolean accepts(String json) {
        try {
            scan(json);
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    private static void scan(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        JsonScanner scanner = new JsonScanner();
        scanner.scanValue(scanner.start(bytes, 0, bytes.length));
        scanner.finish();
    }

    private static boolean jacksonAccepts(String json) {
        try {
            return !JACKSON.readTree(json).isMissingNode();
        } catch (IOException e) {
            return false;
        }
    }
}
