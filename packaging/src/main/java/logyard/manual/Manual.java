package logyard.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import logyard.core.daemon.DaemonCommand;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.kato.KatoSyntax;
import logyard.manual.Page.Entry;
import logyard.manual.Page.Section;
import logyard.micro.MicroMain;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The files of the manual and of the completion, by their paths in the distribution. */
final class Manual {
    private static final String SETTINGS_PAGE = "logyard.properties(5)";
    private static final List<String> MORE_ABOUT_DAEMONS = List.of("kato(1)", SETTINGS_PAGE);

    /** What each daemon is for. */
    private static final Map<String, String> DAEMONS = new TreeMap<>(Map.of(
            "logyard", "The core of a node: keeps its events in a journal, and runs the drains.",
            "systail", "Publishes the lines of the system log files of a node.",
            "apptail", "Publishes the logs of the application instances of a node.",
            "cloud-events", "Recognises events in the lines of a node.",
            "logyard-node", "The core, systail and cloud_events of a small node in one process."));

    private final Roff roff;

    /**
     * @param date of the pages, as in {@code 2026-11-22}
     * @param version of this Logyard
     */
    Manual(String date, String version) {
        this.roff = new Roff(date, "Logyard " + version);
    }

    /** Each file's text by its path. */
    Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        CommandLine kato = KatoSyntax.commands();
        for (Page page : Page.ofAll(kato.getCommandSpec())) {
            files.put("man/man1/" + Roff.fileName(page) + ".1", roff.render(page, 1, neighbours(page)));
        }
        for (Page page : daemons()) {
            files.put("man/man8/" + Roff.fileName(page) + ".8", roff.render(page, 8, MORE_ABOUT_DAEMONS));
        }
        files.put("man/man5/logyard.properties.5", roff.render(settings(), 5, List.of("kato(1)", "logyard(8)")));
        String completion = AutoComplete.bash("kato", kato);
        files.put("completion/kato.bash", completion);
        files.put("completion/_kato", zsh(completion));
        return files;
    }

    /** docs/kato.md. */
    static String document() {
        return Markdown.render(
                "kato",
                "Made of the commands themselves: a change here is a change of theirs. `kato COMMAND --help` and `man kato`"
                        + " say the same.",
                Page.ofAll(KatoSyntax.commands().getCommandSpec()));
    }

    /** The command above, those below, and where the settings are described. */
    private static List<String> neighbours(Page page) {
        List<String> names = new ArrayList<>();
        int above = page.name().lastIndexOf(' ');
        if (above > 0) {
            names.add(page.name().substring(0, above));
        }
        page.sections().stream()
                .filter(section -> section.title().equals("Commands"))
                .flatMap(section -> section.entries().stream())
                .map(Entry::term)
                .forEach(names::add);
        return Stream.concat(names.stream().map(name -> name.replace(' ', '-') + "(1)"), Stream.of(SETTINGS_PAGE))
                .toList();
    }

    private static List<Page> daemons() {
        List<String> notes = List.of(
                "It runs until SIGTERM, and ends with status 0; with 2 if its settings cannot be used, and with 1 for all"
                        + " else. It needs neither ZooKeeper nor the other daemons to start.");
        List<Page> pages = new ArrayList<>();
        DAEMONS.forEach((name, summary) -> {
            CommandSpec command = DaemonCommand.describe(name);
            command.usageMessage().description(summary);
            pages.add(Page.of(command).with(List.of(), notes));
        });
        pages.add(Page.of(CommandSpec.forAnnotatedObject(MicroMain.class)));
        return pages;
    }

    private static Page settings() {
        List<Entry> keys = Arrays.stream(Setting.values())
                .map(setting -> new Entry(
                        setting.key() + "=" + setting.absent(),
                        setting.meaning() + ". Environment: " + setting.variable() + "."))
                .toList();
        return new Page(
                "logyard.properties",
                "Local settings of a node, which its daemons and kato read.",
                "",
                List.of(new Section("Settings", keys)),
                List.of("The file is " + Settings.DEFAULT_FILE + ", or that in $" + Settings.FILE_VARIABLE
                        + ", or that after --conf. Over it go variables of the environment, and over those --set KEY=VALUE."
                        + " What is not given has the value shown."));
    }

    /** zsh runs completions of bash; the first time, this file is itself the function that is to complete. */
    private static String zsh(String bash) {
        return "#compdef kato\n" + bash + "\n_bash_complete -o default -F _complete_kato\n";
    }
}
