package logyard.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the manual pages, the completion, {@code kato.md}, {@code settings.md} and the table of {@code metrics.md} into a folder: {@code manual FOLDER VERSION TIME}, where the
 * time is that of the build, as in {@code 2026-11-22T00:00:00Z}. The build runs it.
 */
public final class ManualMain {
    private static final int DATE_LENGTH = "2026-11-22".length();

    private ManualMain() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 3 || args[2].length() < DATE_LENGTH) {
            throw new IllegalArgumentException("usage: manual FOLDER VERSION TIME");
        }
        Path folder = Path.of(args[0]);
        Map<String, String> files = new TreeMap<>(new Manual(args[2].substring(0, DATE_LENGTH), args[1]).files());
        files.put("kato.md", Manual.document());
        files.put("metrics-table.md", MetricsTable.document());
        files.put("settings.md", SettingsDocument.document());
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
