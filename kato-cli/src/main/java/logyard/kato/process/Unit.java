package logyard.kato.process;

import java.util.Map;
import java.util.OptionalLong;

/**
 * A systemd unit, as {@code systemctl show} tells of it.
 *
 * @param properties those that were asked for, by name
 */
public record Unit(String name, Map<String, String> properties) {
    public Unit {
        properties = Map.copyOf(properties);
    }

    /** Its name as one types it, such as {@code logyard-node}. */
    public String shortName() {
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** Whether systemd knows it at all. */
    boolean isInstalled() {
        String load = property("LoadState");
        return !load.isEmpty() && !load.equals("not-found");
    }

    /** Whether it is started with the machine. */
    public boolean isEnabled() {
        return property("UnitFileState").startsWith("enabled");
    }

    boolean isActive() {
        return property("ActiveState").equals("active");
    }

    /** Whether it runs, or is about to. */
    public boolean isUp() {
        return switch (property("ActiveState")) {
            case "active", "activating", "reloading" -> true;
            default -> false;
        };
    }

    /** Whether it has a {@code /tmp} that others do not see, and does not see theirs. */
    public boolean hasOwnTmp() {
        return property("PrivateTmp").equals("yes");
    }

    /** Whether it may not look below {@code /home}. */
    public boolean hasNoHomes() {
        return property("ProtectHome").matches("yes|tmpfs");
    }

    boolean isFailed() {
        return property("ActiveState").equals("failed");
    }

    /** Such as {@code active (running)}. */
    String state() {
        return property("ActiveState") + " (" + property("SubState") + ")";
    }

    OptionalLong pid() {
        String pid = property("MainPID");
        return pid.matches("[1-9]\\d{0,17}") ? OptionalLong.of(Long.parseLong(pid)) : OptionalLong.empty();
    }

    private String property(String name) {
        return properties.getOrDefault(name, "");
    }
}
