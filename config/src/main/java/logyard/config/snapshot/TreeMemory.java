package logyard.config.snapshot;

import java.io.IOException;
import java.util.Optional;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.Defaults;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process knows of the tree: in memory, and that of a daemon on disk as well.
 *
 * <p>Not thread-safe: one tree, one thread.
 */
public final class TreeMemory {
    private static final Logger log = LoggerFactory.getLogger(TreeMemory.class);

    private final @Nullable SnapshotFile file;
    private final boolean isFresh;
    private Snapshot snapshot;
    private Snapshot saved;
    private boolean isFailing;

    /** A memory that ends with the process if {@code file} is null. */
    public TreeMemory(@Nullable SnapshotFile file) {
        this.file = file;
        this.isFresh = file == null || !file.exists();
        this.snapshot = file == null ? Snapshot.NONE : file.load().orElse(Snapshot.NONE);
        this.saved = snapshot;
    }

    /** Whether this process has never known a tree, neither now nor in an earlier life. */
    public boolean isBlank() {
        return isFresh && !snapshot.mark().isKnown();
    }

    /** What is known by now. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** What to go on with below {@code root} without the server: what was known last, else the packaged defaults. */
    public Optional<ConfigSubtree> recall(ConfigPath root) {
        return snapshot.below(root).or(() -> Defaults.at(root));
    }

    /** From now on knows {@code newer}; saves it if it says anything new. A failure is logged and tried again next time. */
    public void update(Snapshot newer) {
        snapshot = newer;
        if (file == null || newer.saysTheSameAs(saved)) {
            return;
        }
        try {
            file.save(newer);
            saved = newer;
            isFailing = false;
        } catch (IOException e) {
            if (!isFailing) {
                log.warn(
                        "Cannot save the snapshot {}, after a restart this process would not know the latest settings: {}",
                        file,
                        e.toString());
            }
            isFailing = true;
        }
    }
}
