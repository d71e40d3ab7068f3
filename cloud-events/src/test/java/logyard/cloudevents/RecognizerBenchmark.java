package logyard.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import logyard.config.ConfigReader;
import logyard.core.event.BatchBuilder;
import logyard.core.event.ByteBuilder;
import logyard.core.event.EventTime;
import logyard.core.event.Message;
import logyard.core.event.StreamId;
import logyard.core.event.SystailEvents;
import logyard.core.relay.Relay;
import logyard.core.settings.CloudEventsConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many lines of 200 bytes one thread looks at in a second, with the packaged specs: from the frame as the bus hands it
 * out to the decision. No test; docs/cloud-events.md says how to run it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx96m"})
public class RecognizerBenchmark {
    private static final int LINE_BYTES = 200;

    /** Of a log without specs of its own; of one with; the same with a quote in it; a line that gives an event. */
    @Param({"app plain", "dea plain", "dea quoted", "dea event"})
    String line;

    private final Counts counts = new Counts();
    private Recognizer recognizer;
    private byte[] frame;
    private final Message message = new Message();
    private final Batch batch = new Batch();

    /** Prepares the line and what looks at it; there is no core to send to. */
    @Setup
    public void open() throws Exception {
        var config = new ConfigReader<>(ConfigPath.CLOUD_EVENTS, CloudEventsConfig.class).defaults();
        recognizer = new Recognizer(new LiveSieve(config), new EventOutlet(counts), ZoneOffset.UTC, counts);
        String[] words = line.split(" ", 2);
        frame = frame(words[0], text(words[1]));
    }

    private static String text(String kind) {
        String begin = "[2013-04-18 10:15:02.001] dea - pid=4711 tid=4c2f fid=77aa  "
                + switch (kind) {
                    case "plain" -> "INFO -- Registering";
                    case "quoted" -> "INFO -- Registering \"env\"";
                    case "event" -> "ERROR -- Failed";
                    default -> throw new IllegalArgumentException(kind);
                };
        return begin
                + " app env on 10.0.0.5 with uris env.example.com".repeat(4).substring(0, LINE_BYTES - begin.length());
    }

    private static byte[] frame(String name, String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        var out = new ByteBuilder(512);
        new SystailEvents(name, "192.168.68.5", new EventTime(Clock.systemUTC())).append(utf8, 0, utf8.length, out);
        return out.toByteArray();
    }

    /** One line. */
    @Benchmark
    public long look() {
        message.pointAt(frame, 0, frame.length);
        recognizer.make(message, batch);
        return frame.length;
    }

    /** Where events go. */
    private static final class Batch implements Relay.Output {
        private final BatchBuilder builder = new BatchBuilder(CloudEvents.PROCESS, new StreamId(1, 2), 0);
        private long position;

        @Override
        public void publish(ByteBuilder event) {
            builder.event().append(event.array(), 0, event.length());
            builder.endEvent(++position);
            if (builder.length() >= 64 << 10) {
                builder.finish(); // to nobody
            }
        }
    }
}
