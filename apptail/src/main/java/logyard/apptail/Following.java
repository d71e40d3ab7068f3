package logyard.apptail;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import logyard.apptail.docker.Docker;
import logyard.apptail.instance.FollowedLog;
import logyard.apptail.instance.Follower;
import logyard.apptail.instance.Instance;
import logyard.apptail.timeline.Timeline;
import logyard.core.event.AppInstance;
import logyard.core.event.EventTime;
import logyard.core.settings.ApptailConfig;
import logyard.core.tail.FileTailer;
import logyard.core.tail.FollowOptions;
import logyard.core.tail.file.OpenFile;

/** Has the shared tail, and Docker, read the logs of instances, as the settings say. On the thread {@code instances}. */
final class Following implements Follower {
    /** Files of one log that are kept open while the core takes nothing: an instance must not use up our descriptors. */
    private static final int MOST_KEPT = 16;

    private static final long MEGABYTE = 1 << 20;

    private final Readers readers;
    private final LinePublisher lines;
    private final Timeline timeline;
    private final Supplier<ApptailConfig> config;
    private final Voice voice;
    private final EventTime timeOfTail; // of the thread "tail"
    private final EventTime timeOfDocker; // of the thread "docker"

    /**
     * Who reads.
     *
     * @param outputs makes what takes the streams of an instance's container
     */
    record Readers(FileTailer tailer, Optional<Docker> docker, Function<AppInstance, Docker.Outputs> outputs) {}

    /**
     * What is in every event.
     *
     * @param brand what the cluster calls itself
     * @param clock tells the time to the threads that read
     */
    record Voice(Supplier<String> brand, String node, Clock clock) {}

    Following(Readers readers, LinePublisher lines, Timeline timeline, Supplier<ApptailConfig> config, Voice voice) {
        this.readers = readers;
        this.lines = lines;
        this.timeline = timeline;
        this.config = config;
        this.voice = voice;
        this.timeOfTail = new EventTime(voice.clock());
        this.timeOfDocker = new EventTime(voice.clock());
    }

    /** How much of a file that is new is read, in bytes. */
    static long readLimit(ApptailConfig config) {
        return config.readLimit() * MEGABYTE;
    }

    @Override
    public void follow(Instance instance, List<FollowedLog> logs, Map<String, OpenFile> opened) {
        ApptailConfig now = config.get();
        FollowOptions options =
                FollowOptions.last(readLimit(now), now.maxRecordSize()).untrusted(MOST_KEPT);
        FileTailer tailer = readers.tailer();
        tailer.saveEvery(Duration.ofSeconds(now.persistPositionIntervalSeconds()));
        for (FollowedLog one : logs) {
            String name = instance.nameOf(one.log());
            know(instance, one.log().name(), now, timeOfTail);
            OpenFile file = opened.get(one.log().name());
            if (file == null) {
                tailer.follow(name, one.path(), options, one.root());
            } else {
                tailer.follow(name, one.path(), options, one.root(), file);
            }
        }
        if (!instance.streams().isEmpty()) {
            followStreams(instance, now);
        }
    }

    private void followStreams(Instance instance, ApptailConfig now) {
        instance.streams().forEach(one -> know(instance, one, now, timeOfDocker));
        Docker.Outputs outputs = readers.outputs().apply(instance.app());
        readers.docker()
                .ifPresent(docker -> docker.follow(instance.key(), instance.streams(), now.maxRecordSize(), outputs));
    }

    private void know(Instance instance, String log, ApptailConfig now, EventTime time) {
        String name = instance.nameOf(log);
        lines.find(name)
                .ifPresentOrElse(known -> known.limit(now), () -> lines.add(name, log(instance, log, now, time)));
    }

    private AppLog log(Instance instance, String name, ApptailConfig now, EventTime time) {
        return new AppLog(
                instance.app(),
                instance.source(),
                name,
                voice.brand().get(),
                voice.node(),
                time,
                now,
                System::nanoTime);
    }

    @Override
    public void unfollow(Instance instance) {
        instance.logs().forEach(one -> readers.tailer().unfollow(instance.nameOf(one)));
        readers.docker().ifPresent(docker -> docker.unfollow(instance.key()));
    }

    @Override
    public void forget(Instance instance) {
        instance.logs().forEach(one -> lines.remove(instance.nameOf(one)));
        instance.streams().forEach(one -> lines.remove(instance.nameOf(one)));
        readers.docker().ifPresent(docker -> docker.forget(instance.key()));
    }

    @Override
    public void warn(AppInstance app, String text) {
        timeline.tell(app, text);
    }
}
