package logyard.kato.log.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.stream.IntStream;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import logyard.kato.redis.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppCommandTest {
    private static final String GUID = "8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d";
    private static final String LIST = "apptail." + GUID;

    @TempDir
    private Path folder;

    private final TestKato cluster = new TestKato();
    private TestRedis redis;

    @BeforeEach
    void start() {
        redis = TestRedis.start(folder, "");
        cluster.tree.set(ConfigPath.MBUS_IP, TextNode.valueOf("127.0.0.1"));
        keptIn("redis://stackato-core:" + redis.port() + "/?filter=apptail&limit=400");
    }

    @AfterEach
    void stop() throws InterruptedException {
        redis.close();
    }

    private void keptIn(String uri) {
        cluster.withDrain("builtin.apptail", uri);
    }

    private static String line(int second, String filename, int instance, String text) {
        return "{\"filename\":\"" + filename + "\",\"source\":\"app\",\"instance_index\":" + instance
                + ",\"app_guid\":\"" + GUID + "\",\"app_name\":\"env\",\"text\":\"" + text
                + "\",\"node_id\":\"10.0.0.7\",\"unix_time\":" + (1366305300 + second)
                + ",\"human_time\":\"2013-04-18T10:15:" + String.format("%02d", second) + "-07:00\"}";
    }

    private static String event(String source, int index, String text) {
        return line(9, "", index, text).replace("\"app\",\"ins", "\"" + source + "\",\"ins");
    }

    private TestKato.Result app(String... options) {
        String[] words = new String[options.length + 3];
        words[0] = "log";
        words[1] = "app";
        words[2] = GUID;
        System.arraycopy(options, 0, words, 3, options.length);
        return cluster.kato(words);
    }

    @Test
    void showsTheOldestFirst() {
        redis.push(LIST, line(2, "stdout", 0, "GET / 200") + "\n", line(3, "stderr", 1, "oops") + "\n");
        redis.push(LIST, event("stackato[apptail.0]", 0, "WARN -- x"), event("stackato[cc]", -1, "stopped"));

        assertThat(app().output()).isEqualTo("""
                        2013-04-18T10:15:02-07:00 app.0: GET / 200
                        2013-04-18T10:15:03-07:00 app.1: oops
                        2013-04-18T10:15:09-07:00 stackato[apptail.0]: WARN -- x
                        2013-04-18T10:15:09-07:00 stackato[cc]: stopped
                        """);
    }

    /** Of two nodes, one of which was late; of one second as they came. */
    @Test
    void ordersByTime() {
        redis.push(LIST, line(5, "a", 0, "c"), line(4, "a", 0, "a"), line(5, "a", 0, "d"), line(4, "a", 0, "b"));

        assertThat(app().output().lines().map(line -> line.replaceAll(".*: ", "")))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void showsTheNewestThatFit() {
        IntStream.range(0, 20)
                .forEach(i -> redis.push(LIST, line(i, i % 2 == 0 ? "stdout" : "stderr", 0, "line " + i)));

        assertThat(app("--num", "2").output()).isEqualTo("""
                2013-04-18T10:15:18-07:00 app.0: line 18
                2013-04-18T10:15:19-07:00 app.0: line 19
                """);
        assertThat(app("--num", "2", "--filename", "*out").output()).isEqualTo("""
                2013-04-18T10:15:16-07:00 app.0: line 16
                2013-04-18T10:15:18-07:00 app.0: line 18
                """);
        assertThat(app("--num", "0").output()).isEmpty();
    }

    @Test
    void showsHundredUnlessMoreAreAskedFor() {
        IntStream.range(0, 150).forEach(i -> redis.push(LIST, line(1, "stdout", 0, "line " + i)));

        assertThat(app().output().lines()).hasSize(100).first().asString().endsWith(": line 50");
        assertThat(app("--num", "400").output().lines()).hasSize(150);
        assertThat(app("--num", "401").err())
                .isEqualTo("WARN: no more than 400 lines of an application are kept, by the drain builtin.apptail\n");
    }

    @ParameterizedTest
    @CsvSource({
        "--source,staging,staged",
        "--instance,1,b",
        "--filename,std?ut,a",
        "--filename,'',",
        "--text,[bs]*,b staged",
        "--text,STAGED,",
    })
    void showsWhatFits(String option, String value, String texts) {
        redis.push(LIST, line(1, "stdout", 0, "a"), line(2, "stderr", 1, "b"));
        redis.push(LIST, line(3, "staging", 0, "staged").replace("\"app\"", "\"staging\""));

        TestKato.Result result = app(option, value);

        assertThat(result.status()).isZero();
        assertThat(result.out().lines().map(line -> line.replaceAll(".*: ", "")))
                .containsExactly(texts == null ? new String[0] : texts.split(" "));
        assertThat(result.err())
                .isEqualTo(texts == null ? "WARN: none of the 3 lines that are kept is such a one\n" : "");
    }

    @Test
    void showsTheRecordsAsTheyAreKept() {
        String hostile = line(1, "stdout", 0, "a\\u001b[2J\\u202eb");
        redis.push(LIST, hostile + "\n", line(2, "stdout", 0, "\u202e"));

        assertThat(app("--json").output()).isEqualTo(hostile + "\n" + line(2, "stdout", 0, "\\u202e") + "\n");
        assertThat(app().output()).contains(": a^[[2J<U+202E>b\n");
    }

    @Test
    void readsRecordsOf2013() {
        redis.push(
                "apptail.7",
                "{\"Text\":\"Starting\",\"LogFilename\":\"\",\"UnixTime\":1366305302,\"HumanTime\":\"T\",\"Source\":"
                        + "\"stackato.dea\",\"InstanceIndex\":0,\"AppID\":7,\"NodeID\":\"192.168.68.5\"}");

        assertThat(cluster.kato("log", "app", "7").output()).isEqualTo("T stackato.dea: Starting\n");
    }

    @Test
    void takesItsOwnOfAListThatAllShare() {
        keptIn("redis://127.0.0.1:" + redis.port() + "?filter=apptail&key=all");
        redis.push(
                "all",
                line(1, "stdout", 0, "mine"),
                line(1, "stdout", 0, "other").replace(GUID, GUID + "x"));

        assertThat(app().output()).isEqualTo("2013-04-18T10:15:01-07:00 app.0: mine\n");
    }

    @Test
    void saysWhenThereIsNoLogAtAll() {
        TestKato.Result result = app();

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("WARN: no line is kept of an application " + GUID + ": is that its GUID?\n");
    }

    @Test
    void leavesOutWhatIsNoLineAndSaysSo() {
        redis.push(LIST, "nonsense", line(1, "stdout", 0, "x"), "{\"unix_time\":\"now\"}", "[1]", "");

        TestKato.Result result = app();

        assertThat(result.out().lines()).hasSize(1);
        assertThat(result.err()).isEqualTo("WARN: left out 4 elements of the list that are no lines of applications\n");
    }

    @Test
    void saysThatRedisIsAway() throws InterruptedException {
        redis.close();

        TestKato.Result result = app();

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo(
                        "ERROR: Cannot read the log of the application from Redis at 127.0.0.1:" + redis.port()
                                + ": Connection refused; does a redis-server run there?; --follow shows what comes from now on\n");
    }

    @Test
    void saysThatItIsKeptElsewhere() {
        keptIn("udp://127.0.0.1:1?filter=apptail");

        assertThat(app().err())
                .isEqualTo(
                        "ERROR: The log of the application cannot be read from where the drain builtin.apptail keeps it:"
                                + " it sends to udp://127.0.0.1:1?filter=apptail, which is no Redis; --follow shows what comes from"
                                + " now on\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a b", "", "../x", "a*", "ü"})
    void refusesWhatIsNoGuid(String guid) {
        TestKato.Result result = cluster.kato("log", "app", guid);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .contains("the GUID of an application has 1 to 128 letters, digits, dashes and underscores, got \""
                        + guid + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "--num -1,'--num must be 0 or more, got -1'",
        "--num many,'many'",
        "--instance one,'one'",
        "--text [a,has a [ without its ]"
    })
    void refusesOptionsThatMeanNothing(String options, String reason) {
        TestKato.Result result = app(options.split(" "));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).startsWith("ERROR: ").contains(reason);
    }

    @Test
    void needsAGuid() {
        assertThat(cluster.kato("log", "app").err()).startsWith("ERROR: Missing required parameter: 'GUID'\n");
    }
}
