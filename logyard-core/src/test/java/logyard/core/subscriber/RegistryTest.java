package logyard.core.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;
import static logyard.core.subscriber.ReadingJournal.events;
import static logyard.core.subscriber.ReadingJournal.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import logyard.core.bus.ReadRequest;
import logyard.core.subscriber.Subscriber.Outgoing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class RegistryTest {
    private static final long MAX_BYTES = 16 << 20;

    @TempDir
    Path folder;

    private ReadingJournal core;

    @BeforeEach
    void open() throws IOException {
        core = new ReadingJournal(folder, MAX_BYTES);
    }

    @AfterEach
    void close() throws IOException {
        core.close();
    }

    @Test
    void deliversWhatIsWantedAtItsPositionInTheJournal() throws IOException {
        core.append(1, "systail.before");
        core.begin("c", "one", 4);
        long from = core.journal.end();
        core.append(4, "systail.a", "event.b");
        core.sync();

        List<Outgoing> sent = core.sent();

        assertThat(header(sent.get(0)).toString())
                .isEqualTo("{\"session\":\"one\",\"journal\":\"" + ReadingJournal.IDENTITY + "\"}");
        assertThat(header(sent.get(1)).toString())
                .isEqualTo("{\"session\":\"one\",\"journal\":\"" + ReadingJournal.IDENTITY
                        + "\",\"number\":1,\"lost\":{\"evicted\":0,\"damaged\":0,\"unstored\":0}}");
        long frame = core.journal.end() - (core.journal.end() - from - 21); // behind a record's header
        assertThat(events(sent)).isEqualTo(Map.of(frame + 1, "systail.a {\"n\":1}", frame + 3, "systail.a {\"n\":3}"));
        assertThat(core.cursor().pending()).isEqualTo(2);

        core.acknowledge("c", "one", 1, 4);

        assertThat(core.sent()).isEmpty();
        assertThat(core.cursor().pending()).isZero();
        assertThat(core.cursor().account().delivered()).isEqualTo(2);
    }

    @Test
    void handsOutNothingThatAPowerFailureCouldTakeAway() throws IOException {
        core.begin("c", "one", 4);
        core.append(1, "systail.a");
        core.sync();
        core.append(1, "systail.a");

        assertThat(events(core.sent()).values()).containsExactly("systail.a {\"n\":0}");

        core.sync();
        assertThat(events(core.sent()).values()).containsExactly("systail.a {\"n\":1}");
    }

    @Test
    void sendsNoMoreThanItHasCreditFor() throws IOException {
        core.begin("c", "one", 2);
        for (int i = 0; i < 20; i++) {
            core.append(10_000, "systail.a");
        }
        core.sync();

        assertThat(numbers(core.sent())).containsExactly(0, 1, 2);
        core.acknowledge("c", "one", 1, 2);
        assertThat(numbers(core.sent())).containsExactly(3);
        core.acknowledge("c", "one", 1, 2); // again, as a client does that hears nothing
        assertThat(numbers(core.sent())).as("an answer, and nothing more").containsExactly(0);
        core.acknowledge("c", "one", 3, 0);
        assertThat(numbers(core.sent())).isEmpty();
        core.acknowledge("c", "one", 3, 1000);
        assertThat(numbers(core.sent()))
                .as("no more than %d at once", ReadRequest.MAX_CREDIT)
                .containsExactly(
                        IntStream.range(4, 4 + ReadRequest.MAX_CREDIT).boxed().toArray(Integer[]::new));
    }

    private static List<Integer> numbers(List<Outgoing> sent) {
        return sent.stream()
                .map(outgoing -> header(outgoing).path("number").asInt())
                .toList();
    }

    @Test
    void whatWasNotAcknowledgedComesAgainAtTheSamePosition() throws IOException {
        core.begin("c", "one", 4);
        core.append(100, "systail.a", "event.b");
        core.sync();
        Map<Long, String> first = events(core.sent());
        core.append(100, "systail.a", "event.b");
        core.sync();

        core.begin("d", "two", 4);
        List<Outgoing> sent = core.sent();

        assertThat(header(sent.get(0)).path("reason").asText()).isEqualTo("replaced");
        assertThat(sent.get(0).client()).isEqualTo("c");
        assertThat(events(sent)).hasSize(100).containsAllEntriesOf(first);
    }

    @Test
    void oneThatWasReplacedDoesNotComeBack() throws IOException {
        core.begin("c", "one", 4);
        core.begin("d", "two", 4);
        core.sent();
        core.append(1, "systail.a");
        core.sync();

        core.acknowledge("c", "one", 0, 4);
        core.begin("c", "one", 4);
        List<Outgoing> sent = core.sent();

        assertThat(sent)
                .extracting(
                        Outgoing::client,
                        outgoing -> header(outgoing).path("reason").asText())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("c", "replaced"),
                        org.assertj.core.groups.Tuple.tuple("c", "replaced"),
                        org.assertj.core.groups.Tuple.tuple("d", ""));
        assertThat(events(sent)).hasSize(1);
    }

    @Test
    void aSessionOfTheCoreBeforeIsToBeginAnother() throws IOException {
        core.begin("c", "one", 4);
        core.append(1, "systail.a");
        core.sync();
        Map<Long, String> first = events(core.sent());
        core.save();
        core.restart();

        core.acknowledge("c", "one", 1, 4);
        assertThat(core.sent())
                .singleElement()
                .satisfies(
                        sent -> assertThat(header(sent).path("reason").asText()).isEqualTo("unknown"));

        core.begin("c", "two", 4);
        assertThat(events(core.sent())).as("it was not acknowledged").isEqualTo(first);
    }

    @Test
    void oneThatIsAwayFindsAllThatCameMeanwhile() throws IOException {
        core.begin("c", "one", 4);
        core.registry.unreachable("c");
        for (int i = 0; i < 100; i++) {
            core.append(1000, "systail.a");
        }
        core.sync();
        assertThat(core.sent()).as("the answer to who is gone").hasSize(1);
        assertThat(core.cursor().pending()).isEqualTo(100_000);

        core.begin("d", "two", 16);
        List<Outgoing> sent = new ArrayList<>();
        for (int i = 1; events(sent).size() < 100_000; i++) {
            sent.addAll(core.sent());
            core.acknowledge("d", "two", numbers(sent).get(sent.size() - 1), 16);
            assertThat(i).isLessThan(100);
        }

        assertThat(events(sent).values())
                .containsExactlyElementsOf(IntStream.range(0, 100_000)
                        .mapToObj(n -> "systail.a {\"n\":" + n + "}")
                        .toList());
        assertThat(core.cursor().account().delivered()).isEqualTo(100_000);
    }

    @Test
    void tellsWhatLeftTheJournalMeanwhile() throws IOException {
        core.begin("c", "one", 4);
        core.registry.unreachable("c");
        for (int i = 0; i < 700; i++) {
            core.append(1000, "systail.a", "event.b");
            core.journal.sync();
            core.journal.retain();
        }
        core.sent();

        core.begin("d", "two", 16);
        List<Outgoing> sent = new ArrayList<>();
        for (List<Outgoing> some = core.sent(); !some.isEmpty(); some = core.sent()) {
            sent.addAll(some);
            core.acknowledge("d", "two", numbers(sent).get(sent.size() - 1), 16);
            core.registry.take("d", new byte[0], new java.util.ArrayDeque<>()); // a bad one in between changes nothing
        }

        long lost = sent.stream()
                .mapToLong(one -> header(one).path("lost").path("evicted").asLong())
                .sum();
        assertThat(lost).isPositive();
        assertThat(lost + events(sent).size()).isEqualTo(350_000);
        assertThat(core.cursor().pending()).isZero();
        assertThat(core.cursor().account().open()).as("it was told").isZero();
    }

    @Test
    void tellsWhatIsDamaged() throws IOException {
        core.begin("c", "one", 4);
        core.registry.unreachable("c");
        long start = core.journal.end();
        core.append(100, "systail.a");
        core.append(100, "systail.a");
        core.sync();
        core.registry.close();
        try (RandomAccessFile file = new RandomAccessFile(segment(), "rw")) {
            file.seek(start + 100);
            file.write("xxxx".getBytes(UTF_8));
        }
        core.save();
        core.restart();

        core.begin("d", "two", 16);
        List<Outgoing> sent = core.sent();

        assertThat(events(sent)).hasSize(100);
        JsonNode lost = header(sent.get(sent.size() - 1)).path("lost");
        assertThat(lost.path("damaged").asLong()).isEqualTo(100);
        core.acknowledge("d", "two", 1, 16);
        assertThat(core.cursor().account().dropped()).isEqualTo(100);
    }

    private String segment() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".journal"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void tellsWhatNeverGotIntoTheJournal() throws IOException {
        core.begin("c", "one", 4);
        core.sent();
        core.router.lost("systail.a {}".getBytes(UTF_8));

        List<Outgoing> sent = core.sent();

        assertThat(sent).singleElement().satisfies(only -> {
            assertThat(only.batch()).isEmpty();
            assertThat(header(only).path("lost").path("unstored").asLong()).isEqualTo(1);
        });
        core.acknowledge("c", "one", 1, 4);
        assertThat(core.cursor().account().dropped()).isEqualTo(1);
        assertThat(core.cursor().pending()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no JSON                                                    | a JSON object, got "no JSON"
            []                                                         | a JSON object, got "[]"
            {'subscriber':'s','session':'x','prefixes':[''],'credit':1} x | a JSON object, got "{
            {'session':'x','prefixes':[''],'credit':1}                 | subscriber must be 1 to 64 visible ASCII characters, got none
            {'subscriber':'a b','session':'x'}                         | characters, got "a b"
            {'subscriber':7,'session':'x'}                             | characters, got 7
            {'subscriber':'s','prefixes':[''],'credit':1}              | session must be
            {'subscriber':'s','session':'x','credit':1}                | prefixes must be a list of 1 to 100
            {'subscriber':'s','session':'x','prefixes':[],'credit':1}  | got 0 of them
            {'subscriber':'s','session':'x','prefixes':[7],'credit':1} | a prefix must be a text of at most 256 bytes, got 7
            {'subscriber':'s','session':'x','prefixes':['']}           | credit must be a whole number from 0 on, got none
            {'subscriber':'s','session':'x','prefixes':[''],'credit':-1} | from 0 on, got -1
            {'subscriber':'s','session':'x','prefixes':[''],'credit':1e99} | from 0 on, got
            {'subscriber':'s','session':'x','acknowledged':'1','credit':1} | acknowledged must be a whole number
            {'subscriber':'nobody','unsubscribe':true}                 | no subscriber is called nobody; there are: none
            """)
    void saysWhatIsWrongWithARequest(String request, String problem) {
        core.ask("c", request);

        assertThat(core.sent()).singleElement().satisfies(sent -> {
            assertThat(header(sent).path("error").asText()).contains(problem);
            assertThat(header(sent).path("reason").asText()).isEqualTo("refused");
        });
        assertThat(core.registry.figures()).isEmpty();
    }

    @Test
    void takesNoMorePrefixesAndNamesThanItMust() throws IOException {
        core.ask(
                "c",
                "{'subscriber':'s','session':'x','credit':1,'prefixes':["
                        + String.join(",", Collections.nCopies(101, "'a'")) + "]}");
        core.ask("c", "{'subscriber':'s','session':'x','credit':1,'prefixes':['" + "ä".repeat(129) + "']}");
        for (int i = 0; i <= Registry.MAX_SUBSCRIBERS; i++) {
            core.ask("c", "{'subscriber':'n" + i + "','session':'x','credit':1,'prefixes':['']}");
        }

        assertThat(core.sent())
                .extracting(sent -> header(sent).path("error").asText())
                .filteredOn(error -> !error.isEmpty())
                .satisfiesExactly(
                        error -> assertThat(error).contains("got 101 of them"),
                        error -> assertThat(error).contains("at most 256 bytes"),
                        error -> assertThat(error)
                                .contains("there are 32 subscribers already", "unsubscribe one of n0, "));
        assertThat(core.registry.figures()).hasSize(Registry.MAX_SUBSCRIBERS);

        core.ask("c", "{'subscriber':'n1','unsubscribe':true}");
        assertThat(core.sent()).isNotEmpty();
        core.begin("c", "one", 4);

        assertThat(core.registry.figures()).containsKey("s").doesNotContainKey("n1");
    }

    @Test
    void cannotAcknowledgeWhatWasNotSent() throws IOException {
        core.begin("c", "one", 4);
        core.append(1, "systail.a");
        core.sync();
        core.sent();

        core.acknowledge("c", "one", 2, 4);

        assertThat(header(core.sent().get(0)).path("error").asText())
                .isEqualTo("acknowledged is 2, but only 1 deliveries were sent");
        assertThat(core.cursor().pending()).isEqualTo(1);
    }

    @Test
    void aClientThatSaysNothingIsGone() throws IOException {
        core.begin("c", "one", 4);
        core.sent();
        core.nanoTime += Registry.SILENCE_LIMIT.toNanos();
        core.acknowledge("c", "one", 0, 4);
        core.sent();
        assertThat(core.registry.hasSessions()).isTrue();

        core.nanoTime += Registry.SILENCE_LIMIT.toNanos() + 1;
        core.sent();

        assertThat(core.registry.hasSessions()).isFalse();
    }

    @Test
    void otherPrefixesForgetWhatWasPendingForThoseBefore() throws IOException {
        core.begin("c", "one", 4);
        core.append(2, "systail.a", "event.b");
        core.sync();
        core.ask("c", "{'subscriber':'s','session':'two','prefixes':['event.'],'credit':4}");
        assertThat(core.cursor().matched()).isEqualTo(1);
        assertThat(events(core.sent()).values()).contains("event.b {\"n\":1}");
    }

    /** Clients come and go, the core is restarted, acknowledgements are lost: each event comes, and always as the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void eachComesUntilItIsAcknowledged(long seed) throws IOException {
        var random = new Random(seed);
        Map<Long, String> got = new TreeMap<>();
        int appended = 0;
        int sessions = 0;
        core.begin("c0", "0", 4);
        core.sent();
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3, 4 -> {
                    int count = 1 + random.nextInt(300);
                    core.append(count, "systail.a");
                    appended += count;
                    if (random.nextBoolean()) {
                        core.sync();
                    }
                }
                case 5 -> {
                    core.save();
                    if (random.nextInt(3) == 0) {
                        core.restart();
                    }
                }
                case 6 -> {
                    sessions++;
                    core.begin("c" + sessions, String.valueOf(sessions), 1 + random.nextInt(16));
                }
                default -> readSome(core.sent(), random, got, "c" + sessions, String.valueOf(sessions));
            }
        }
        core.sync();
        core.begin("last", "last", 16);
        while (core.cursor().pending() > 0) {
            List<Outgoing> sent = core.sent();
            take(sent, got);
            core.acknowledge("last", "last", numbers(sent).get(sent.size() - 1), 16);
        }

        assertThat(got.values())
                .as("seed %d", seed)
                .containsExactlyElementsOf(IntStream.range(0, appended)
                        .mapToObj(n -> "systail.a {\"n\":" + n + "}")
                        .toList());
        assertThat(core.cursor().account().delivered()).isEqualTo(appended);
    }

    private void readSome(List<Outgoing> sent, Random random, Map<Long, String> got, String client, String session) {
        take(sent, got);
        for (Outgoing delivery : sent) {
            int number = header(delivery).path("number").asInt();
            if (number > 0 && delivery.client().equals(client) && random.nextInt(5) > 0) {
                core.acknowledge(client, session, number, 16);
            }
        }
    }

    private static void take(List<Outgoing> sent, Map<Long, String> got) {
        for (Outgoing delivery : sent) {
            events(List.of(delivery)).forEach((position, event) -> {
                String before = got.put(position, event);
                assertThat(before == null || before.equals(event))
                        .as("%s and %s at %d", before, event, position)
                        .isTrue();
            });
        }
    }
}
