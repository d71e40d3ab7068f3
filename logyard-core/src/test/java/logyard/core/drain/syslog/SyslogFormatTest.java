package logyard.core.drain.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import logyard.core.drain.MessageFormat;
import logyard.core.event.ByteBuilder;
import logyard.core.event.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The events are the samples of spec 02. */
class SyslogFormatTest {
    private static final String TIME =
            "\"human_time\":\"2013-04-18T10:15:02-07:00\",\"syslog\":{\"priority\":\"13\",\"time\":\"Apr 18 10:15:02\"}}";
    private static final String SYSTAIL = "systail.dea.192.168.68.5 {\"name\":\"dea\",\"text\":\"pid=1 INFO -- Ready\","
            + "\"node_id\":\"192.168.68.5\",\"unix_time\":1366305302," + TIME;
    private static final String APPTAIL = "apptail.8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d {\"filename\":\"stdout\","
            + "\"source\":\"app\",\"instance_index\":2,\"app_guid\":\"8c1e\",\"app_name\":\"env\",\"app_space\":\"51d0\","
            + "\"text\":\"GET / 200\",\"node_id\":\"192.168.68.7\",\"unix_time\":1366305303," + TIME;
    private static final String EVENT = "event.process_exit {\"type\":\"process_exit\",\"desc\":\"crashed\","
            + "\"severity\":\"ERROR\",\"info\":{\"text\":\"not this\",\"severity\":\"INFO\"},\"process\":\"supervisord\","
            + "\"text\":\"crashed\",\"node_id\":\"192.168.68.5\",\"unix_time\":1366305302," + TIME;

    private static String format(MessageFormat format, String event) throws Exception {
        byte[] bytes = event.getBytes(UTF_8);
        var message = new Message();
        assertThat(message.pointAt(bytes, 0, bytes.length)).isTrue();
        var out = new ByteBuilder(16);
        format.append(message, 17, out);
        return out.toString();
    }

    private static String rfc5424(String event) throws Exception {
        return format(new Rfc5424Format(), event);
    }

    private static String rfc3164(String event) throws Exception {
        return format(new Rfc3164Format(), event);
    }

    private static String withText(String json) {
        return "systail.dea.1 {\"name\":\"dea\",\"node_id\":\"n\",\"text\":\"" + json + "\"," + TIME;
    }

    @Test
    void saysWhereALineOfALogFileComesFrom() throws Exception {
        assertThat(rfc5424(SYSTAIL))
                .isEqualTo("<13>1 2013-04-18T10:15:02-07:00 192.168.68.5 dea - systail.dea.192.168.68.5 "
                        + "[logyard@32473 node=\"192.168.68.5\" key=\"systail.dea.192.168.68.5\" seq=\"17\"] "
                        + "pid=1 INFO -- Ready\n");
        assertThat(rfc3164(SYSTAIL)).isEqualTo("<13>Apr 18 10:15:02 192.168.68.5 dea: pid=1 INFO -- Ready\n");
    }

    @Test
    void saysWhichInstanceOfAnApplicationItIs() throws Exception {
        assertThat(rfc5424(APPTAIL))
                .isEqualTo("<13>1 2013-04-18T10:15:02-07:00 192.168.68.7 env app.2 - [logyard@32473 "
                        + "node=\"192.168.68.7\" key=\"apptail.8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d\" seq=\"17\"] "
                        + "GET / 200\n");
        assertThat(rfc3164(APPTAIL)).isEqualTo("<13>Apr 18 10:15:02 192.168.68.7 env[app.2]: GET / 200\n");
    }

    @Test
    void takesTheSeverityOfTheEvent() throws Exception {
        assertThat(rfc5424(EVENT))
                .startsWith("<11>1 ")
                .contains(" supervisord - event.process_exit ")
                .endsWith("] crashed\n");
        assertThat(rfc5424(EVENT.replace("\"ERROR\"", "\"WARNING\""))).startsWith("<12>1 ");
        assertThat(rfc5424(EVENT.replace("\"ERROR\"", "\"INFO\""))).startsWith("<14>1 ");
        assertThat(rfc5424(EVENT.replace("\"13\"", "\"165\""))).startsWith("<163>1 ");
        assertThat(rfc5424(EVENT.replace("\"ERROR\"", "\"?\"").replace("\"13\"", "\"192\"")))
                .startsWith("<13>1 ");
    }

    @ParameterizedTest
    @CsvSource({
        "2013-04-18T10:15:02.123456+00:00, 2013-04-18T10:15:02.123456+00:00",
        "2013-04-18T10:15:02.123456789Z, 2013-04-18T10:15:02.123456Z",
        "2013-04-18T10:15:02Z, 2013-04-18T10:15:02Z",
        "2013-04-18 10:15:02Z, 2013-04-18T17:15:02Z",
        "2013-04-18T10:15:02, 2013-04-18T17:15:02Z",
        "2013-04-18T10:15:02.Z, 2013-04-18T17:15:02Z",
        "'', 2013-04-18T17:15:02Z"
    })
    void writesTheTimeAsTheRfcWantsIt(String human, String expected) throws Exception {
        assertThat(rfc5424(SYSTAIL.replace("2013-04-18T10:15:02-07:00", human))).startsWith("<13>1 " + expected + " ");
    }

    @Test
    void keepsALineOneLineUnlessTheFrameSaysWhereItEnds() throws Exception {
        String event = withText("a\\nb\\r\\u0000\\tc#012");

        assertThat(rfc5424(event)).endsWith("] a#012b#015#000\tc#012\n");
        assertThat(rfc3164(event)).endsWith(" dea: a#012b#015#000\tc#012\n");
        assertThat(format(new Rfc5424Format().withLineFeeds(), event)).endsWith("] a\nb\r#000\tc#012\n");
        assertThat(format(new Rfc3164Format().withLineFeeds(), event)).endsWith(" dea: a\nb\r#000\tc#012\n");
    }

    @Test
    void keepsTheTextAsItIs() throws Exception {
        assertThat(rfc5424(withText("\\\"é\\u20ac\\ud83d\\ude00 <x> \\\\ ]"))).endsWith("] \"é€😀 <x> \\ ]\n");
        assertThat(rfc5424(withText(""))).endsWith("] \n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "{\"a\":1}", "[\"a\"]"})
    void sendsTheWholeRecordWhenItsTextSaysNothing(String text) throws Exception {
        String record = "{\"node_id\":\"n\",\"text\":" + text + "}";

        assertThat(rfc5424("systail.a " + record)).endsWith("] " + record + "\n");
    }

    @Test
    void escapesWhatWouldEndAValue() throws Exception {
        String event = "systail.a\"]\\b {\"node_id\":\"n\\\"]\\\\é\\n\",\"text\":\"x\"}";

        assertThat(rfc5424(event))
                .isEqualTo("<13>1 - n\"]\\__ systail - systail.a\"]\\b "
                        + "[logyard@32473 node=\"n\\\"\\]\\\\é \" key=\"systail.a\\\"\\]\\\\b\" seq=\"17\"] x\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"no json", "[1]", "{\"x\":1}", "{\"text\":\"cut", "null", "{\"text\":\"a\"} more"})
    void sendsWhatIsNoRecordAsItIs(String value) throws Exception {
        assertThat(rfc5424("mine.é " + value))
                .isEqualTo("<13>1 - - mine - - [logyard@32473 key=\"mine.é\" seq=\"17\"] " + value + "\n");
        assertThat(rfc3164("mine.é " + value)).endsWith(" - mine: " + value + "\n");
    }

    @Test
    void cutsNamesToWhatTheRfcsAllow() throws Exception {
        String event = "systail.x {\"name\":\"" + "a b:".repeat(20) + "\",\"text\":\"t\"," + TIME;

        assertThat(rfc5424(event)).contains(" - " + "a_b:".repeat(12) + " - systail.x ");
        assertThat(rfc3164(event)).isEqualTo("<13>Apr 18 10:15:02 - " + "a_b_".repeat(8) + ": t\n");
    }

    @Test
    void makesUpTheTimeOfBsdFromTheSeconds() throws Exception {
        // The tests run in UTC.
        assertThat(rfc3164("x {\"unix_time\":1364932800,\"text\":\"t\"}")).isEqualTo("<13>Apr  2 20:00:00 - x: t\n");
    }

    @Test
    void countsTheOctetsOfEachMessage() throws Exception {
        assertThat(format(new OctetCounting(MessageFormat.JSON), "k {\"é\":1}")).isEqualTo("8 {\"é\":1}");
        assertThat(format(new OctetCounting(MessageFormat.JSON), "k " + "x".repeat(1000)))
                .isEqualTo("1000 " + "x".repeat(1000));
        assertThat(format(new OctetCounting(MessageFormat.JSON), "k ")).isEqualTo("0 ");
        assertThat(format(new OctetCounting(new Rfc3164Format()), withText("a\\nb")))
                .isEqualTo("30 <13>Apr 18 10:15:02 n dea: a\nb");
    }

    @Test
    void makesNoObjectsOnTheWay() throws Exception {
        byte[] bytes = APPTAIL.replace("GET", "é\\n").getBytes(UTF_8);
        var message = new Message();
        message.pointAt(bytes, 0, bytes.length);
        var out = new ByteBuilder(1024);
        var format = new OctetCounting(new Rfc5424Format());
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        format(format, APPTAIL); // loads classes

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            out.truncate(0);
            format.append(message, i, out);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }
}
