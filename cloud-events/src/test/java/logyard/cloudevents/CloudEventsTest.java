package logyard.cloudevents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.Defaults;
import logyard.config.InMemoryConfigTree;
import logyard.core.LogyardCore;
import logyard.core.bus.FakeSystail;
import logyard.core.daemon.NamedThreads;
import logyard.core.daemon.NodeFolder;
import logyard.core.daemon.Settings;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.FakeDrainType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** cloud_events and a core in this process, with a real bus in between. */
class CloudEventsTest {
    private static final ConfigPath EVENTS = ConfigPath.CLOUD_EVENTS.child("events");

    @TempDir
    Path folder;

    private final InMemoryConfigTree tree = new InMemoryConfigTree();
    private final ExecutorService thread = NamedThreads.single("fake-drain");
    private FakeDrainType type;
    private NodeFolder node;
    private Settings settings;
    private LogyardCore core;
    private FakeSystail systail;
    private CloudEvents events;

    @BeforeEach
    void start() throws IOException {
        node = new NodeFolder(folder);
        settings = node.settings();
        Defaults.at(ConfigPath.CLOUD_EVENTS)
                .orElseThrow()
                .values()
                .forEach((key, value) -> tree.set(ConfigPath.parse(ConfigPath.CLOUD_EVENTS + "/" + key), value));
        tree.set(ConfigPath.DRAINS.child("events"), TextNode.valueOf("fake://h:1?filter=event&format=raw"));
        startCore();
        systail = new FakeSystail(settings.bus());
        events = CloudEvents.start(settings, tree);
        awaitSubscribed("one");
    }

    private void startCore() throws IOException {
        type = new FakeDrainType(thread).openingAtOnce();
        core = LogyardCore.start(settings, tree, new DrainTypes(List.of(type)));
    }

    @AfterEach
    void stop() throws IOException {
        events.close();
        systail.close();
        core.close();
        NamedThreads.stop(thread);
        node.close();
    }

    private void awaitSubscribed(String mark) {
        await().untilAsserted(() -> {
            systail.line("mark", "ERROR -- subscribed " + mark);
            assertThat(received()).contains("subscribed " + mark);
        });
        systail.line("mark", "ERROR -- subscribed and all marks of " + mark + " have come");
        await().untilAsserted(() -> assertThat(received()).contains("all marks of " + mark));
    }

    private String received() {
        return type.attempts().isEmpty() ? "" : type.lastAttempt().target.received();
    }

    /** The event with a description, once it has come. */
    private JsonNode awaitEvent(String description) throws IOException {
        await().untilAsserted(() -> assertThat(received()).contains("\"desc\":\"" + description + "\""));
        String line = received()
                .lines()
                .filter(event -> event.contains("\"desc\":\"" + description + "\""))
                .reduce((first, last) -> last)
                .orElseThrow();
        JsonNode event = new JsonMapper().readTree(line.substring(line.indexOf(' ') + 1));
        assertThat(line).startsWith("event." + event.path("type").asText() + " {");
        return event;
    }

    /** What has come between two marks, once the second one has. */
    private List<String> eventsUntilMark() throws IOException {
        systail.line("mark", "ERROR -- the end");
        awaitEvent("the end");
        return received()
                .lines()
                .filter(event -> !event.contains("subscribed ") && !event.contains("the end"))
                .toList();
    }

    private static JsonNode spec(String json) throws IOException {
        return new JsonMapper().readTree(json.replace('\'', '"'));
    }

    private JsonNode running() {
        return tree.children(ConfigPath.RUNNING.child("10.0.0.5")).get("cloud_events");
    }

    @Test
    void makesAnEventOfALine() throws Exception {
        systail.line("kato", "[info] (1) INVOKE-ADMIN-ACTION {\"command\":\"kato start\",\"status\":\"succeeded\"}");

        assertThat(awaitEvent("kato start (succeeded)"))
                .isEqualTo(
                        spec(
                                "{'type':'kato_action','desc':'kato start (succeeded)','severity':'INFO',"
                                        + "'info':{'command':'kato start','status':'succeeded'},'process':'kato',"
                                        + "'text':'kato start (succeeded)','node_id':'10.0.0.7','unix_time':1366305302,"
                                        + "'human_time':'2013-04-18T17:15:02+00:00','syslog':{'priority':'13','time':'Apr 18 17:15:02'}}"));
    }

    @Test
    void keepsTheOrderOfLines() throws Exception {
        for (int i = 0; i < 500; i++) {
            systail.line("dea", "ERROR -- number " + i);
            systail.line("dea", "INFO -- nothing " + i);
        }

        assertThat(eventsUntilMark().stream().map(event -> event.replaceAll(".*\"desc\":\"number (\\d+)\".*", "$1")))
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 500)
                        .mapToObj(String::valueOf)
                        .toList());
    }

    @Test
    void makesNoEventOfEventsOfOtherStreamsAndOfItsOwnLog() throws Exception {
        String json = "\"text\":\"ERROR -- round and round\",\"node_id\":\"n\",\"unix_time\":1}";
        systail.event("event.error", "{\"name\":\"dea\"," + json);
        systail.event("apptail.7", "{\"name\":\"dea\"," + json);
        systail.event("systail.cloud_events.n", "{\"name\":\"dea\"," + json);
        systail.event("systail.cloud_events.n", "no JSON");
        systail.event("systail.dea.n", "{\"name\":\"cloud_events\"," + json);

        assertThat(eventsUntilMark())
                .singleElement()
                .asString()
                .as("what was sent as an event passes, once")
                .startsWith("event.error {\"name\":\"dea\"");
        assertThat(events.counts().malformed()).isZero();
    }

    @Test
    void followsTheSpecsInTheTree() throws Exception {
        tree.set(
                EVENTS.child("job").child("job_done"),
                spec("{'substring':'JOB_DONE','regex':'JOB_DONE (\\\\w+)','format':'Job $1'}"));
        await().untilAsserted(() -> {
            systail.line("job", "JOB_DONE backup");
            assertThat(received()).contains("event.job_done ");
        });

        tree.delete(EVENTS.child("__all__").child("error"));

        await().untilAsserted(() -> {
            systail.line("dea", "ERROR -- still");
            systail.line("job", "JOB_DONE probe");
            assertThat(received().lines().reduce((first, last) -> last).orElse(""))
                    .contains("Job probe");
            int before = received().length();
            systail.line("dea", "ERROR -- again");
            systail.line("job", "JOB_DONE last");
            await().untilAsserted(() -> assertThat(received().substring(before)).contains("Job last"));
            assertThat(received().substring(before)).doesNotContain("event.error");
        });
    }

    @Test
    void leavesOutABadSpecShowsItAndKeepsTheOthers() throws Exception {
        tree.set(EVENTS.child("dea").child("bad"), spec("{'substring':'x','regex':'('}"));
        await().untilAsserted(() ->
                assertThat(running().path("problems").path(0).asText()).startsWith("events/dea/bad: regex is none"));

        systail.line("dea", "ERROR -- as before");
        awaitEvent("as before");

        tree.delete(EVENTS.child("dea").child("bad"));
        await().untilAsserted(() -> assertThat(running().has("problems")).isFalse());
    }

    @Test
    void keepsTheSpecsBeforeIfNotOneCanBeUsed() throws Exception {
        JsonNode bad = spec("{'substring':'x','regex':'('}");

        tree.change(EVENTS, before -> new ConfigSubtree(new TreeMap<>(Map.of("dea/bad", bad)), new TreeMap<>()));
        await().untilAsserted(() ->
                assertThat(running().path("problem_count").asInt()).isEqualTo(1));
        systail.line("dea", "ERROR -- as before");

        awaitEvent("as before");
    }

    @Test
    void goesOnWhenTheCoreIsStartedAnew() throws Exception {
        core.close();
        startCore();

        awaitSubscribed("again");
        systail.line("dea", "WARN -- low");
        awaitEvent("low");
    }

    @Test
    void sendsAnEventThatWasMadeJustBeforeTheEnd() throws Exception {
        long before = events.counts().events();
        for (int i = 0; i < 300; i++) {
            systail.line("dea", "ERROR -- " + i);
        }
        await().until(() -> events.counts().events() == before + 300);

        events.close();

        await().untilAsserted(() -> assertThat(received()).contains("\"desc\":\"299\""));
    }

    @Test
    void survivesAndCountsWhatOnlyAnEnemyWouldWrite() throws Exception {
        Counts counts = events.counts();
        long lines = counts.lines();
        String bomb = "{\"x\":".repeat(10_000) + "1" + "}".repeat(10_000);
        String rest = ",\"node_id\":\"n\",\"unix_time\":1}";
        byte[] broken = ("{\"name\":\"dea\",\"text\":\"ERROR -- \u00ff\u00e2\u0082\"" + rest).getBytes(ISO_8859_1);

        systail.line("dea", "x".repeat(1_000_000) + "ERROR -- far away");
        systail.line("dea", "a".repeat(500_000) + "WARNING".repeat(50_000));
        systail.event("systail.dea.n", broken);
        systail.line("kato", "INVOKE-ADMIN-ACTION {\"command\":\"a\",\"command\":\"b\",\"status\":1,\"status\":[]}");
        systail.line("kato", "INVOKE-ADMIN-ACTION {\"command\":12345678901234567890123,\"status\":-0}");
        systail.line("dea", "ERROR -- \u0000\u001b[31m\n\r\u2028");
        List<String> failing = List.of(
                "INVOKE-ADMIN-ACTION " + bomb,
                "INVOKE-ADMIN-ACTION " + "[".repeat(100_000),
                "INVOKE-ADMIN-ACTION {\"command\":1e999999999}",
                "INVOKE-ADMIN-ACTION {\"command\":" + "9".repeat(100_000) + "}",
                "INVOKE-ADMIN-ACTION {\"command\":\"" + "c".repeat(100_000) + "\"}",
                "INVOKE-ADMIN-ACTION \"text\"",
                "ERROR -- " + "e".repeat(100_000));
        failing.forEach(text -> systail.line("kato", text));
        List<String> malformed = List.of(
                bomb,
                "no JSON",
                "",
                "[]",
                "{\"name\":\"dea\",\"text\":\"ERROR -- x\"}",
                "{\"name\":\"dea\",\"text\":[\"ERROR -- x\"]" + rest,
                "{\"name\":\"dea\",\"text\":\"ERROR -- x\",\"node_id\":\"n\",\"unix_time\":1e300}",
                "{\"name\":\"dea\",\"text\":\"ERROR -- x\",\"node_id\":\"n\",\"unix_time\":" + "9".repeat(1000) + "}");
        malformed.forEach(json -> systail.event("systail.dea.n", json));

        List<String> made = eventsUntilMark();

        assertThat(made)
                .extracting(event -> event.replaceAll("(?s).*\"desc\":\"(.*)\",\"severity.*", "$1"))
                .containsExactly("far away", "\ufffd\ufffd\ufffd", "b ([])", "12345678901234567890123 (-0)");
        assertThat(counts.failed()).isEqualTo(failing.size());
        assertThat(counts.malformed()).isEqualTo(malformed.size());
        assertThat(counts.lines()).isEqualTo(lines + 6 + failing.size() + malformed.size() + 1);
        assertThat(counts.dropped()).isZero();
    }

    @Test
    void isReadyOnceItsCoreCanSendItLines() throws Exception {
        await().untilAsserted(() -> assertThat(running().path("state").asText()).isEqualTo("RUNNING"));
    }

    @Test
    void isNotReadyWithoutACore() throws Exception {
        events.close();
        core.close();

        events = CloudEvents.start(settings, tree);
        assertThat(running().path("state").asText()).isEqualTo("STARTING");

        startCore();
        await().untilAsserted(() -> assertThat(running().path("state").asText()).isEqualTo("RUNNING"));
    }
}
