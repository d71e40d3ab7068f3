package logyard.core.template;

import java.util.Map;

/** The fields that the records of 2013 had, and what they are called now. */
final class OldFieldNames {
    private static final Map<String, String> NOW = Map.ofEntries(
            Map.entry("AppGUID", "app_guid"),
            Map.entry("AppGroup", "app_group"),
            Map.entry("AppID", "app_id"),
            Map.entry("AppName", "app_name"),
            Map.entry("AppSpace", "app_space"),
            Map.entry("Desc", "desc"),
            Map.entry("HumanTime", "human_time"),
            Map.entry("Info", "info"),
            Map.entry("InstanceIndex", "instance_index"),
            Map.entry("LogFilename", "filename"),
            Map.entry("Name", "name"),
            Map.entry("NodeID", "node_id"),
            Map.entry("Process", "process"),
            Map.entry("Severity", "severity"),
            Map.entry("Source", "source"),
            Map.entry("Text", "text"),
            Map.entry("Type", "type"),
            Map.entry("UnixTime", "unix_time"));

    private OldFieldNames() {}

    /** What a field of that name is called now: the same, if it never changed. */
    static String current(String name) {
        return NOW.getOrDefault(name, name);
    }
}
