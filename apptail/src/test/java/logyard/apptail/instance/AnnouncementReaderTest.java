package logyard.apptail.instance;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import logyard.core.event.AppInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Announcements of both families, and what only an enemy would send. */
class AnnouncementReaderTest {
    /** Spec 05 §4. */
    private static final String FINAL =
            "{'AppGUID':'8c1e4f4e','AppName':'env','AppSpace':'51d0','Type':'app','Index':2,"
                    + "'docker_id':'4f1c9d0e8b7a6c5d4e3f','RootPath':'/var/lib/docker/aufs/mnt/4f1c',"
                    + "'LogFiles':{'stdout':'/home/stackato/logs/stdout.log'},'docker_streams':false}";

    private static final String OF_2013 = "{'appid':7,'appname':'env','group':'dev','type':'app','index':0,'logfiles':["
            + "'/lxc/i1/logs/stdout.log','/lxc/i1/logs/stderr.log','/lxc/i1/more/stdout.log']}";

    private static Announcement read(String json) throws MalformedAnnouncementException {
        return AnnouncementReader.read(json.replace('\'', '"').getBytes(UTF_8));
    }

    @Test
    void readsTheFinalVersion() throws Exception {
        Announcement read = read(FINAL);

        assertThat(read.key()).isEqualTo("4f1c9d0e8b7a");
        assertThat(read.app()).isEqualTo(new AppInstance("8c1e4f4e", "env", "51d0", "", "", 2));
        assertThat(read.source()).isEqualTo("app");
        assertThat(read.root()).isEqualTo("/var/lib/docker/aufs/mnt/4f1c");
        assertThat(read.logs()).containsExactly(new NamedLog("stdout", "/home/stackato/logs/stdout.log"));
        assertThat(read.dockerStreams()).isFalse();
    }

    @Test
    void readsThatOf2013AndNamesEachLog() throws Exception {
        Announcement read = read(OF_2013);

        assertThat(read.app()).isEqualTo(new AppInstance("7", "env", "", "dev", "7", 0));
        assertThat(read.logs()).extracting(NamedLog::name).containsExactly("stdout.log", "stderr.log", "stdout.log.2");
        assertThat(read.key()).startsWith("7.0.").isEqualTo(read(OF_2013).key());
        assertThat(read(OF_2013.replace("/i1/", "/i2/")).key()).isNotEqualTo(read.key());
    }

    @Test
    void inWhichOrderLogsAreNamedMakesNoOtherInstance() throws Exception {
        String one = "{'AppGUID':'g','Index':0,'RootPath':'/r','LogFiles':{'a':'logs/a','b':'logs/b'}}";

        assertThat(read(one.replace("'a':'logs/a','b':'logs/b'", "'b':'logs/b','a':'logs/a'"))
                        .key())
                .isEqualTo(read(one).key());
        assertThat(read(one.replace("logs/b", "logs/c")).key())
                .isNotEqualTo(read(one).key());
    }

    @Test
    void noTwoLogsOfAListHaveOneName() throws Exception {
        assertThat(read("{'appid':7,'logfiles':['a.log','logs/a.log','/x/a.log.2','/y/a.log']}")
                        .logs())
                .extracting(NamedLog::name)
                .containsExactly("a.log", "a.log.2", "a.log.2.2", "a.log.3");
    }

    @Test
    void saysOfWhichApplicationWhatIsWrong() {
        assertThatThrownBy(() -> read(FINAL.replace("'Index':2", "'Index':'" + "2".repeat(100) + "'")))
                .hasMessage("Index must be a number from 0 to 2147483647, got \"" + "2".repeat(59)
                        + "… (AppGUID \"8c1e4f4e\")");
    }

    @Test
    void theCaseOfANameDoesNotCountAndTheLastOfEqualOnesDoes() throws Exception {
        String upper = FINAL.replace("AppGUID", "APPGUID")
                .replace("docker_id", "DOCKER_ID")
                .replace("RootPath", "rOOTpATH")
                .replace("LogFiles", "logfiles");

        assertThat(read(upper)).isEqualTo(read(FINAL));
        assertThat(read(FINAL.replace("{'AppGUID'", "{'appguid':'other','AppGUID'")))
                .isEqualTo(read(FINAL));
        assertThat(read(FINAL.replace("'AppName'", "'appguid':'other','AppName'"))
                        .app()
                        .guid())
                .isEqualTo("other");
        assertThat(read(FINAL.replace("'AppName'", "'appguid':null,'AppName'"))).isEqualTo(read(FINAL));
        assertThat(read(FINAL.replace("{'stdout'", "{'stderr':null,'stdout'"))).isEqualTo(read(FINAL));
    }

    @Test
    void whatNobodyKnowsDoesNotCount() throws Exception {
        assertThat(read(FINAL.replace("{'AppGUID'", "{'x':{'AppGUID':[1,{'y':null}]},'':0,'AppGUID'")))
                .isEqualTo(read(FINAL));
    }

    @Test
    void textsMayHoldAnyCharacter() throws Exception {
        Announcement read = read(
                FINAL.replace("'env'", "'\\u0000\\ud800\\u001b[31m\\n'").replace("stdout.log'", "\\u0000\\udfff'"));

        assertThat(read.app().name()).isEqualTo("\u0000\ud800\u001b[31m\n");
        assertThat(read.logs())
                .as("refused where it is looked up")
                .containsExactly(new NamedLog("stdout", "/home/stackato/logs/\u0000\udfff"));
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                " ",
                "null",
                "'text'",
                "[]",
                "{",
                FINAL + "x",
                FINAL + FINAL,
                "e30=",
                "\u0000" + FINAL,
                "[".repeat(60_000),
                "{'a':".repeat(12_000),
                "{'a':" + "[".repeat(2000) + "]".repeat(2000) + "," + FINAL.substring(1),
                FINAL.replace("'8c1e4f4e'", "8"),
                FINAL.replace("'8c1e4f4e'", "''"),
                FINAL.replace("'8c1e4f4e'", "'../x'"),
                FINAL.replace("'8c1e4f4e'", "'a.b'"),
                FINAL.replace("'8c1e4f4e'", "'a\\u0000b'"),
                FINAL.replace("'8c1e4f4e'", "'\\ud800'"),
                FINAL.replace("'8c1e4f4e'", "'\u00fc'"),
                FINAL.replace("8c1e4f4e", "g".repeat(129)),
                FINAL.replace("'env'", "7"),
                FINAL.replace("env", "n".repeat(513)),
                FINAL.replace("'51d0'", "{}"),
                FINAL.replace("'app'", "'a]b'"),
                FINAL.replace("'app'", "true"),
                FINAL.replace("'Index':2", "'Index':-1"),
                FINAL.replace("'Index':2", "'Index':2.0"),
                FINAL.replace("'Index':2", "'Index':'2'"),
                FINAL.replace("'Index':2", "'Index':2147483648"),
                FINAL.replace("'Index':2", "'Index':" + "9".repeat(50_000)),
                FINAL.replace("'Index':2", "'Index':1e999999999"),
                FINAL.replace("4f1c9d0e8b7a6c5d4e3f", "4f1c9d0e8b7"),
                FINAL.replace("4f1c9d0e8b7a6c5d4e3f", "4f1c9d0e8b7a/../x"),
                FINAL.replace("4f1c9d0e8b7a6c5d4e3f", "4f1c9d0e8b7a\\u0000"),
                FINAL.replace("'4f1c9d0e8b7a6c5d4e3f'", "[]"),
                FINAL.replace("'/var/lib/docker/aufs/mnt/4f1c'", "['/']"),
                FINAL.replace("4f1c',", "4f1c" + "x".repeat(4096) + "',"),
                FINAL.replace("'/home/stackato/logs/stdout.log'", "[7]"),
                FINAL.replace("'/home/stackato/logs/stdout.log'", "['x']"),
                FINAL.replace("{'stdout':'/home/stackato/logs/stdout.log'}", "'stdout'"),
                FINAL.replace("{'stdout':'/home/stackato/logs/stdout.log'}", "7"),
                FINAL.replace("{'stdout':'/home/stackato/logs/stdout.log'}", many(65)),
                FINAL.replace("'docker_streams':false", "'docker_streams':0"),
                OF_2013.replace("7", "-7"),
                OF_2013.replace("7", "7.5"),
                OF_2013.replace("7", "9223372036854775808"),
                OF_2013.replace("7", "'7'"),
                "{'AppGUID':'g','Index':0}",
                "{'x':'" + "x".repeat(64 << 10) + "'," + FINAL.substring(1));
    }

    private static String many(int logs) {
        return IntStream.range(0, logs).mapToObj(i -> "'l" + i + "':'x'").collect(Collectors.joining(",", "{", "}"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNoAnnouncementIsRefusedInAFewWords(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedAnnouncementException.class)
                .message()
                .isNotEmpty()
                .hasSizeLessThan(220)
                .as("nothing that a terminal would obey")
                .matches("[ -~…]*");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] bytes = FINAL.replace('\'', '"').getBytes(UTF_8);
        bytes[12] = (byte) 0xff;

        assertThatThrownBy(() -> AnnouncementReader.read(bytes)).isInstanceOf(MalformedAnnouncementException.class);
    }

    @Test
    void anotherEncodingOfUnicodeIsJsonToo() throws Exception {
        assertThat(AnnouncementReader.read(FINAL.replace('\'', '"').getBytes(UTF_16LE)))
                .isEqualTo(read(FINAL));
    }

    @Test
    void anEndNamesTheContainer() throws Exception {
        assertThat(AnnouncementReader.readStop("{\"DOCKER_ID\":\"4f1c9d0e8b7a6c5d\"}".getBytes(UTF_8)))
                .isEqualTo("4f1c9d0e8b7a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "{\"docker_id\":\"\"}", "{\"docker_id\":null}", "{\"docker_id\":\"../../../../x\"}"})
    void anEndThatNamesNoneIsRefused(String json) {
        assertThatThrownBy(() -> AnnouncementReader.readStop(json.getBytes(UTF_8)))
                .isInstanceOf(MalformedAnnouncementException.class);
    }
}
