package logyard.kato.log.app;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which lines of an application are to be shown: those that all of them fit. */
final class AppFilter {
    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description = "Show only what has this source: app, staging, or who else had to say something.")
    private @Nullable String source;

    @Option(names = "--instance", paramLabel = "INDEX", description = "Show only what is of this instance.")
    private @Nullable Integer instance;

    @Option(
            names = "--filename",
            paramLabel = "GLOB",
            converter = Glob.class,
            description = "Show only what is of logs with such a name: stdout, 'std*'.")
    private @Nullable Pattern filename;

    @Option(
            names = "--text",
            paramLabel = "GLOB",
            converter = Glob.class,
            description = "Show only lines that look so as a whole: '*error*' finds the word in a line.")
    private @Nullable Pattern text;

    /** Whether a line is to be shown; whatever is looked for, that something was lost is to be known. */
    boolean wants(AppRecord line) {
        if (line.isLossNotice()) {
            return true;
        }
        return (source == null || source.equals(line.source()))
                && (instance == null || instance == line.instance())
                && (filename == null || filename.matches(line.filename()))
                && (text == null || text.matches(line.text()));
    }
}
