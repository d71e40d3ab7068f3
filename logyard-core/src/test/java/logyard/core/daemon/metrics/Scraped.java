package logyard.core.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scrape showed, read as Prometheus reads it. */
public final class Scraped {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    private record Series(String name, Map<String, String> labels) {}

    private final Map<Series, Double> values = new LinkedHashMap<>();

    private Scraped(String text) {
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            Map<String, String> labels = new TreeMap<>();
            if (matcher.group(2) != null) {
                LABEL.matcher(matcher.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            }
            Double before = values.put(new Series(matcher.group(1), labels), Double.parseDouble(matcher.group(3)));
            assertThat(before).as("a series is there once: %s", line).isNull();
        });
    }

    static Scraped of(String text) {
        return new Scraped(text);
    }

    /** An answer of an endpoint. */
    public static HttpResponse<String> get(URI uri) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            return fail("No answer from " + uri, e);
        }
    }

    /** Scrapes an endpoint, such as {@code http://127.0.0.1:9464/}. */
    public static Scraped from(URI endpoint) {
        HttpResponse<String> answer = get(endpoint.resolve("/metrics"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new Scraped(answer.body());
    }

    /** The names of all series. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        values.keySet().forEach(series -> names.add(series.name()));
        return names;
    }

    /** The value of a series with exactly these labels: name, value, name, value …. */
    public double value(String name, String... labels) {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        Double value = values.get(new Series(name, wanted));
        assertThat(value).as("%s%s among %s", name, wanted, values.keySet()).isNotNull();
        return value;
    }

    /** The sum of all series that have a label of this value. */
    public double sum(String name, String label, String value) {
        return values.entrySet().stream()
                .filter(series -> series.getKey().name().equals(name)
                        && value.equals(series.getKey().labels().get(label)))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
