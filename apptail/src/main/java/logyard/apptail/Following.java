package logyard.apptail;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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

/** Has the shared tail follow the logs of instances, as the settings say. On the thread {@code instances}. */
final class Following implements Follower {
    /** Files of one log that are kept open while the core takes nothing: an instance must not use up our descriptors. */
    private static final int MOST_KEPT = 16;

    private static final long MEGABYTE = 1 << 20;

    private final FileTailer tailer;
    private final LinePublisher lines;
    private final Timeline timeline;
    private final Supplier<ApptailConfig> config;
    private final Supplier<String> brand;
    private final String node;
    private final EventTime time;

    /** @param time is used by the thread {@code tail} */
    Following(
            FileTailer tailer,
            LinePublisher lines,
            Timeline timeline,
            Supplier<ApptailConfig> config,
            Supplier<String> brand,
            String node,
            EventTime time) {
        this.tailer = tailer;
        this.lines = lines;
        this.timeline = timeline;
        this.config = config;
        this.brand = brand;
        this.node = node;
        this.time = time;
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
        tailer.saveEvery(Duration.ofSeconds(now.persistPositionIntervalSeconds()));
        for (FollowedLog one : logs) {
            String name = instance.nameOf(one.log());
            lines.find(name)
                    .ifPresentOrElse(
                            known -> known.limit(now),
                            () -> lines.add(name, log(instance, one.log().name(), now)));
            OpenFile file = opened.get(one.log().name());
            if (file == null) {
                tailer.follow(name, one.path(), options, one.root());
            } else {
                tailer.follow(name, one.path(), options, one.root(), file);
            }
        }
    }

    private AppLog log(Instance instance, String name, ApptailConfig now) {
        return new AppLog(instance.app(), instance.source(), name, brand.get(), node, time, now, System::nanoTime);
    }

    @Override
    public void unfollow(Instance instance) {
        instance.logs().forEach(one -> tailer.unfollow(instance.nameOf(one)));
    }

    @Override
    public void forget(Instance instance) {
        instance.logs().forEach(one -> lines.remove(instance.nameOf(one)));
    }

    @Override
    public void warn(AppInstance app, String text) {
        timeline.tell(app, text);
    }
}
