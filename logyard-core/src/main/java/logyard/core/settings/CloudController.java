package logyard.core.settings;

import java.util.function.Consumer;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.ConfigTree;

/** What the daemons have to know of the cloud controller, from the tree. Safe for use by several threads. */
public final class CloudController implements AutoCloseable {
    private static final ConfigPath CONFIG = ConfigPath.parse("/proc/cloud_controller/config");
    private static final String DEFAULT_BRAND = "stackato";

    private final Consumer<String> onMbus;
    private final ConfigTree.Watch watch;
    private volatile String brand = DEFAULT_BRAND;

    /** @param onMbus is told where NATS is, whenever that may have changed; an empty text if nobody knows */
    public CloudController(ConfigTree tree, Consumer<String> onMbus) {
        this.onMbus = onMbus;
        this.watch = tree.watch(CONFIG, this::changed);
    }

    private void changed(ConfigSubtree config) {
        String name = text(config, "info/name");
        brand = name.isEmpty() ? DEFAULT_BRAND : name;
        onMbus.accept(text(config, "mbus"));
    }

    private static String text(ConfigSubtree config, String path) {
        return config.value(path)
                .filter(value -> value.isTextual())
                .map(value -> value.textValue())
                .orElse("");
    }

    /** What the cluster calls itself. */
    public String brand() {
        return brand;
    }

    @Override
    public void close() {
        watch.close();
    }
}
