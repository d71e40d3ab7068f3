package logyard.drains.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import logyard.core.event.ByteBuilder;
import logyard.core.event.EventTime;
import logyard.core.event.SystailEvents;
import logyard.drains.Certificates;
import logyard.drains.SupervisedDrain;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real receivers store is what was logged: each line, byte for byte, with line feeds in it and all. */
class SyslogReceiverIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LINES = 3000;
    private static final String OWN = "?ca=ca.pem&cert=drain.pem&key=drain.key";

    @TempDir
    static Path made;

    @TempDir
    Path folder;

    private final TcpDrainType type = new TcpDrainType();
    private final List<String> texts = texts();

    @BeforeAll
    static void issue() throws Exception {
        var certificates = new Certificates(made, "ca");
        certificates.issue("target", "ip:127.0.0.1");
        certificates.issue("drain", "dns:node-1");
    }

    @BeforeEach
    void give() throws IOException {
        for (String file : List.of("ca.pem", "target.pem", "target.key", "drain.pem", "drain.key")) {
            Files.copy(made.resolve(file), folder.resolve(file));
        }
    }

    /** Lines with everything in them that has ever been mistaken for a part of the protocol. */
    private static List<String> texts() {
        List<String> shapes = List.of(
                "started app",
                "two\nlines",
                "\tat a.b.C(C.java:1)\n\tat d.e.F(F.java:2)\n\nCaused by: x",
                "17 <13>1 2013-04-18T10:15:02Z h p - - - x",
                "ünï ☃ 😀 \u2028 end",
                "{\"json\":\"\\n\",\"a\":[1]} ] \\ \" #012",
                "carriage\rreturn",
                "two  blanks and one at the end ",
                "long " + "x".repeat(20_000),
                "\u001b[31mred\u001b[0m \u0007");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            texts.add("#" + i + "# " + shapes.get(i % shapes.size()));
        }
        return texts;
    }

    private void log(SupervisedDrain drain, List<String> lines) throws IOException {
        var events = new SystailEvents("dea", "10.0.0.5", new EventTime(Clock.systemUTC()));
        for (String line : lines) {
            byte[] text = line.getBytes(UTF_8);
            var event = new ByteBuilder(512);
            events.append(text, 0, text.length, event);
            drain.frame(event.toByteArray());
        }
    }

    private SupervisedDrain drain(String uri) throws IOException {
        return new SupervisedDrain(
                Files.createDirectories(folder.resolve("journal")), type, uri, SupervisedDrain.impatient(), folder);
    }

    private static String escaped(String text) {
        return text.replace("\n", "#012").replace("\r", "#015");
    }

    private static List<JsonNode> stored(SyslogReceiver receiver) {
        List<JsonNode> records = new ArrayList<>();
        try {
            for (String line : Files.readString(receiver.stored()).split("\n")) {
                records.add(JSON.readTree(line));
            }
        } catch (IOException e) {
            throw new AssertionError("not (completely) written yet", e);
        }
        return records;
    }

    @ParameterizedTest
    @CsvSource({
        "syslog+tls, 6514, '" + OWN + "', true, ''",
        "tls, 6514, '" + OWN + "&format=rfc5424', false, ''",
        "tcp, 601, ?format=rfc5424&framing=octet, true, ''",
        "tcp, 601, ?format=rfc5424, false, ''",
        "tcp, 601, ?format=rfc3164&framing=octet, true, ' '", // to rsyslog the blank is a part of the text then
        "tcp, 601, ?format=rfc3164, false, ' '"
    })
    void rsyslogStoresWhatWasLogged(String scheme, int port, String parameters, boolean lineFeeds, String before)
            throws Exception {
        UnaryOperator<String> arrives = text -> before + (lineFeeds ? text : escaped(text));
        try (SyslogReceiver receiver = SyslogReceiver.rsyslog(folder);
                SupervisedDrain drain = drain(scheme + "://127.0.0.1:" + receiver.port(port) + parameters)) {
            log(drain, texts);

            await().untilAsserted(() -> assertThat(stored(receiver)).hasSizeGreaterThanOrEqualTo(LINES));
            assertThat(stored(receiver))
                    .extracting(line -> line.get("text").asText())
                    .containsExactlyElementsOf(texts.stream().map(arrives).toList());
            assertThat(stored(receiver)).allSatisfy(line -> {
                assertThat(line.get("host").asText()).isEqualTo("10.0.0.5");
                assertThat(line.get("program").asText()).isEqualTo("dea");
            });
            if (!parameters.contains("rfc3164")) {
                assertThat(stored(receiver))
                        .extracting(line -> line.get("data").asText())
                        .first()
                        .isEqualTo("[logyard@32473 node=\"10.0.0.5\" key=\"systail.dea.10.0.0.5\" seq=\"1\"]");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "syslog+tls, 6514, '" + OWN + "', true",
        "tcp, 602, ?format=rfc5424&framing=octet, true",
        "tcp, 601, ?format=rfc5424, false",
        "tcp, 601, ?format=rfc3164, false"
    })
    void syslogNgStoresWhatWasLogged(String scheme, int port, String parameters, boolean lineFeeds) throws Exception {
        boolean isOld = parameters.contains("rfc3164");
        var expected = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            expected.append(isOld ? "" : i + 1).append(" 10.0.0.5 dea ");
            expected.append(lineFeeds ? texts.get(i) : escaped(texts.get(i))).append('\n');
        }
        try (SyslogReceiver receiver = SyslogReceiver.syslogNg(folder, isOld);
                SupervisedDrain drain = drain(scheme + "://127.0.0.1:" + receiver.port(port) + parameters)) {
            log(drain, texts);

            await().untilAsserted(() -> assertThat(receiver.stored())
                    .exists()
                    .hasSize(expected.toString().getBytes(UTF_8).length));
            assertThat(receiver.stored()).content(UTF_8).isEqualTo(expected.toString());
        }
    }

    /** What the receiver had not read when it ended is sent again; the sequence tells it what it has already. */
    @Test
    void nothingIsMissingWhenTheReceiverIsStartedAgainAndAgain() throws Exception {
        try (SyslogReceiver receiver = SyslogReceiver.rsyslog(folder);
                SupervisedDrain drain = drain("syslog+tls://127.0.0.1:" + receiver.port(6514) + OWN)) {
            for (int round = 0; round < 5; round++) {
                log(drain, texts.subList(round * LINES / 5, (round + 1) * LINES / 5));
                long begun = (long) round * LINES / 5 + 1;
                await().untilAsserted(() -> assertThat(bySequence(receiver)).containsKey(begun));
                receiver.stop();
                receiver.start();
            }

            await().untilAsserted(() -> assertThat(missing(receiver)).isEmpty());
            assertThat(bySequence(receiver).values()).containsExactlyElementsOf(texts);
        }
    }

    private static List<Long> missing(SyslogReceiver receiver) {
        SortedMap<Long, String> stored = bySequence(receiver);
        return LongStream.rangeClosed(1, LINES)
                .filter(sequence -> !stored.containsKey(sequence))
                .boxed()
                .toList();
    }

    private static SortedMap<Long, String> bySequence(SyslogReceiver receiver) {
        var texts = new TreeMap<Long, String>();
        for (JsonNode line : stored(receiver)) {
            String data = line.get("data").asText();
            long sequence = Long.parseLong(data.replaceFirst(".* seq=\"(\\d+)\"]", "$1"));
            String before = texts.put(sequence, line.get("text").asText());
            assertThat(before).isIn(null, line.get("text").asText());
        }
        return texts;
    }
}
