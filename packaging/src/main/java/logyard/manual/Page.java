package logyard.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.IParamLabelRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What there is to say about a command, in plain text.
 *
 * @param name the command as it is typed, such as {@code kato log}
 * @param summary what it does, in a few words
 * @param synopsis how it is typed, on one line
 * @param sections lists under a heading
 * @param notes what else there is to know: lines, empty ones between paragraphs; those that begin with a space are typed
 *     as they are
 */
record Page(String name, String summary, String synopsis, List<Section> sections, List<String> notes) {
    Page {
        sections = List.copyOf(sections);
        notes = List.copyOf(notes);
    }

    /** A list of things and what each is. */
    record Section(String title, List<Entry> entries) {
        Section {
            entries = List.copyOf(entries);
        }
    }

    /** A thing, such as an option with its value, and what it is. */
    record Entry(String term, String text) {}

    /** The page of a command; those below it are listed, no more. */
    static Page of(CommandSpec command) {
        List<Section> sections = Stream.of(
                        new Section("Commands", below(command)),
                        new Section("Arguments", arguments(command)),
                        new Section("Options", options(command)))
                .filter(section -> !section.entries().isEmpty())
                .toList();
        return new Page(
                command.qualifiedName(),
                joined(command.usageMessage().description()),
                onOneLine(new Help(command, Help.defaultColorScheme(Ansi.OFF)).synopsis(0)),
                sections,
                notes(command));
    }

    /** The pages of a command and all below it. */
    static List<Page> ofAll(CommandSpec command) {
        List<Page> pages = new ArrayList<>();
        pages.add(of(command));
        command.subcommands().values().forEach(below -> pages.addAll(ofAll(below.getCommandSpec())));
        return pages;
    }

    /** The same with lists, and with notes, of its own. */
    Page with(List<Section> moreSections, List<String> otherNotes) {
        return new Page(
                name,
                summary,
                synopsis,
                Stream.concat(sections.stream(), moreSections.stream()).toList(),
                otherNotes);
    }

    private static List<Entry> below(CommandSpec command) {
        return command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .map(below -> new Entry(
                        below.qualifiedName(), joined(below.usageMessage().description())))
                .toList();
    }

    private static List<Entry> arguments(CommandSpec command) {
        IParamLabelRenderer labels = Help.createMinimalParamLabelRenderer();
        return command.positionalParameters().stream()
                .filter(argument -> !argument.hidden())
                .map(argument -> new Entry(
                        labels.renderParameterLabel(argument, Ansi.OFF, List.of())
                                .toString(),
                        joined(argument.description())))
                .toList();
    }

    private static List<Entry> options(CommandSpec command) {
        IParamLabelRenderer labels =
                new Help(command, Help.defaultColorScheme(Ansi.OFF)).createDefaultParamLabelRenderer();
        return command.options().stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .map(option -> new Entry(
                        String.join(", ", option.names()) + labels.renderParameterLabel(option, Ansi.OFF, List.of()),
                        joined(option.description())))
                .toList();
    }

    private static List<String> notes(CommandSpec command) {
        return Arrays.stream(command.usageMessage().footer())
                .flatMap(line ->
                        plain(line).lines().findAny().isPresent() ? plain(line).lines() : Stream.of(""))
                .dropWhile(String::isBlank)
                .toList();
    }

    private static String joined(String... lines) {
        return onOneLine(plain(String.join(" ", lines)));
    }

    private static String onOneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** Without picocli's marks for colours. */
    private static String plain(String text) {
        return Ansi.OFF.string(text);
    }
}
