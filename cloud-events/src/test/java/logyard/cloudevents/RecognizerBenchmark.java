package logyard.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import logyard.config.ConfigReader;
import logyard.core.bus.AckedPublisher;
import logyard.core.bus.Bus;
import logyard.core.bus.BusAddresses;
import logyard.core.event.ByteBuilder;
import logyard.core.event.EventTime;
import logyard.core.event.StreamId;
import logyard.core.event.SystailEvents;
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
import org.openjdk.jmh.annotations.TearDown;
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
    private Path folder;
    private Bus bus;
    private AckedPublisher publisher;
    private Recognizer recognizer;
    private byte[] frame;

    /** Prepares the line and what looks at it; there is no core, which nothing is sent to. */
    @Setup
    public void open() throws Exception {
        folder = Files.createTempDirectory("ly");
        bus = new Bus(new BusAddresses(
                "ipc://" + folder + "/pub.sock", "ipc://" + folder + "/sub.sock", "ipc://" + folder + "/ack.sock"));
        publisher = AckedPublisher.start(bus, CloudEvents.PROCESS, 1, new Deaf());
        var config = new ConfigReader<>(ConfigPath.CLOUD_EVENTS, CloudEventsConfig.class).defaults();
        recognizer = new Recognizer(new LiveSieve(config), new EventOutlet(publisher, counts), ZoneOffset.UTC, counts);
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

    /** Ends what was opened. */
    @TearDown
    public void close() throws Exception {
        publisher.close();
        bus.close();
        Files.deleteIfExists(folder);
    }

    /** One line. */
    @Benchmark
    public long look() {
        recognizer.take(frame);
        return frame.length;
    }

    private static final class Deaf implements AckedPublisher.Listener {
        @Override
        public void acknowledged(StreamId stream, long position) {}

        @Override
        public void roomAgain() {}
    }
}
